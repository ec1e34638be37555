import Foundation

extension KolmogorovDistribution {
  /// Returns P(D ≤ d) by an expansion in 1 / √n: K₀(z) + K₁(z) / √n + K₂(z) / n + K₃(z) / n^(3/2)
  /// with z = √n d.
  ///
  /// W. Pelz and I. J. Good, "Approximating the lower tail-areas of the Kolmogorov-Smirnov one-sample
  /// statistic", Journal of the Royal Statistical Society B 38(2), 1976. The sums run over all whole
  /// k; those over half-odd numbers and those over whole ones are symmetric in sign.
  func expandedDistribution(_ d: Double) -> Double {
    let n = Double(count)
    let z = n.squareRoot() * d
    let z2 = z * z
    let (z4, z6, z8) = (z2 * z2, z2 * z2 * z2, z2 * z2 * z2 * z2)
    var sums = (0.0, 0.0, 0.0, 0.0)
    // Terms fall off like exp(-p² / 2z²); beyond p = 16 z they are below the last place.
    let terms = Int((16 * z / Double.pi).rounded(.up)) + 1
    for k in stride(from: terms, through: 1, by: -1) {
      let half = Double.pi * (Double(k) - 0.5)
      let p2 = half * half
      let (p4, p6) = (p2 * p2, p2 * p2 * p2)
      let weight = exp(-p2 / (2 * z2))
      sums.0 += weight
      sums.1 += weight * (p2 - z2)
      sums.2 += weight * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * p2 + (1 - 2 * z2) * p4)
      sums.3 +=
        weight
        * ((5 - 30 * z2) * p6 + (212 * z4 - 60 * z2) * p4 + (135 * z4 - 96 * z6) * p2 - 30 * z6
          - 90 * z8)
    }
    var whole = (0.0, 0.0)
    for k in stride(from: terms, through: 1, by: -1) {
      let p = Double.pi * Double(k)
      let weight = p * p * exp(-p * p / (2 * z2))
      whole.0 += weight
      whole.1 += weight * (3 * z2 - p * p)
    }
    // Each sum stands for both signs of k; with √(π/2) before the sums that is √(2π).
    let scale = (2 * Double.pi).squareRoot()
    let k0 = scale / z * sums.0
    let k1 = scale / (6 * z4) * sums.1
    let k2 = scale * (sums.2 / (72 * z6 * z) - whole.0 / (36 * z2 * z))
    let k3 = scale * (sums.3 / (6480 * z8 * z2) + whole.1 / (216 * z6))
    return k0 + k1 / n.squareRoot() + k2 / n + k3 / (n * n.squareRoot())
  }
}
