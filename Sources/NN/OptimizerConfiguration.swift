/// An optimiser with its hyperparameters; the learning rate is multiplied by the schedule's factor.
public enum OptimizerConfiguration: Codable, Hashable, Sendable {
  /// Stochastic gradient descent with momentum; Sutskever et al., 2013.
  case sgd(rate: Double, momentum: Double, weightDecay: Double, nesterov: Bool)
  /// Adam with L2 regularisation in the gradient; Kingma and Ba, 2015.
  case adam(rate: Double, betas: [Double], weightDecay: Double)
  /// Adam with decoupled weight decay; Loshchilov and Hutter, 2019.
  case adamW(rate: Double, betas: [Double], weightDecay: Double)

  /// Adam as in the literature: β = (0.9, 0.999), no weight decay.
  public static func adam(rate: Double) -> OptimizerConfiguration {
    .adam(rate: rate, betas: [0.9, 0.999], weightDecay: 0)
  }

  /// The learning rate before the schedule's factor.
  public var rate: Double {
    switch self {
    case .sgd(let rate, _, _, _), .adam(let rate, _, _), .adamW(let rate, _, _): return rate
    }
  }

  /// The same optimiser at another learning rate.
  public func at(rate: Double) -> OptimizerConfiguration {
    switch self {
    case .sgd(_, let momentum, let weightDecay, let nesterov):
      .sgd(rate: rate, momentum: momentum, weightDecay: weightDecay, nesterov: nesterov)
    case .adam(_, let betas, let weightDecay):
      .adam(rate: rate, betas: betas, weightDecay: weightDecay)
    case .adamW(_, let betas, let weightDecay):
      .adamW(rate: rate, betas: betas, weightDecay: weightDecay)
    }
  }
}
