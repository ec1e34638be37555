import SeededRandom

extension NoiseModel {
  /// Draws noisy labels, or takes those that come with the data.
  ///
  /// Every drawn label is drawn independently, from a generator keyed by the stream of the seed
  /// (purpose `noise`) and the label's index: more labels leave the others as they were.
  ///
  /// - Parameters:
  ///   - clean: The clean labels, each in 0..<classes.
  ///   - classes: The number of classes.
  ///   - seed: The seed of the noise, independent of all other seeds of a run; without effect on
  ///     labels that come with the data.
  ///   - pixels: The images, in the order of the labels; needed if ``needsPixels``.
  ///   - given: The labels that come with the data, in the order of the clean ones; needed if
  ///     ``needsGivenLabels``, and else left alone.
  /// - Returns: Clean and noisy labels with their origin.
  /// - Throws: ``NoiseError``.
  public func corrupt(
    _ clean: [Int], classes: Int, seed: UInt64, pixels: ImagePixels? = nil, given: [Int]? = nil
  ) throws(NoiseError) -> NoisyLabels {
    try validate()
    try NoisyLabels.check(clean, classes: classes)
    let stream = SeedStream(root: seed, purpose: "noise")
    var noisy = clean
    switch self {
    case .clean: break
    case .given(let labels):
      noisy = try labels.checked(given, count: clean.count, classes: classes)
    case .instance(let noise):
      guard let pixels else { throw .pixelsMissing(kind: kind) }
      guard pixels.count == clean.count else {
        throw .pixelCount(images: pixels.count, labels: clean.count)
      }
      guard classes >= 2 else {
        throw .wrongClassCount(kind: kind, required: "at least 2", found: classes)
      }
      noisy = noise.draw(clean: clean, pixels: pixels, classes: classes, stream: stream)
    default:
      guard let matrix = try transitionMatrix(classes: classes) else { break }
      let labels = stream.substream("label")
      for (index, label) in clean.enumerated() {
        var generator = labels.generator(UInt64(index))
        noisy[index] = generator.categorical(matrix.rows[label])
      }
    }
    return NoisyLabels(
      clean: clean, noisy: noisy, classes: classes, model: self, seed: seed)
  }
}
