import Torch
import Training

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

/// A method with all its hyperparameters; part of a run's specification.
public enum MethodConfiguration: Codable, Hashable, Sendable {
  /// Plain cross-entropy on the noisy labels.
  case crossEntropy
  /// ``APL``.
  case apl(APL.Configuration)
  /// ``CoTeaching``.
  case coTeaching(CoTeaching.Configuration)
  /// ``EchoAlign``.
  case echoAlign(EchoAlign.Configuration)
  /// The control: cross-entropy on the external clean images alone.
  case externalOnly

  /// Whether the method needs modified images.
  public var needsEcho: Bool {
    if case .echoAlign = self { return true }
    return false
  }

  /// The method on a task.
  ///
  /// - Throws: What making a needed resource throws.
  public func make(task: TrainingTask, resources: MethodResources) throws -> any TrainingMethod {
    switch self {
    case .crossEntropy:
      return LossMethod(task: task)
    case .apl(let configuration):
      return APL.make(configuration, task: task)
    case .coTeaching(let configuration):
      return CoTeaching(configuration, task: task)
    case .echoAlign(let configuration):
      guard let echo = resources.echo else { preconditionFailure("EchoAlign needs an echo source") }
      return EchoAlign(configuration, task: task, source: try echo())
    case .externalOnly:
      guard let external = resources.external else {
        preconditionFailure("the external control needs external images")
      }
      return LossMethod(task: task, samples: try external())
    }
  }
}
