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
  /// Flips within the super-classes of CIFAR-100; see
  /// ``TransitionMatrix/asymmetricSuperclass(rate:)``.
  case asymmetricSuperclass(rate: Double)
  /// Flips within blocks of five consecutive fine classes of CIFAR-100; see
  /// ``TransitionMatrix/asymmetricBlocks(rate:)``.
  case asymmetricBlocks(rate: Double)
  /// Flips to the next fine class of CIFAR-100; see ``TransitionMatrix/asymmetricNext(rate:)``.
  case asymmetricNext(rate: Double)
  /// Flips that depend on the image.
  case instance(InstanceDependentNoise)
  /// Flips with the matrix measured on human labels; see ``TransitionMatrix/measured(on:)``.
  case annotatorLike(CIFAR10NSet)
  /// Labels that come with the data.
  case given(GivenLabels)

  /// The identifiers of all kinds, in the order of tables.
  public static let kinds = [
    "clean", "symmetric", "symmetric-inclusive", "pairflip", "asymmetric", "asymmetric-superclass",
    "asymmetric-blocks", "asymmetric-next", "instance", "annotator-like", "given",
  ]

  /// The identifier of the kind, without parameters.
  public var kind: String {
    switch self {
    case .clean: return "clean"
    case .symmetric: return "symmetric"
    case .symmetricInclusive: return "symmetric-inclusive"
    case .pairflip: return "pairflip"
    case .asymmetric: return "asymmetric"
    case .asymmetricSuperclass: return "asymmetric-superclass"
    case .asymmetricBlocks: return "asymmetric-blocks"
    case .asymmetricNext: return "asymmetric-next"
    case .instance: return "instance"
    case .annotatorLike: return "annotator-like"
    case .given: return "given"
    }
  }

  /// The rate that the noise is named by and that methods are told; 0 for ``clean``.
  public var nominalRate: Double {
    switch self {
    case .clean: return 0
    case .symmetric(let rate), .symmetricInclusive(let rate), .pairflip(let rate),
      .asymmetric(let rate), .asymmetricSuperclass(let rate), .asymmetricBlocks(let rate),
      .asymmetricNext(let rate):
      return rate
    case .instance(let noise): return noise.rate
    case .annotatorLike(let set): return set.rate
    case .given(let labels): return labels.rate
    }
  }

  /// Whether drawing needs the images.
  public var needsPixels: Bool {
    if case .instance = self { return true }
    return false
  }

  /// Whether the labels come with the data, so that ``corrupt(_:classes:seed:pixels:given:)`` must
  /// be given them.
  public var needsGivenLabels: Bool {
    if case .given = self { return true }
    return false
  }

  /// Throws unless the rate lies in 0..<1 and all other parameters lie in their ranges.
  public func validate() throws(NoiseError) {
    switch self {
    case .instance(let noise): return try noise.validate()
    case .given(let labels): return try labels.validate()
    default: break
    }
    guard nominalRate >= 0 && nominalRate < 1 else {
      throw .rateOutOfRange(kind: kind, rate: nominalRate)
    }
  }

  /// The matrix of class-dependent noise, or nil for noise that depends on the image and for labels
  /// that come with the data.
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
      try require("the 10 CIFAR-10", classes == 10, found: classes)
      return try .asymmetricCIFAR10(rate: rate)
    case .asymmetricSuperclass(let rate):
      try require("the 100 CIFAR-100", classes == 100, found: classes)
      return try .asymmetricSuperclass(rate: rate)
    case .asymmetricBlocks(let rate):
      try require("the 100 CIFAR-100", classes == 100, found: classes)
      return try .asymmetricBlocks(rate: rate)
    case .asymmetricNext(let rate):
      try require("the 100 CIFAR-100", classes == 100, found: classes)
      return try .asymmetricNext(rate: rate)
    case .annotatorLike(let set):
      try require("10", classes == 10, found: classes)
      return .measured(on: set)
    case .instance, .given: return nil
    }
  }

  private func require(
    _ required: String, _ holds: Bool, found: Int
  ) throws(NoiseError) {
    guard holds else { throw .wrongClassCount(kind: kind, required: required, found: found) }
  }

  /// The share of labels expected to become wrong under the convention of this kind, for given
  /// clean class counts; the rate that is told, for labels that come with the data.
  ///
  /// Throws what ``validate()`` and ``transitionMatrix(classes:)`` throw.
  public func expectedRate(classCounts: [Int]) throws(NoiseError) -> Double {
    try validate()
    if case .instance(let noise) = self { return noise.expectedRate }
    if case .given(let labels) = self { return labels.rate }
    return try transitionMatrix(classes: classCounts.count)?.expectedRate(classCounts: classCounts)
      ?? 0
  }
}
