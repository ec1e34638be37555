import Foundation

/// One component of a mixture of beta distributions: weight times xᵅ⁻¹ (1 - x)ᵝ⁻¹ / B(α, β).
public struct BetaComponent: Codable, Hashable, Sendable {
  /// The share of the mixture, in 0...1.
  public var weight: Double
  /// α, positive.
  public var alpha: Double
  /// β, positive.
  public var beta: Double

  /// The largest α + β of a fit, so that no component shrinks to a point.
  static let largestConcentration = 1e6

  /// Creates a component.
  public init(weight: Double, alpha: Double, beta: Double) {
    self.weight = weight
    self.alpha = alpha
    self.beta = beta
  }

  /// The mean, α / (α + β).
  public var mean: Double { alpha / (alpha + beta) }

  /// The variance, α β / ((α + β)² (α + β + 1)).
  public var variance: Double {
    let sum = alpha + beta
    return alpha * beta / (sum * sum * (sum + 1))
  }

  /// log of weight / B(α, β).
  var logScale: Double {
    log(weight) + logGamma(alpha + beta) - logGamma(alpha) - logGamma(beta)
  }

  /// The logarithm of weight times density, from log x and log(1 - x).
  func logJoint(logX: Double, logComplement: Double) -> Double {
    logScale + (alpha - 1) * logX + (beta - 1) * logComplement
  }

  /// The component with a given mean and variance, as near as there is one.
  ///
  /// α + β = m (1 - m) / v - 1, kept positive and below the largest concentration.
  static func moments(weight: Double, mean: Double, variance: Double) -> BetaComponent {
    let ratio = variance > 0 ? mean * (1 - mean) / variance - 1 : .infinity
    let sum = min(max(ratio, 1e-3), largestConcentration)
    return BetaComponent(weight: weight, alpha: mean * sum, beta: (1 - mean) * sum)
  }

  /// The most likely component for values whose logarithms have the given means.
  ///
  /// Newton's method for ψ(α) - ψ(α + β) = E log x and ψ(β) - ψ(α + β) = E log(1 - x); the likelihood
  /// is concave in both, and steps are halved until it grows.
  ///
  /// - Parameters:
  ///   - weight: The weight of the component.
  ///   - meanLog: E log x.
  ///   - meanLogComplement: E log(1 - x).
  /// - Returns: The component; this one's parameters are where the search begins.
  func mostLikely(weight: Double, meanLog: Double, meanLogComplement: Double) -> BetaComponent {
    func logLikelihood(_ a: Double, _ b: Double) -> Double {
      logGamma(a + b) - logGamma(a) - logGamma(b) + (a - 1) * meanLog + (b - 1) * meanLogComplement
    }
    var (a, b) = (alpha, beta)
    var best = logLikelihood(a, b)
    for _ in 0..<100 {
      let common = Digamma.value(a + b)
      let slopeA = meanLog - Digamma.value(a) + common
      let slopeB = meanLogComplement - Digamma.value(b) + common
      let curveBoth = Digamma.derivative(a + b)
      let (curveA, curveB) = (Digamma.derivative(a) - curveBoth, Digamma.derivative(b) - curveBoth)
      let determinant = curveA * curveB - curveBoth * curveBoth
      guard determinant > 0 else { break }
      let stepA = (slopeA * curveB + slopeB * curveBoth) / determinant
      let stepB = (slopeB * curveA + slopeA * curveBoth) / determinant
      var scale = 1.0
      var next: (Double, Double, Double)?
      while scale > 1e-6 {
        let (tryA, tryB) = (a + scale * stepA, b + scale * stepB)
        if tryA > 0, tryB > 0 {
          let value = logLikelihood(tryA, tryB)
          if value >= best {
            next = (tryA, tryB, value)
            break
          }
        }
        scale /= 2
      }
      guard let (nextA, nextB, value) = next else { break }
      let isSettled =
        (nextA - a).magnitude <= 1e-12 * a && (nextB - b).magnitude <= 1e-12 * b
      (a, b, best) = (nextA, nextB, value)
      if isSettled || a + b >= Self.largestConcentration { break }
    }
    let excess = max(1, (a + b) / Self.largestConcentration)
    return BetaComponent(weight: weight, alpha: a / excess, beta: b / excess)
  }
}
