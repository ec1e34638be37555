import NN
import Torch
import Training

/// Active passive loss: a normalised loss that raises the given class plus one that lowers the others.
///
/// Ma, Huang, Wang, Romano, Erfani and Bailey, "Normalized Loss Functions for Deep Learning with Noisy Labels", 2020;
/// HanxunH/Active-Passive-Losses loss.py at 04bce53. L = α · NCE + β · (RCE or MAE) with
/// NCE = log p_y / Σ_k log p_k, RCE = −ln(10⁻⁴) · (1 − p_y) and MAE = 1 − p_y, which is half of the textbook's.
public enum APL {
  /// The passive half of the sum.
  public enum Passive: String, Codable, Hashable, Sendable, CaseIterable {
    /// Reverse cross-entropy.
    case reverseCrossEntropy = "rce"
    /// Mean absolute error.
    case meanAbsoluteError = "mae"
  }

  /// The hyperparameters.
  public struct Configuration: MethodRecipe {
    /// The weight of the active loss.
    public var alpha: Double
    /// The weight of the passive loss.
    public var beta: Double
    /// The passive loss.
    public var passive: Passive
    /// The factor on the shared protocol's learning rate.
    public var rateFactor: Double
    /// The largest joint 2-norm of the gradients; nil for no limit.
    public var gradientLimit: Double?

    /// Creates a configuration.
    public init(
      alpha: Double, beta: Double, passive: Passive, rateFactor: Double = 1,
      gradientLimit: Double? = nil
    ) {
      self.alpha = alpha
      self.beta = beta
      self.passive = passive
      self.rateFactor = rateFactor
      self.gradientLimit = gradientLimit
    }

    /// As ``released(_:classes:)``: beyond its code, nothing else is known of what the paper states.
    public static func paper(_ passive: Passive, classes: Int) -> Configuration {
      released(passive, classes: classes)
    }

    /// The released settings for CIFAR-10, or from a hundred classes on for CIFAR-100.
    ///
    /// configs/cifar10/sym and configs/cifar100/sym, trainer.py: α = β = 1 for CIFAR-10; α = 10 with β = 0.1 (RCE) or 1
    /// (MAE) for CIFAR-100; gradients clipped at 5; a learning rate of 0.01 for CIFAR-10, a tenth of the shared 0.1, and
    /// 0.1 for CIFAR-100. hitcszx/ALFs lists β = 1 for CIFAR-100 and RCE instead.
    public static func released(_ passive: Passive, classes: Int) -> Configuration {
      guard classes >= 100 else {
        return Configuration(
          alpha: 1, beta: 1, passive: passive, rateFactor: 0.1, gradientLimit: 5)
      }
      return Configuration(
        alpha: 10, beta: passive == .reverseCrossEntropy ? 0.1 : 1, passive: passive,
        gradientLimit: 5)
    }

    /// The released settings, at the shared learning rate where the problem is reduced, since that is low already.
    public static func ours(
      _ passive: Passive, classes: Int, isReduced: Bool
    ) -> Configuration {
      var result = released(passive, classes: classes)
      if isReduced { result.rateFactor = 1 }
      return result
    }

    /// One network under the shared protocol.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      APL.make(self, task: task)
    }
  }

  /// The smallest probability that enters a logarithm or the reverse cross-entropy.
  static let smallestProbability = 1e-7
  /// log 0 of the one-hot label in the reverse cross-entropy, replaced by log 10⁻⁴.
  static let logOfZero = -9.210340371976182

  /// Per-sample normalised cross-entropy, in 0...1.
  public static func normalisedCrossEntropy(logits: Tensor, targets: Tensor) -> Tensor {
    let all = logits.logSoftmax(along: 1).sum(along: [1])
    return -logits.crossEntropy(targets: targets) / all
  }

  /// Per-sample 1 − p_y, with p clamped from below.
  public static func meanAbsoluteError(logits: Tensor, targets: Tensor) -> Tensor {
    let probabilities = logits.softmax(along: 1).clamped(to: smallestProbability...1)
    return 1 - probabilities.gather(targets.reshape([-1, 1]), along: 1).reshape([-1])
  }

  /// Per-sample reverse cross-entropy, in 0...9.21.
  public static func reverseCrossEntropy(logits: Tensor, targets: Tensor) -> Tensor {
    meanAbsoluteError(logits: logits, targets: targets) * -logOfZero
  }

  /// The per-sample sum of both halves, for logits n x C and targets n.
  public static func loss(
    logits: Tensor, targets: Tensor, configuration: Configuration
  ) -> Tensor {
    let active = normalisedCrossEntropy(logits: logits, targets: targets)
    let passive =
      switch configuration.passive {
      case .reverseCrossEntropy: reverseCrossEntropy(logits: logits, targets: targets)
      case .meanAbsoluteError: meanAbsoluteError(logits: logits, targets: targets)
      }
    return active * configuration.alpha + passive * configuration.beta
  }

  /// The method on a task.
  public static func make(_ configuration: Configuration, task: TrainingTask) -> LossMethod {
    LossMethod(
      task: task, rateFactor: configuration.rateFactor, gradientLimit: configuration.gradientLimit
    ) { logits, labels in
      loss(logits: logits, targets: labels, configuration: configuration)
    }
  }
}
