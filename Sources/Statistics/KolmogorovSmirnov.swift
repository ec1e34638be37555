import Foundation

/// The two-sample test of Kolmogorov and Smirnov.
///
/// With F₁ and F₂ the empirical distribution functions: D⁺ = max(F₁ - F₂), D⁻ = max(F₂ - F₁), and
/// the statistic is D⁺ for the alternative `greater`, D⁻ for `less` and the larger for two sides.
/// As in SciPy and R the alternatives speak of distribution functions: `greater` means that F₁ lies
/// above F₂ somewhere, so that the first sample has the *smaller* values.
public struct KolmogorovSmirnov: Codable, Hashable, Sendable {
  /// How the p-value is found.
  public enum Method: String, Codable, Hashable, Sendable, CaseIterable {
    /// By counting lattice paths; with ties between the samples it is an upper bound.
    case exact
    /// By the distribution for large samples.
    ///
    /// For two sides ``KolmogorovDistribution`` at n m / (n + m) values, rounded; for one side the
    /// limit with the correction of J. L. Hodges, "The significance probability of the Smirnov
    /// two-sample test", Arkiv för Matematik 3(43), 1958, formula 5.3.
    case asymptotic
  }

  /// The distance that the alternative asks for, in 0...1.
  public let statistic: Double
  /// D⁺, the largest height of F₁ above F₂, in 0...1.
  public let positiveDistance: Double
  /// D⁻, the largest height of F₂ above F₁, in 0...1.
  public let negativeDistance: Double
  /// The lowest value at which the functions are ``statistic`` apart; the lowest of all if they never
  /// are.
  public let location: Double
  /// The probability of such a distance or a larger one under one distribution.
  public let pValue: Double
  /// How ``pValue`` was found.
  public let method: Method
  /// The side that ``statistic`` and ``pValue`` are for.
  public let alternative: Alternative
  /// The number of values in the first sample.
  public let firstCount: Int
  /// The number of values in the second sample.
  public let secondCount: Int

  /// Compares two samples.
  ///
  /// Infinite values are values like others; zeros are equal whatever their sign.
  ///
  /// - Parameters:
  ///   - first: The first sample, not empty, without NaN.
  ///   - second: The second sample, not empty, without NaN.
  ///   - alternative: The side of the test.
  ///   - method: How to find the p-value; nil is exact up to 10,000 values on either side. The work
  ///     of the exact one grows like n m times the statistic.
  public init(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided,
    method: Method? = nil
  ) {
    let (n, m) = (first.count, second.count)
    precondition(n > 0 && m > 0, "Kolmogorov-Smirnov test of \(n) against \(m) values")
    let gaps = DistributionGaps(first.sortedAscending(), second.sortedAscending())
    let chosen = method ?? (max(n, m) <= 10_000 ? .exact : .asymptotic)
    let isPositive =
      alternative == .greater || (alternative == .twoSided && gaps.positive >= gaps.negative)
    let gap = isPositive ? gaps.positive : gaps.negative
    let pairs = Double(n) * Double(m)
    self.method = chosen
    self.alternative = alternative
    (firstCount, secondCount) = (n, m)
    positiveDistance = Double(gaps.positive) / pairs
    negativeDistance = Double(gaps.negative) / pairs
    statistic = Double(gap) / pairs
    location = isPositive ? gaps.positivePlace : gaps.negativePlace
    switch (chosen, alternative) {
    case (.exact, .twoSided):
      pValue = LatticePaths(n: n, m: m, gap: gap).shareLeavingEitherSide
    case (.exact, .greater):
      pValue = LatticePaths(n: n, m: m, gap: gap).shareLeavingAbove
    case (.exact, .less):
      pValue = LatticePaths(n: m, m: n, gap: gap).shareLeavingAbove
    case (.asymptotic, .twoSided):
      let effective = (pairs / Double(n + m)).rounded(.toNearestOrEven)
      // One value against one: the only distances are 0 and 1, and the second is certain.
      pValue =
        effective < 1 ? 1 : KolmogorovDistribution(count: Int(effective)).upperTail(statistic)
    case (.asymptotic, _):
      pValue = Self.hodgesTail(statistic, larger: Double(max(n, m)), smaller: Double(min(n, m)))
    }
  }

  /// exp(-2 z² - ⅔ z (m + 2 n) / √(m n (m + n))) with z = d √(m n / (m + n)), m ≥ n.
  private static func hodgesTail(_ d: Double, larger m: Double, smaller n: Double) -> Double {
    let z = (m * n / (m + n)).squareRoot() * d
    let correction = 2 * z * (m + 2 * n) / (m * n * (m + n)).squareRoot() / 3
    return exp(-2 * z * z - correction)
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

/// The largest distances between two empirical distribution functions, times n m: whole numbers.
private struct DistributionGaps {
  private(set) var positive = 0
  private(set) var negative = 0
  private(set) var positivePlace: Double
  private(set) var negativePlace: Double

  /// Walks once through two sorted samples.
  init(_ first: [Double], _ second: [Double]) {
    positivePlace = min(first[0], second[0])
    negativePlace = positivePlace
    let (n, m) = (first.count, second.count)
    var (i, j) = (0, 0)
    while i < n && j < m {
      let value = min(first[i], second[j])
      while i < n && first[i] <= value { i += 1 }
      while j < m && second[j] <= value { j += 1 }
      let gap = i * m - j * n
      if gap > positive { (positive, positivePlace) = (gap, value) }
      if -gap > negative { (negative, negativePlace) = (-gap, value) }
    }
  }
}
