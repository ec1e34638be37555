import Foundation
import NN
import Torch
import Training

/// Partially Huberised cross-entropy: linear in p_y below a threshold, so that no sample's slope exceeds τ.
///
/// Menon, Rawat, Reddi and Kumar, "Can gradient clipping mitigate label noise?", 2020; no code was released, and
/// dmizr/phuber phuber/loss.py at 56e5f71 is a reproduction. L = −log p_y where p_y > 1 / τ, else −τ · p_y + log τ + 1;
/// value and slope are continuous at 1 / τ.
public enum PCE {
  /// The hyperparameters.
  public struct Configuration: MethodRecipe {
    /// The largest slope with respect to p_y, τ > 1.
    public var tau: Double
    /// The factor on the shared protocol's learning rate.
    public var rateFactor: Double
    /// The largest joint 2-norm of the gradients; nil for no limit.
    public var gradientLimit: Double?

    /// Creates a configuration.
    public init(tau: Double, rateFactor: Double = 1, gradientLimit: Double? = nil) {
      self.tau = tau
      self.rateFactor = rateFactor
      self.gradientLimit = gradientLimit
    }

    /// The paper's settings: τ = 2 for CIFAR-10, and 10 for CIFAR-100, taken from a hundred classes on.
    ///
    /// Chosen from 2 and 10 on noisy validation labels at a noise rate of 0.6 and kept for all rates; a learning rate of
    /// 0.1 and no limit on the gradients.
    public static func paper(classes: Int) -> Configuration {
      Configuration(tau: classes >= 100 ? 10 : 2)
    }

    /// The settings of dmizr/phuber conf/hparams, which are those of ``paper(classes:)``; its authors find τ = 50 better
    /// for CIFAR-100 with little noise.
    public static func released(classes: Int) -> Configuration { paper(classes: classes) }

    /// The paper's settings, which already run at the shared learning rate.
    public static func ours(classes: Int, isReduced: Bool) -> Configuration {
      paper(classes: classes)
    }

    /// One network under the shared protocol.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      PCE.make(self, task: task)
    }
  }

  /// The smallest probability that enters the logarithm.
  static let smallestProbability = 1e-12

  /// The per-sample loss for logits n x C and targets n, in 0...(log τ + 1).
  public static func loss(
    logits: Tensor, targets: Tensor, configuration: Configuration
  ) -> Tensor {
    let tau = configuration.tau
    let probability = logits.probability(of: targets)
    return .choose(
      where: probability.isGreater(than: 1 / tau),
      -probability.clamped(to: smallestProbability...1).log(),
      else: probability * -tau + (log(tau) + 1))
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

extension Tensor {
  /// Per-sample softmax(self)[target] of n x C logits and n class indices.
  func probability(of targets: Tensor) -> Tensor {
    softmax(along: 1).gather(targets.reshape([-1, 1]), along: 1).reshape([-1])
  }
}
