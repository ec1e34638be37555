import Foundation
import NN
import Torch
import Training

/// Asymmetric unhinged loss: its minimiser follows the label that most samples of a kind were given.
///
/// Zhou, Liu, Jiang, Gao and Ji, "Asymmetric Loss Functions for Learning with Noisy Labels", 2021; hitcszx/ALFs
/// lnl/losses.py (AUELoss) at 61245e9. L = ((a − p_y)^q − (a − 1)^q) / q with a > 1 and q > 0; the papers write p for q.
/// The slope with respect to p_y reaches a^(q − 1), 30 for the released settings: clip the gradients.
public enum AUL {
  /// The hyperparameters.
  public struct Configuration: MethodRecipe {
    /// The offset, a > 1.
    public var a: Double
    /// The exponent, q > 0.
    public var q: Double
    /// The factor on the shared protocol's learning rate.
    public var rateFactor: Double
    /// The largest joint 2-norm of the gradients; nil for no limit.
    public var gradientLimit: Double?

    /// Creates a configuration.
    public init(a: Double, q: Double, rateFactor: Double = 1, gradientLimit: Double? = nil) {
      self.a = a
      self.q = q
      self.rateFactor = rateFactor
      self.gradientLimit = gradientLimit
    }

    /// As ``released(classes:)``: beyond its code, nothing else is known of what the paper states.
    public static func paper(classes: Int) -> Configuration { released(classes: classes) }

    /// The released settings: a = 5.5 and q = 3 for CIFAR-10 and CIFAR-100; lnl/config.py, lnl/main.py.
    ///
    /// Gradients are clipped at 5; the learning rate is 0.01 for CIFAR-10, a tenth of the shared 0.1, and 0.1 from a
    /// hundred classes on.
    public static func released(classes: Int) -> Configuration {
      Configuration(a: 5.5, q: 3, rateFactor: classes >= 100 ? 1 : 0.1, gradientLimit: 5)
    }

    /// The released settings, at the shared learning rate where the problem is reduced, since that is low already.
    public static func ours(classes: Int, isReduced: Bool) -> Configuration {
      var result = released(classes: classes)
      if isReduced { result.rateFactor = 1 }
      return result
    }

    /// One network under the shared protocol.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      AUL.make(self, task: task)
    }
  }

  /// The exponent below which rounding would outweigh the difference to the limit log((a − p_y) / (a − 1)).
  static let smallestExponent = 1e-8

  /// The per-sample loss for logits n x C and targets n, at least 0; the difference is taken in float64.
  public static func loss(
    logits: Tensor, targets: Tensor, configuration: Configuration
  ) -> Tensor {
    let a = configuration.a
    let q = max(configuration.q, smallestExponent)
    let distance = a - logits.probability(of: targets).to(.float64)
    return ((distance.power(q) - pow(a - 1, q)) / q).to(logits.type)
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

/// Normalised cross-entropy plus the asymmetric unhinged loss: L = α · NCE + β · AUL.
///
/// Zhou et al., 2021, as ``AUL``; hitcszx/ALFs lnl/losses.py (NCEandAUE) at 61245e9. NCE is that of ``APL``.
public enum NCEAUL {
  /// The hyperparameters.
  public struct Configuration: MethodRecipe {
    /// The weight of the normalised cross-entropy.
    public var alpha: Double
    /// The weight of the asymmetric unhinged loss.
    public var beta: Double
    /// The offset, a > 1.
    public var a: Double
    /// The exponent, q > 0.
    public var q: Double
    /// The factor on the shared protocol's learning rate.
    public var rateFactor: Double
    /// The largest joint 2-norm of the gradients; nil for no limit.
    public var gradientLimit: Double?

    /// Creates a configuration.
    public init(
      alpha: Double, beta: Double, a: Double, q: Double, rateFactor: Double = 1,
      gradientLimit: Double? = nil
    ) {
      self.alpha = alpha
      self.beta = beta
      self.a = a
      self.q = q
      self.rateFactor = rateFactor
      self.gradientLimit = gradientLimit
    }

    /// As ``released(classes:)``: beyond its code, nothing else is known of what the paper states.
    public static func paper(classes: Int) -> Configuration { released(classes: classes) }

    /// The released settings; lnl/config.py, lnl/main.py.
    ///
    /// CIFAR-10: α = 1, β = 4, a = 6.3, q = 1.5 at a learning rate of 0.01, a tenth of the shared 0.1. CIFAR-100, taken
    /// from a hundred classes on: α = 10, β = 0.015, a = 6, q = 3 at 0.1. Gradients are clipped at 5.
    public static func released(classes: Int) -> Configuration {
      classes >= 100
        ? Configuration(alpha: 10, beta: 0.015, a: 6, q: 3, gradientLimit: 5)
        : Configuration(alpha: 1, beta: 4, a: 6.3, q: 1.5, rateFactor: 0.1, gradientLimit: 5)
    }

    /// The released settings, at the shared learning rate where the problem is reduced, since that is low already.
    public static func ours(classes: Int, isReduced: Bool) -> Configuration {
      var result = released(classes: classes)
      if isReduced { result.rateFactor = 1 }
      return result
    }

    /// One network under the shared protocol.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      NCEAUL.make(self, task: task)
    }
  }

  /// The per-sample loss for logits n x C and targets n, at least 0.
  public static func loss(
    logits: Tensor, targets: Tensor, configuration: Configuration
  ) -> Tensor {
    let active = APL.normalisedCrossEntropy(logits: logits, targets: targets)
    let passive = AUL.loss(
      logits: logits, targets: targets,
      configuration: AUL.Configuration(a: configuration.a, q: configuration.q))
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
