import NN
import Torch

/// A network with its optimiser and learning-rate schedule.
public final class Learner {
  /// The network.
  public let network: Network
  /// The optimiser.
  public let optimizer: Optimizer
  /// The schedule of the learning rate over a stage; a later stage may replace it.
  public var schedule: Schedule
  /// The factor on the optimiser's learning rate, for methods whose rate is a multiple of the shared one.
  public let rateFactor: Double
  /// The largest joint 2-norm of the gradients; nil for no limit.
  public let gradientLimit: Double?
  /// Parameters besides the network's that are trained with it, by name.
  public let extraParameters: [String: Tensor]

  /// Creates a learner with a fresh optimiser.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - optimizer: The optimiser's hyperparameters.
  ///   - schedule: The schedule of the learning rate.
  ///   - rateFactor: The factor on the optimiser's learning rate.
  ///   - gradientLimit: The largest joint 2-norm of the gradients; nil for no limit.
  ///   - extraParameters: Leaves that require a gradient and are trained with the network.
  public init(
    _ network: Network, optimizer: OptimizerConfiguration, schedule: Schedule,
    rateFactor: Double = 1, gradientLimit: Double? = nil, extraParameters: [String: Tensor] = [:]
  ) {
    self.network = network
    let extras = extraParameters.sorted { $0.key < $1.key }.map(\.value)
    self.optimizer = Optimizer(optimizer, parameters: network.store.parameters + extras)
    self.schedule = schedule
    self.rateFactor = rateFactor
    self.gradientLimit = gradientLimit
    self.extraParameters = extraParameters
  }

  /// The learning rate of an epoch.
  public func rate(at position: EpochPosition) -> Double {
    optimizer.configuration.rate * rateFactor
      * schedule.factor(epoch: position.epoch, of: position.epochs)
  }

  /// Takes one step down a loss.
  public func step(minimising loss: Tensor, at position: EpochPosition, betas: [Double]? = nil) {
    optimizer.step(
      minimising: loss, rate: rate(at: position), gradientLimit: gradientLimit, betas: betas)
  }

  /// Network, further parameters and optimiser by name.
  public var state: [String: Tensor] {
    weights.merging(optimizer.state.named(under: "optimizer/")) { first, _ in first }
  }

  /// Takes over a saved state.
  ///
  /// - Throws: ``ParameterError`` when it does not fit.
  public func load(_ state: [String: Tensor]) throws {
    try loadWeights(state)
    try optimizer.load(state.part("optimizer/"))
  }

  private var weights: [String: Tensor] {
    network.store.state.named(under: "network/")
      .merging(extraParameters.named(under: "extra/")) { first, _ in first }
  }

  /// Copies of the network's tensors and the further parameters, to come back to.
  public func snapshot() -> [String: Tensor] {
    withoutGradient { weights.mapValues { $0.detached().clone() } }
  }

  /// Goes back to a ``snapshot()``, or to that of a network of the same architecture without further parameters.
  ///
  /// - Throws: ``ParameterError`` when it does not fit.
  public func loadWeights(_ state: [String: Tensor]) throws {
    try network.store.load(state.part("network/"))
    for (name, tensor) in extraParameters {
      guard let source = state["extra/\(name)"] else { throw ParameterError.missing(name: name) }
      guard source.shape == tensor.shape else {
        throw ParameterError.shape(name: name, expected: tensor.shape, found: source.shape)
      }
      tensor.copy(from: source)
    }
  }
}
