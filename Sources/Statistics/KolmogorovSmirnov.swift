import Foundation

/// The two-sample test of Kolmogorov and Smirnov.
public struct KolmogorovSmirnov: Codable, Hashable, Sendable {
  /// How the p-value is found.
  public enum Method: String, Codable, Hashable, Sendable {
    /// By counting lattice paths; with ties between the samples it is an upper bound.
    case exact
    /// By the limiting distribution.
    case asymptotic
  }

  /// The largest distance between the two empirical distribution functions, in 0...1.
  public let statistic: Double
  /// The two-sided probability of such a distance or a larger one under one distribution.
  public let pValue: Double
  /// How ``pValue`` was found.
  public let method: Method

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - first: The first sample, not empty.
  ///   - second: The second sample, not empty.
  ///   - method: How to find the p-value; nil is exact up to a million pairs of values.
  public init(_ first: [Double], _ second: [Double], method: Method? = nil) {
    let (n, m) = (first.count, second.count)
    precondition(n > 0 && m > 0, "Kolmogorov-Smirnov test of \(n) against \(m) values")
    let chosen = method ?? (n <= 1_000_000 / m ? .exact : .asymptotic)
    let gap = KolmogorovSmirnov.largestGap(first.sorted(), second.sorted())
    self.method = chosen
    statistic = Double(gap) / (Double(n) * Double(m))
    switch chosen {
    case .exact: pValue = KolmogorovSmirnov.exactTail(gap: gap, n: n, m: m)
    case .asymptotic:
      let effective = Double(n) * Double(m) / Double(n + m)
      pValue = KolmogorovSmirnov.limitingTail(statistic * effective.squareRoot())
    }
  }

  /// The largest distance of the distribution functions times n m, a whole number.
  private static func largestGap(_ first: [Double], _ second: [Double]) -> Int {
    var (i, j, gap) = (0, 0, 0)
    while i < first.count && j < second.count {
      let value = min(first[i], second[j])
      while i < first.count && first[i] <= value { i += 1 }
      while j < second.count && second[j] <= value { j += 1 }
      gap = max(gap, abs(i * second.count - j * first.count))
    }
    return gap
  }

  /// The share of lattice paths from (0, 0) to (n, m) that somewhere reach the distance `gap`.
  ///
  /// The share at (i, j) is 1 where |i m - j n| ≥ gap, and elsewhere the mean of those at (i - 1,
  /// j) and (i, j - 1) weighted by i and j. All terms are positive, so small values keep their
  /// digits.
  private static func exactTail(gap: Int, n: Int, m: Int) -> Double {
    if gap == 0 { return 1 }
    var share = [Double](repeating: 0, count: m + 1)
    for i in 0...n {
      for j in 0...m {
        if abs(i * m - j * n) >= gap {
          share[j] = 1
        } else if i + j > 0 {
          let left = j > 0 ? Double(j) * share[j - 1] : 0
          share[j] = (Double(i) * share[j] + left) / Double(i + j)
        }
      }
    }
    return share[m]
  }

  /// Returns the upper tail of Kolmogorov's limiting distribution at λ.
  ///
  /// 2 Σ (-1)^(k-1) exp(-2 k² λ²), or for small λ its equal by the theta function's transformation,
  /// 1 - (√(2π) / λ) Σ exp(-(2k - 1)² π² / (8 λ²)).
  public static func limitingTail(_ lambda: Double) -> Double {
    if lambda <= 0 { return 1 }
    if lambda < 1 {
      let sum = (1...8).reduce(0.0) { sum, k in
        let odd = Double(2 * k - 1)
        return sum + exp(-odd * odd * Double.pi * Double.pi / (8 * lambda * lambda))
      }
      return 1 - (2 * Double.pi).squareRoot() / lambda * sum
    }
    return (1...8).reduce(0.0) { sum, k in
      let term = 2 * exp(-2 * Double(k * k) * lambda * lambda)
      return k.isMultiple(of: 2) ? sum - term : sum + term
    }
  }
}
