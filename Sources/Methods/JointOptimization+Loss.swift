import Foundation
import Torch

extension JointOptimization {
  /// The three terms of the first stage's loss.
  ///
  /// With p the softmax of a sample's logits, s its target, p̄ the mean of p over the batch and π = 1/C:
  /// L_c = −mean Σ_k s_k log p_k, L_p = −Σ_k π log p̄_k and L_e = −mean Σ_k p_k log p_k. L_p leaves out the constant by
  /// which it differs from KL(π ‖ p̄).
  ///
  /// - Parameters:
  ///   - logits: b x C.
  ///   - targets: Soft targets whose rows sum to one, b x C.
  /// - Returns: L_c, L_p and L_e, each a single element, in nats.
  public static func terms(
    logits: Tensor, targets: Tensor
  ) -> (classification: Tensor, prior: Tensor, entropy: Tensor) {
    let logs = logits.logSoftmax(along: 1)
    // log p̄ without p̄ itself, so that a class that the whole batch excludes gives no infinity.
    let largest = logs.detached().max(along: 0)
    let logMean =
      (logs - largest).exp().sum(along: [0]).log() + largest - log(Double(logits.shape[0]))
    return (
      crossEntropy(logs: logs, targets: targets).mean(), -logMean.mean(),
      crossEntropy(logs: logs, targets: logs.exp()).mean()
    )
  }

  /// Per-sample cross-entropy −Σ_k s_k log p_k with soft targets.
  public static func crossEntropy(logits: Tensor, targets: Tensor) -> Tensor {
    crossEntropy(logs: logits.logSoftmax(along: 1), targets: targets)
  }

  private static func crossEntropy(logs: Tensor, targets: Tensor) -> Tensor {
    -(logs * targets).sum(along: [1])
  }
}
