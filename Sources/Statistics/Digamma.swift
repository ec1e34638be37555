import Foundation

/// Derivatives of the logarithm of the gamma function.
public enum Digamma {
  /// Returns ψ(x) = d log Γ(x) / dx, for x > 0.
  ///
  /// By ψ(x) = ψ(x + 1) - 1 / x up to 10, and log x - 1 / 2x - Σ B₂ᵢ / (2i x²ⁱ) from there.
  public static func value(_ x: Double) -> Double {
    var (argument, sum) = (x, 0.0)
    while argument < 10 {
      sum -= 1 / argument
      argument += 1
    }
    let square = 1 / (argument * argument)
    var series = 0.0
    for index in bernoulli.indices.reversed() {
      series = (series + bernoulli[index] / Double(2 * index + 2)) * square
    }
    return sum + log(argument) - 0.5 / argument - series
  }

  /// Returns ψ′(x), for x > 0.
  ///
  /// By ψ′(x) = ψ′(x + 1) + 1 / x² up to 10, and 1 / x + 1 / 2x² + Σ B₂ᵢ / x²ⁱ⁺¹ from there.
  static func derivative(_ x: Double) -> Double {
    var (argument, sum) = (x, 0.0)
    while argument < 10 {
      sum += 1 / (argument * argument)
      argument += 1
    }
    let square = 1 / (argument * argument)
    let series = bernoulli.reversed().reduce(0.0) { ($0 + $1) * square }
    return sum + (1 + 0.5 / argument + series) / argument
  }

  /// Bernoulli's numbers B₂, B₄, … B₁₄.
  private static let bernoulli: [Double] = {
    let numerators: [Double] = [1, -1, 1, -1, 5, -691, 7]
    let denominators: [Double] = [6, 30, 42, 30, 66, 2730, 6]
    return zip(numerators, denominators).map { $0 / $1 }
  }()
}
