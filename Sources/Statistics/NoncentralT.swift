import Foundation

/// The noncentral t distribution, that of (Z + δ) / √(V / ν) with Z normal and V chi-square.
///
/// It gives the power of t tests.
public struct NoncentralT: Hashable, Sendable {
  /// The degrees of freedom ν, positive.
  public let degreesOfFreedom: Double
  /// The noncentrality δ.
  public let noncentrality: Double

  /// Creates the distribution.
  public init(degreesOfFreedom: Double, noncentrality: Double) {
    precondition(degreesOfFreedom > 0, "noncentral t with \(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
    self.noncentrality = noncentrality
  }

  /// Returns P(T ≤ t).
  ///
  /// The series of R. V. Lenth, "Algorithm AS 243", Applied Statistics 38(1), 1989: for t ≥ 0,
  /// Φ(-δ) + ½ Σⱼ [pⱼ I_x(j + ½, ν/2) + qⱼ I_x(j + 1, ν/2)] with x = t² / (ν + t²), λ = δ²/2,
  /// pⱼ = e^-λ λʲ / j! and qⱼ = δ e^-λ λʲ / (√2 Γ(j + 3/2)).
  public func cdf(_ t: Double) -> Double {
    if t < 0 {
      return 1
        - NoncentralT(degreesOfFreedom: degreesOfFreedom, noncentrality: -noncentrality).cdf(-t)
    }
    let base = 0.5 * erfc(noncentrality / 2.0.squareRoot())
    if t == 0 { return base }
    let sum = degreesOfFreedom + t * t
    let (x, complement) = (t * t / sum, degreesOfFreedom / sum)
    let lambda = 0.5 * noncentrality * noncentrality
    let half = degreesOfFreedom / 2
    var total = 0.0
    var weight = 0.0
    var j = 0.0
    // Once the Poisson weights sum to one, what is left is below the last place.
    while j < lambda + 40 * (lambda + 1).squareRoot() + 40, 1 - weight > 1e-16 {
      let power = lambda > 0 ? j * log(lambda) - lambda : (j == 0 ? 0 : -Double.infinity)
      let p = exp(power - logGamma(j + 1))
      let q = noncentrality / 2.0.squareRoot() * exp(power - logGamma(j + 1.5))
      total += p * IncompleteBeta.regularised(x: x, complement: complement, a: j + 0.5, b: half)
      total += q * IncompleteBeta.regularised(x: x, complement: complement, a: j + 1, b: half)
      weight += p
      j += 1
    }
    return min(1, max(0, base + 0.5 * total))
  }
}
