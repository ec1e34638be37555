import Torch

/// An optimiser's state over a fixed list of parameters.
public final class Optimizer {
  /// The hyperparameters.
  public let configuration: OptimizerConfiguration
  /// The number of steps taken.
  public private(set) var stepCount = 0
  private let parameters: [Tensor]
  private let first: [Tensor]
  private let second: [Tensor]
  private static let epsilon = 1e-8

  /// Creates an optimiser with zero state.
  public init(_ configuration: OptimizerConfiguration, parameters: [Tensor]) {
    self.configuration = configuration
    self.parameters = parameters
    // A clone of a zeroed parameter keeps its memory layout, so that no step converts.
    func zeros() -> [Tensor] {
      withoutGradient { parameters.map { $0.detached() * 0 } }
    }
    first = zeros()
    if case .sgd = configuration { second = [] } else { second = zeros() }
  }

  /// Forgets the gradients, runs the backward pass of a loss, and takes one step at a rate.
  ///
  /// - Parameters:
  ///   - loss: A single-element tensor.
  ///   - rate: The learning rate of this step.
  ///   - gradientLimit: The largest joint 2-norm of the gradients; nil for no limit.
  ///   - betas: Replaces Adam's two decay rates, for schedules that change them.
  public func step(
    minimising loss: Tensor, rate: Double, gradientLimit: Double? = nil, betas: [Double]? = nil
  ) {
    OptimizerSteps.clearGradients(parameters)
    loss.backward()
    if let gradientLimit {
      _ = OptimizerSteps.clipGradientNorm(parameters, limit: gradientLimit)
    }
    stepCount += 1
    switch configuration {
    case .sgd(_, let momentum, let weightDecay, let nesterov):
      OptimizerSteps.sgd(
        parameters: parameters, velocities: first, rate: rate, momentum: momentum,
        weightDecay: weightDecay, nesterov: nesterov, isFirst: stepCount == 1)
    case .adam(_, let defaults, let weightDecay), .adamW(_, let defaults, let weightDecay):
      var isDecoupled = false
      if case .adamW = configuration { isDecoupled = true }
      let betas = betas ?? defaults
      OptimizerSteps.adam(
        parameters: parameters, firstMoments: first, secondMoments: second, rate: rate,
        betas: (betas[0], betas[1]), epsilon: Self.epsilon, weightDecay: weightDecay,
        isDecoupled: isDecoupled, step: stepCount)
    }
  }

  /// The state by name, for a checkpoint.
  public var state: [String: Tensor] {
    var result = ["step": Tensor.from([stepCount], shape: [1])]
    for (index, tensor) in first.enumerated() { result["first.\(index)"] = tensor }
    for (index, tensor) in second.enumerated() { result["second.\(index)"] = tensor }
    return result
  }

  /// Takes over a saved state.
  ///
  /// - Throws: ``ParameterError`` when it does not fit the parameters; then nothing has changed.
  public func load(_ state: [String: Tensor]) throws {
    func source(_ name: String, shape: [Int]) throws -> Tensor {
      guard let source = state[name] else { throw ParameterError.missing(name: name) }
      guard source.shape == shape else {
        throw ParameterError.shape(name: name, expected: shape, found: source.shape)
      }
      return source
    }
    let step = try source("step", shape: [1])
    let firstSources = try first.enumerated().map {
      try source("first.\($0.offset)", shape: $0.element.shape)
    }
    let secondSources = try second.enumerated().map {
      try source("second.\($0.offset)", shape: $0.element.shape)
    }
    for (target, source) in zip(first, firstSources) { target.copy(from: source) }
    for (target, source) in zip(second, secondSources) { target.copy(from: source) }
    stepCount = Int(step.item())
  }
}
