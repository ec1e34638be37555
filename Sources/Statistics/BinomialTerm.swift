import Foundation

/// Terms of binomial sums, without the loss of digits that differences of large logarithms bring.
///
/// C. Loader's saddle-point form, "Fast and accurate computation of binomial probabilities", 2000:
/// C(a + b, a) xᵃ yᵇ = √((a + b) / (2π a b)) exp(δ(a + b) - δ(a) - δ(b) - D(a, A) - D(b, B)) with
/// A = (a + b) x, B = (a + b) y, δ Stirling's remainder and D the deviance.
enum BinomialTerm {
  /// Returns C(a + b, a) xᵃ yᵇ.
  ///
  /// - Parameters:
  ///   - a: The first count, positive, not necessarily whole.
  ///   - b: The second count, positive.
  ///   - excessA: (a + b) x - a, given apart so that it keeps its digits.
  ///   - excessB: (a + b) y - b.
  /// - Returns: The term, with a relative error of a few units in the last place times
  ///   its logarithm.
  static func value(a: Double, b: Double, excessA: Double, excessB: Double) -> Double {
    let exponent =
      stirlingRemainder(a + b) - stirlingRemainder(a) - stirlingRemainder(b)
      - deviance(a, excess: excessA) - deviance(b, excess: excessB)
    return ((a + b) / (2 * Double.pi * a * b)).squareRoot() * exp(exponent)
  }

  /// Returns log Γ(z + 1) - (z + ½) log z + z - ½ log 2π, for z > 0.
  static func stirlingRemainder(_ z: Double) -> Double {
    if z < 16 {
      return lgamma(z + 1) - (z + 0.5) * log(z) + z - 0.5 * log(2 * Double.pi)
    }
    let inverse = 1 / z
    let square = inverse * inverse
    // B₂ᵢ / (2i (2i - 1)), by Horner's rule.
    let low = 1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188))
    let series = 1.0 / 12 - square * (1.0 / 360 - square * low)
    return inverse * series
  }

  /// Returns a log(a / A) + A - a for A = a + excess.
  private static func deviance(_ a: Double, excess: Double) -> Double {
    a * excessOverLogarithm(excess / a)
  }

  /// Returns d - log(1 + d), accurate for small d too.
  private static func excessOverLogarithm(_ d: Double) -> Double {
    if d <= -1 { return .infinity }
    if d.magnitude > 0.2 { return d - log1p(d) }
    // With v = d / (2 + d): log(1 + d) = 2 (v + v³/3 + v⁵/5 + …) and d - 2 v = 2 v² / (1 - v).
    let v = d / (2 + d)
    let square = v * v
    var (power, sum, divisor) = (v * square, 0.0, 3.0)
    while true {
      let next = sum + power / divisor
      if next == sum { break }
      sum = next
      power *= square
      divisor += 2
    }
    return 2 * (square / (1 - v) - sum)
  }
}
