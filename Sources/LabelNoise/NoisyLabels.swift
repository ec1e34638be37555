/// Clean and noisy labels of a data set, with the noise and the seed that made them.
public struct NoisyLabels: Sendable, Hashable {
  /// The clean labels.
  public let clean: [Int]
  /// The noisy labels, in the same order.
  public let noisy: [Int]
  /// The number of classes.
  public let classes: Int
  /// The noise that made the noisy labels.
  public let model: NoiseModel
  /// The seed they were drawn with; 0 for labels that come with the data, which no seed changes.
  public let seed: UInt64

  init(clean: [Int], noisy: [Int], classes: Int, model: NoiseModel, seed: UInt64) {
    self.clean = clean
    self.noisy = noisy
    self.classes = classes
    self.model = model
    self.seed = model.needsGivenLabels ? 0 : seed
  }

  /// The number of labels.
  public var count: Int { clean.count }

  /// Whether each noisy label differs from the clean one.
  public var isWrong: [Bool] { zip(clean, noisy).map { $0 != $1 } }

  /// The labels at the given indices, in their order, for example those of a training split.
  public func restricted(to indices: [Int]) -> NoisyLabels {
    NoisyLabels(
      clean: indices.map { clean[$0] }, noisy: indices.map { noisy[$0] }, classes: classes,
      model: model, seed: seed)
  }

  /// Throws unless every label lies in 0..<classes.
  static func check(_ labels: [Int], classes: Int) throws(NoiseError) {
    for (index, label) in labels.enumerated() where label < 0 || label >= classes {
      throw .labelOutOfRange(index: index, label: label, classes: classes)
    }
  }
}
