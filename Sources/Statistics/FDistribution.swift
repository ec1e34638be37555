/// Fisher's F distribution, that of a ratio of two mean squares.
public struct FDistribution: Hashable, Sendable {
  /// The degrees of freedom of the numerator, positive.
  public let numerator: Double
  /// The degrees of freedom of the denominator, positive.
  public let denominator: Double

  /// Creates the distribution.
  public init(numerator: Double, denominator: Double) {
    precondition(
      numerator > 0 && denominator > 0,
      "F with \(numerator) and \(denominator) degrees of freedom")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Returns P(F > f), with full relative precision however small it is.
  ///
  /// I_x(d₂/2, d₁/2) with x = d₂ / (d₂ + d₁ f).
  public func upperTail(_ f: Double) -> Double {
    if f <= 0 { return 1 }
    if f == .infinity { return 0 }
    let sum = denominator + numerator * f
    return IncompleteBeta.regularised(
      x: denominator / sum, complement: numerator * f / sum, a: denominator / 2, b: numerator / 2)
  }
}
