import Foundation

/// The regularised incomplete beta function.
enum IncompleteBeta {
  /// Returns I_x(a, b), the probability that a beta variable with parameters a and b is below x.
  ///
  /// By its continued fraction, evaluated as in W. J. Lentz, Applied Optics 15(3), 1976, on the
  /// side where it converges fast.
  ///
  /// - Parameters:
  ///   - x: The argument, in 0...1.
  ///   - complement: 1 - x, given apart so that it keeps its digits when x is near one.
  ///   - a: The first parameter, positive.
  ///   - b: The second parameter, positive.
  /// - Returns: A probability, correct to about 12 digits.
  static func regularised(x: Double, complement: Double, a: Double, b: Double) -> Double {
    if x <= 0 { return 0 }
    if complement <= 0 { return 1 }
    let front = front(x, complement, a, b)
    if x < (a + 1) / (a + b + 2) { return front * fraction(x, a, b) / a }
    return 1 - front * fraction(complement, b, a) / b
  }

  /// xᵃ (1 - x)ᵇ / B(a, b).
  private static func front(_ x: Double, _ complement: Double, _ a: Double, _ b: Double) -> Double {
    if a + b > 500 {
      // Logarithms of large gamma functions would cancel to few digits.
      let excess = b * x - a * complement
      return BinomialTerm.value(a: a, b: b, excessA: excess, excessB: -excess) * a * b / (a + b)
    }
    let logX = x < 0.5 ? log(x) : log1p(-complement)
    let logComplement = complement < 0.5 ? log(complement) : log1p(-x)
    return exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * logX + b * logComplement)
  }

  /// The continued fraction of I_x(a, b) without its front factor.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func guarded(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      result *= d * c
      if (d * c - 1).magnitude < 1e-16 { break }
    }
    return result
  }
}

/// The logarithm of the gamma function of a positive number.
func logGamma(_ x: Double) -> Double {
  lgamma(x)
}
