import Foundation

/// The digamma function of a positive number, to about 15 digits.
///
/// ψ(x) = ψ(x + 1) - 1/x carries the argument to 10 or more, where the asymptotic series
/// ln x - 1/2x - Σ B₂ₖ / (2k x²ᵏ) has terms enough.
func digamma(_ x: Double) -> Double {
  precondition(x > 0, "digamma(\(x)): the argument must be positive")
  var x = x
  var shift = 0.0
  while x < 10 {
    shift += 1 / x
    x += 1
  }
  let inverse = 1 / (x * x)
  var series = 0.0
  for divisor in seriesDivisors.reversed() { series = (series + 1 / divisor) * inverse }
  return log(x) - 0.5 / x - series - shift
}

/// 2k / B₂ₖ for k = 1...7.
private let seriesDivisors: [Double] = [12, -120, 252, -240, 132, -32760.0 / 691, 12]

/// Digamma at the whole numbers 1...n.
struct DigammaTable {
  private let values: [Double]

  init(upTo n: Int) {
    values = (1...max(n, 1)).map { digamma(Double($0)) }
  }

  subscript(_ n: Int) -> Double { values[n - 1] }
}
