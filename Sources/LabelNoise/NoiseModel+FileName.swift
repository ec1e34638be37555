extension NoiseModel {
  /// The name of the file with the labels that this noise gives, without drawing them.
  ///
  /// It is the name that ``NoisyLabels/fileName(dataset:)`` gives the drawn labels.
  ///
  /// - Parameters:
  ///   - dataset: The data set, as labels are named by it.
  ///   - count: The number of labels.
  ///   - seed: The seed of the draw.
  /// - Returns: A name without a folder.
  public func fileName(dataset: String, count: Int, seed: UInt64) -> String {
    let labels = [Int](repeating: 0, count: count)
    return NoisyLabels(clean: labels, noisy: labels, classes: 1, model: self, seed: seed)
      .fileName(dataset: dataset)
  }
}
