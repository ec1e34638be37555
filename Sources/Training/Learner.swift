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
  /// The largest joint 2-norm of the gradients; nil for no limit.
  public let gradientLimit: Double?

  /// Creates a learner with a fresh optimiser.
  public init(
    _ network: Network, optimizer: OptimizerConfiguration, schedule: Schedule,
    gradientLimit: Double? = nil
  ) {
    self.network = network
    self.optimizer = Optimizer(optimizer, parameters: network.store.parameters)
    self.schedule = schedule
    self.gradientLimit = gradientLimit
  }

  /// The learning rate of an epoch.
  public func rate(at position: EpochPosition) -> Double {
    optimizer.configuration.rate * schedule.factor(epoch: position.epoch, of: position.epochs)
  }

  /// Takes one step down a loss.
  public func step(minimising loss: Tensor, at position: EpochPosition, betas: [Double]? = nil) {
    optimizer.step(
      minimising: loss, rate: rate(at: position), gradientLimit: gradientLimit, betas: betas)
  }

  /// Network and optimiser by name.
  public var state: [String: Tensor] {
    var result: [String: Tensor] = [:]
    for (name, tensor) in network.store.state { result["network/\(name)"] = tensor }
    for (name, tensor) in optimizer.state { result["optimizer/\(name)"] = tensor }
    return result
  }

  /// Takes over a saved state.
  ///
  /// - Throws: ``ParameterError`` when it does not fit.
  public func load(_ state: [String: Tensor]) throws {
    func part(_ prefix: String) -> [String: Tensor] {
      state.reduce(into: [:]) { result, entry in
        if entry.key.hasPrefix(prefix) {
          result[String(entry.key.dropFirst(prefix.count))] = entry.value
        }
      }
    }
    try network.store.load(part("network/"))
    try optimizer.load(part("optimizer/"))
  }
}
