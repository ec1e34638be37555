import SeededRandom

/// A kind of label noise with all its parameters.
///
/// Rates are nominal, in 0..<1; ``conventionDescription`` says what a nominal rate means for the
/// share of labels that becomes wrong.
public enum NoiseModel: Hashable, Sendable {
  /// No noise.
  case clean
  /// Flips to one of the other classes with equal chances; see
  /// ``TransitionMatrix/symmetric(rate:classes:)``.
  case symmetric(rate: Double)
  /// A redraw over all classes; see ``TransitionMatrix/symmetricInclusive(rate:classes:)``.
  case symmetricInclusive(rate: Double)
  /// Flips to the next class; see ``TransitionMatrix/pairflip(rate:classes:)``.
  case pairflip(rate: Double)
  /// Flips between similar classes of CIFAR-10; see ``TransitionMatrix/asymmetricCIFAR10(rate:)``.
  case asymmetric(rate: Double)
  /// Flips that depend on the image.
  case instance(InstanceDependentNoise)

  /// The identifiers of all kinds, in the order of tables.
  public static let kinds = [
    "clean", "symmetric", "symmetric-inclusive", "pairflip", "asymmetric", "instance",
  ]

  /// The identifier of the kind, without parameters.
  public var kind: String {
    switch self {
    case .clean: return "clean"
    case .symmetric: return "symmetric"
    case .symmetricInclusive: return "symmetric-inclusive"
    case .pairflip: return "pairflip"
    case .asymmetric: return "asymmetric"
    case .instance: return "instance"
    }
  }

  /// The rate that the noise is named by; 0 for ``clean``.
  public var nominalRate: Double {
    switch self {
    case .clean: return 0
    case .symmetric(let rate), .symmetricInclusive(let rate), .pairflip(let rate),
      .asymmetric(let rate):
      return rate
    case .instance(let noise): return noise.rate
    }
  }

  /// Whether drawing needs the images.
  public var needsPixels: Bool {
    if case .instance = self { return true }
    return false
  }

  /// Throws unless the rate lies in 0..<1 and all other parameters lie in their ranges.
  public func validate() throws(NoiseError) {
    if case .instance(let noise) = self { return try noise.validate() }
    guard nominalRate >= 0 && nominalRate < 1 else {
      throw .rateOutOfRange(kind: kind, rate: nominalRate)
    }
  }

  /// The matrix of class-dependent noise, or nil for noise that depends on the image.
  ///
  /// Throws a ``NoiseError`` if the rate is out of range or the kind does not exist for this number
  /// of classes.
  public func transitionMatrix(classes: Int) throws(NoiseError) -> TransitionMatrix? {
    switch self {
    case .clean: return .identity(classes: classes)
    case .symmetric(let rate): return try .symmetric(rate: rate, classes: classes)
    case .symmetricInclusive(let rate):
      return try .symmetricInclusive(rate: rate, classes: classes)
    case .pairflip(let rate): return try .pairflip(rate: rate, classes: classes)
    case .asymmetric(let rate):
      guard classes == 10 else {
        throw .wrongClassCount(kind: kind, required: "the 10 CIFAR-10", found: classes)
      }
      return try .asymmetricCIFAR10(rate: rate)
    case .instance: return nil
    }
  }

  /// The share of labels expected to become wrong under the convention of this kind, for given
  /// clean class counts.
  ///
  /// Throws what ``validate()`` and ``transitionMatrix(classes:)`` throw.
  public func expectedRate(classCounts: [Int]) throws(NoiseError) -> Double {
    try validate()
    if case .instance(let noise) = self { return noise.expectedRate }
    return try transitionMatrix(classes: classCounts.count)?.expectedRate(classCounts: classCounts)
      ?? 0
  }

  /// Draws noisy labels.
  ///
  /// Every label is drawn independently, from a generator keyed by the stream of the seed (purpose
  /// `noise`) and the label's index: more labels leave the others as they were.
  ///
  /// - Parameters:
  ///   - clean: The clean labels, each in 0..<classes.
  ///   - classes: The number of classes.
  ///   - seed: The seed of the noise, independent of all other seeds of a run.
  ///   - pixels: The images, in the order of the labels; needed if ``needsPixels``.
  /// - Returns: Clean and noisy labels with their origin.
  /// - Throws: ``NoiseError``.
  public func corrupt(
    _ clean: [Int], classes: Int, seed: UInt64, pixels: ImagePixels? = nil
  ) throws(NoiseError) -> NoisyLabels {
    try validate()
    try NoisyLabels.check(clean, classes: classes)
    let stream = SeedStream(root: seed, purpose: "noise")
    var noisy = clean
    if case .instance(let noise) = self {
      guard let pixels else { throw .pixelsMissing(kind: kind) }
      guard pixels.count == clean.count else {
        throw .pixelCount(images: pixels.count, labels: clean.count)
      }
      guard classes >= 2 else {
        throw .wrongClassCount(kind: kind, required: "at least 2", found: classes)
      }
      noisy = noise.draw(clean: clean, pixels: pixels, classes: classes, stream: stream)
    } else if self != .clean, let matrix = try transitionMatrix(classes: classes) {
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
