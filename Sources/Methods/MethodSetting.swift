import LabelNoise

/// Whose hyperparameters a method runs with.
public enum MethodSource: String, Codable, Hashable, Sendable, CaseIterable {
  /// What this suite's tables run: the method's own hyperparameters under the shared protocol.
  case ours
  /// What the method's paper states.
  case paper
  /// What the method's released code does.
  case released
}

/// What the choice of a method's hyperparameters may depend on.
public struct MethodSetting: Hashable, Sendable {
  /// The label noise; methods that are told its rate take the nominal one.
  public var noise: NoiseModel
  /// The number of classes.
  public var classes: Int
  /// Whether network, data and epochs are far below the paper's, so that learning rates that suit the paper's length
  /// would not train at all.
  public var isReduced: Bool

  /// Creates a setting.
  public init(noise: NoiseModel, classes: Int, isReduced: Bool) {
    self.noise = noise
    self.classes = classes
    self.isReduced = isReduced
  }

  /// Whether labels flip to every class with equal chances.
  public var isSymmetric: Bool { noise.kind.hasPrefix("symmetric") }
}
