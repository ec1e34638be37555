import Foundation

/// An estimate of the mutual information between features and discrete labels, in nats.
public struct MutualInformation: Sendable, Hashable {
  /// A way to estimate it, with its parameters.
  public enum Estimator: Sendable, Hashable {
    /// Nearest neighbours within and across the classes (Ross).
    case ross(neighbors: Int)
    /// Label entropy less the held-out cross-entropy of a linear probe: a lower bound on average.
    case probe(folds: Int, penalty: Double, seed: UInt64)
    /// Plug-in estimate over k-means clusters, with the correction of Miller and Madow.
    case plugIn(clusters: Int, seed: UInt64)

    /// The name that commands and records use.
    public var name: String {
      switch self {
      case .ross: return "ross"
      case .probe: return "probe"
      case .plugIn: return "plug-in"
      }
    }
  }

  /// How it was estimated.
  public let estimator: Estimator
  /// The estimate, in nats.
  ///
  /// Ross's is cut off at 0; the other two can fall below 0 when features and labels are next to
  /// independent.
  public let nats: Double
  /// The entropy of the labels' frequencies, in nats: no true value is higher.
  public let entropyNats: Double
  /// The logarithm of the number of classes, in nats, the entropy of equally frequent classes.
  public let ceilingNats: Double
  /// The standard error, in nats, or nil if there is none.
  ///
  /// From the spread over folds for the probe; for the others from the spread of the points' own
  /// terms, taken as independent. It does not cover bias.
  public let standardError: Double?
  /// The number of points that the estimate rests on.
  public let n: Int
  /// The number of classes.
  public let classes: Int

  init(
    _ estimator: Estimator, nats: Double, classCounts: [Int], standardError: Double?, n: Int
  ) {
    self.estimator = estimator
    self.nats = nats
    self.standardError = standardError
    self.n = n
    classes = classCounts.count
    ceilingNats = log(Double(classCounts.count))
    entropyNats = Self.entropy(classCounts)
  }

  /// The estimate less and plus 1.96 standard errors: a 95 % interval that does not cover bias.
  public var interval95: ClosedRange<Double>? {
    standardError.map { nats - 1.96 * $0...nats + 1.96 * $0 }
  }

  /// The entropy of relative frequencies, in nats: ln n - Σ c ln c / n.
  static func entropy(_ counts: [Int]) -> Double {
    let total = Double(counts.reduce(0, +))
    let sum = counts.reduce(0.0) { $1 > 0 ? $0 + Double($1) * log(Double($1)) : $0 }
    return log(total) - sum / total
  }

  /// The standard error of the mean of terms, or nil for fewer than two.
  static func standardError(of terms: [Double]) -> Double? {
    guard terms.count > 1 else { return nil }
    let n = Double(terms.count)
    let mean = terms.reduce(0, +) / n
    let squares = terms.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / (n - 1) / n).squareRoot()
  }
}
