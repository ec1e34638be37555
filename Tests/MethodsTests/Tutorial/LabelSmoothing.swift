import Methods
import NN
import Torch
import Training

/// Label smoothing: cross-entropy with a target that is partly spread over all classes.
///
/// Lukasik, Bhojanapalli, Menon and Kumar, "Does label smoothing mitigate label noise?", 2020.
/// L = (1 − α) · CE + α · mean_k(−log p_k).
public enum LabelSmoothing {
  /// The hyperparameters.
  public struct Configuration: MethodRecipe {
    /// The share of the target that is spread, 0 ≤ α < 1.
    public var alpha: Double

    /// Creates a configuration.
    public init(alpha: Double) { self.alpha = alpha }

    /// The value that the paper uses most, section 4.
    public static let paper = Configuration(alpha: 0.1)

    /// One network under the shared protocol.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      LossMethod(task: task) { logits, labels in
        loss(logits: logits, targets: labels, configuration: self)
      }
    }
  }

  /// The per-sample loss for logits n x C and targets n, in nats.
  public static func loss(
    logits: Tensor, targets: Tensor, configuration: Configuration
  ) -> Tensor {
    let spread = -logits.logSoftmax(along: 1).mean(along: [1])
    return logits.crossEntropy(targets: targets) * (1 - configuration.alpha)
      + spread * configuration.alpha
  }
}
