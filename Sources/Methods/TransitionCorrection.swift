import Torch

/// What the methods that model label noise by a transition matrix share.
///
/// T_ij is P(given label j | clean label i), so a matrix is C x C with rows that sum to one, or b x C x C for one matrix
/// a sample. For the class probabilities p of a sample, Tᵀp are the probabilities of its given label; Patrini et al.,
/// "Making Deep Neural Networks Robust to Label Noise: a Loss Correction Approach", 2017.
public enum TransitionCorrection {
  /// The smallest probability that is divided by or enters a logarithm.
  static let smallestProbability = 1e-6

  /// The probabilities of given labels, (Tᵀp)_j = Σ_i p_i T_ij, b x C.
  ///
  /// - Parameters:
  ///   - probabilities: The probabilities of clean labels, b x C.
  ///   - transition: One matrix, C x C, or one a sample, b x C x C.
  /// - Returns: One row a sample.
  public static func givenProbabilities(_ probabilities: Tensor, transition: Tensor) -> Tensor {
    guard transition.rank == 3 else { return probabilities.matmul(transition) }
    let shape = probabilities.shape
    return probabilities.reshape([shape[0], 1, shape[1]]).matmul(transition).reshape(shape)
  }

  /// Per-sample importance weights w = p_y / (Tᵀp)_y; the divisor is at least 1e-6.
  ///
  /// Liu and Tao, "Classification with Noisy Labels by Importance Reweighting", 2016.
  ///
  /// - Parameters:
  ///   - probabilities: The probabilities of clean labels, b x C.
  ///   - given: The probabilities of given labels, b x C.
  ///   - targets: The given labels, b.
  /// - Returns: One weight a sample, b.
  public static func importanceWeights(
    probabilities: Tensor, given: Tensor, targets: Tensor
  ) -> Tensor {
    entries(of: probabilities, at: targets) / limited(entries(of: given, at: targets))
  }

  /// Per-sample forward-corrected cross-entropy −log (pᵀT)_y; the probability is at least 1e-6.
  ///
  /// - Parameters:
  ///   - logits: The logits of clean labels, b x C.
  ///   - targets: The given labels, b.
  ///   - transition: One matrix, C x C, or one a sample, b x C x C.
  /// - Returns: One loss a sample, b.
  public static func forwardLoss(logits: Tensor, targets: Tensor, transition: Tensor) -> Tensor {
    let given = givenProbabilities(logits.softmax(along: 1), transition: transition)
    return -limited(entries(of: given, at: targets)).log()
  }

  /// Scores whose softmax predicts the given label: log Tᵀp with entries of at least 1e-6.
  public static func givenScores(logits: Tensor, transition: Tensor) -> Tensor {
    limited(givenProbabilities(logits.softmax(along: 1), transition: transition)).log()
  }

  /// The mean of a matrix's diagonal: the mean probability that a label is given correctly.
  static func meanDiagonal(_ transition: Tensor) -> Double {
    let classes = transition.shape[0]
    let diagonal = Tensor.range(0..<classes, on: transition.device).reshape([classes, 1])
    return withoutGradient { transition.gather(diagonal, along: 1).mean().item() }
  }

  /// The tensor with all elements of at least 1e-6.
  static func limited(_ values: Tensor) -> Tensor {
    values.clamped(to: smallestProbability...Double(Float.greatestFiniteMagnitude))
  }

  /// The entry of each row at its target.
  static func entries(of rows: Tensor, at targets: Tensor) -> Tensor {
    rows.gather(targets.reshape([-1, 1]), along: 1).reshape([-1])
  }
}
