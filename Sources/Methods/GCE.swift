import Foundation
import NN
import Torch
import Training

/// Generalised cross-entropy: between cross-entropy (q → 0) and mean absolute error (q = 1).
///
/// Zhang and Sabuncu, "Generalized Cross Entropy Loss for Training Deep Neural Networks with Noisy Labels", 2018; as in
/// hitcszx/ALFs lnl/losses.py at 61245e9. L = (1 − p_y^q) / q, with p_y clamped to at least 10⁻⁷.
public enum GCE {
  /// The hyperparameters.
  public struct Configuration: MethodRecipe {
    /// The exponent, 0 < q ≤ 1.
    public var q: Double
    /// The factor on the shared protocol's learning rate.
    public var rateFactor: Double
    /// The largest joint 2-norm of the gradients; nil for no limit.
    public var gradientLimit: Double?

    /// Creates a configuration.
    public init(q: Double, rateFactor: Double = 1, gradientLimit: Double? = nil) {
      self.q = q
      self.rateFactor = rateFactor
      self.gradientLimit = gradientLimit
    }

    /// The exponent of the paper, q = 0.7; for the rest as ``released(classes:)``.
    public static func paper(classes: Int) -> Configuration { released(classes: classes) }

    /// The settings of hitcszx/ALFs lnl/config.py and lnl/main.py: q = 0.7, and the recipe of ``AUL``.
    ///
    /// Gradients are clipped at 5; the learning rate is 0.01 for CIFAR-10, a tenth of the shared 0.1, and 0.1 from a
    /// hundred classes on.
    public static func released(classes: Int) -> Configuration {
      Configuration(q: 0.7, rateFactor: classes >= 100 ? 1 : 0.1, gradientLimit: 5)
    }

    /// The released settings, at the shared learning rate where the problem is reduced, since that is low already.
    public static func ours(classes: Int, isReduced: Bool) -> Configuration {
      var result = released(classes: classes)
      if isReduced { result.rateFactor = 1 }
      return result
    }

    /// One network under the shared protocol.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      GCE.make(self, task: task)
    }
  }

  /// The smallest probability of the given class.
  static let smallestProbability = 1e-7
  /// The exponent below which the loss is cross-entropy to single precision, and rounding would outweigh the rest.
  static let smallestExponent = 1e-8

  /// The per-sample loss for logits n x C and targets n, in 0...(1 / q).
  ///
  /// p_y^q is taken in float64 from the cross-entropy, so that a small q loses nothing to rounding.
  public static func loss(
    logits: Tensor, targets: Tensor, configuration: Configuration
  ) -> Tensor {
    let q = max(configuration.q, smallestExponent)
    let crossEntropy = logits.crossEntropy(targets: targets).to(.float64)
      .clamped(to: 0...(-log(smallestProbability)))
    return ((1 - (crossEntropy * -q).exp()) / q).to(logits.type)
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
