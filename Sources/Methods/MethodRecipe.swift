import Training

/// The hyperparameters of a method, which know how to make it.
public protocol MethodRecipe: Codable, Hashable, Sendable {
  /// The method on a task.
  ///
  /// - Throws: What making a needed resource throws.
  func make(task: TrainingTask, resources: MethodResources) throws -> any TrainingMethod
  /// The stages that it will train, for forecasts and progress.
  func stages(under trainingProtocol: TrainingProtocol) -> [PlannedStage]
  /// What it needs beyond the noisy training set.
  var needs: Set<MethodNeed> { get }
}

extension MethodRecipe {
  /// One stage at the cost of plain cross-entropy.
  public func stages(under trainingProtocol: TrainingProtocol) -> [PlannedStage] {
    [PlannedStage(name: "train", epochs: trainingProtocol.epochs)]
  }
  /// Nothing.
  public var needs: Set<MethodNeed> { [] }
}

/// What a method may need beyond the noisy training set.
public enum MethodNeed: String, Hashable, Sendable {
  /// Modified images and their similarities.
  case echo
  /// The external clean images.
  case external
}

/// What some methods need beyond the noisy training set.
public struct MethodResources {
  /// The modified images and their similarities, for EchoAlign.
  public var echo: (() throws -> any EchoSource)?
  /// The external clean images, for the control that trains on nothing else.
  public var external: (() throws -> TrainingSet)?

  /// Creates resources; each is made only when a method asks for it.
  public init(
    echo: (() throws -> any EchoSource)? = nil, external: (() throws -> TrainingSet)? = nil
  ) {
    self.echo = echo
    self.external = external
  }
}
