/// A step that a proof of Theorem 3.1 takes without showing it.
enum TheoremProofStep: String, CaseIterable, Hashable, Sendable {
  /// The transformation adds no chance of its own: H(T | Ỹ, X) = 0.
  case deterministic
  /// H(X′ | Ỹ) ≤ H(X | Ỹ).
  case conditionalEntropy = "conditional-entropy"
  /// H(X′) ≥ H(X).
  case entropy
  /// E[Y X′] ≥ E[Y X], feature by feature.
  case covariance
  /// E[(β′X′)²] ≤ E[(βX)²].
  case signal
  /// X′ᵀX′ has no direction of less variance than XᵀX, and one of more: (X′ᵀX′)⁻¹ < (XᵀX)⁻¹.
  case largerSpread = "larger-spread"
  /// The variability of the features is reduced: tr Cov(X′) < tr Cov(X).
  case smallerSpread = "smaller-spread"

  /// The step as the proof has it.
  var words: String {
    switch self {
    case .deterministic: return "T is deterministic, H(T | Ỹ, X) = 0"
    case .conditionalEntropy: return "H(X′ | Ỹ) ≤ H(X | Ỹ)"
    case .entropy: return "H(X′) ≥ H(X)"
    case .covariance: return "E[YX′] ≥ E[YX], each entry"
    case .signal: return "E[(β′X′)²] ≤ E[(βX)²]"
    case .largerSpread: return "(X′ᵀX′)⁻¹ < (XᵀX)⁻¹"
    case .smallerSpread: return "T reduces the variability of the features"
    }
  }

  /// The statement whose proof takes it.
  var statement: TheoremStatement {
    switch self {
    case .deterministic, .conditionalEntropy, .entropy: return .alignment
    case .covariance, .signal: return .error
    case .largerSpread: return .stability
    case .smallerSpread: return .generalisation
    }
  }

  /// Whether the step is right for a condition.
  func isRight(_ comparison: TheoremComparison) -> Bool {
    let (old, new) = (comparison.original, comparison.modified)
    let slack = 1e-9
    switch self {
    case .deterministic: return comparison.condition.generatorNoise == 0
    case .conditionalEntropy: return new.conditionalEntropy <= old.conditionalEntropy + slack
    case .entropy: return new.entropy >= old.entropy - slack
    case .covariance:
      return zip(new.truthCovariance, old.truthCovariance).allSatisfy { $0 >= $1 - slack }
    case .signal: return new.provenSignal <= old.provenSignal + slack
    case .largerSpread:
      let values = comparison.spread.values
      guard let least = values.first, let most = values.last else { return false }
      return least >= -slack && most > slack
    case .smallerSpread:
      return Self.trace(new.covariance) < Self.trace(old.covariance) - slack
    }
  }

  private static func trace(_ matrix: [[Double]]) -> Double {
    matrix.indices.reduce(0) { $0 + matrix[$1][$1] }
  }
}
