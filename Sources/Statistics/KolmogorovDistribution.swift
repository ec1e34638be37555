import Foundation

/// The distribution of the two-sided statistic of Kolmogorov for one sample of n values.
///
/// D = sup |Fₙ - F| over a continuous F. The method follows R. Simard and P. L'Ecuyer, "Computing the
/// two-sided Kolmogorov-Smirnov distribution", Journal of Statistical Software 39(11), 2011, which
/// says where each formula is good: closed forms at both ends, Durbin's matrix for few values or
/// small distances, the expansion of Pelz and Good between, and twice the one-sided tail where both
/// sides at once are improbable.
public struct KolmogorovDistribution: Hashable, Sendable {
  /// The number of values, positive.
  public let count: Int

  /// Creates the distribution.
  public init(count: Int) {
    precondition(count > 0, "Kolmogorov's distribution for \(count) values")
    self.count = count
  }

  /// Returns P(D ≥ d).
  ///
  /// Exact to about 12 digits for up to 140 values; above, the expansion is good to 5 digits or more,
  /// and twice the one-sided tail to 6 or more. Tails below 10⁻³²⁰ are 0.
  public func upperTail(_ d: Double) -> Double {
    precondition(!d.isNaN, "Kolmogorov's distribution at NaN")
    let n = Double(count)
    let scaled = n * d
    let square = scaled * d
    if d >= 1 { return 0 }
    if scaled <= 0.5 { return 1 }
    if scaled <= 1 { return 1 - closedLowerEnd(scaled) }
    if scaled >= n - 1 { return 2 * pow(1 - d, n) }
    if d >= 0.5 { return 2 * oneSidedUpperTail(d) }
    if count <= 140 {
      return square <= 4 ? unitClamped(1 - matrixDistribution(d)) : 2 * oneSidedUpperTail(d)
    }
    if square >= 370 { return 0 }
    if square >= 2.2 { return 2 * oneSidedUpperTail(d) }
    let isSmall = count <= 100_000 && n * d * d.squareRoot() <= 1.4
    return unitClamped(1 - (isSmall ? matrixDistribution(d) : expandedDistribution(d)))
  }

  /// P(D ≤ d) = n! (2 d - 1 / n)ⁿ for 1 / 2n ≤ d ≤ 1 / n, in terms of n d.
  private func closedLowerEnd(_ scaled: Double) -> Double {
    let n = Double(count)
    // n! / nⁿ = √(2π n) exp(δ(n) - n).
    let exponent = BinomialTerm.stirlingRemainder(n) - n + n * log(2 * scaled - 1)
    return (2 * Double.pi * n).squareRoot() * exp(exponent)
  }

  /// Returns P(D⁺ ≥ d), the tail of the one-sided statistic sup (Fₙ - F).
  ///
  /// N. Smirnov's sum Σ C(n, v) d (d + v/n)^(v-1) (1 - d - v/n)^(n-v) over v ≤ n (1 - d); all terms
  /// are positive, so small tails keep their digits.
  public func oneSidedUpperTail(_ d: Double) -> Double {
    if d <= 0 { return 1 }
    if d >= 1 { return 0 }
    let n = Double(count)
    let scaled = n * d
    var sum = exp(n * log1p(-d))
    let last = min(Int(n - scaled), count - 1)
    guard last >= 1 else { return sum }
    func term(_ v: Int) -> Double {
      let a = Double(v)
      return scaled / (scaled + a)
        * BinomialTerm.value(a: a, b: n - a, excessA: scaled, excessB: -scaled)
    }
    // Outwards from the middle of the heap, until what follows cannot be seen in the sum.
    let middle = (last + 1) / 2
    for v in middle...last {
      let next = term(v)
      sum += next
      if next < 1e-22 * sum { break }
    }
    for v in stride(from: middle - 1, through: 1, by: -1) {
      let next = term(v)
      sum += next
      if next < 1e-22 * sum { break }
    }
    return min(1, sum)
  }

  private func unitClamped(_ value: Double) -> Double { min(1, max(0, value)) }
}
