import Foundation

extension TSNE {
  /// Up to so many points the divergence's normalisation is the sum over all pairs.
  public static let exactDivergenceLimit = 100_000

  /// The Kullback-Leibler divergence Σ p_ij ln(p_ij / q_ij), in nats, with q_ij = (1 + |y_i − y_j|²)⁻¹ / Z.
  ///
  /// It equals Σ p_ij ln p_ij + Σ p_ij ln(1 + |y_i − y_j|²) + ln Z · Σ p_ij.
  static func divergence(
    _ edges: EdgeForces, at points: Scratch<SIMD2<Float>>, normalization: Double
  ) -> Double {
    let affinities = edges.affinities
    return affinities.negativeEntropy + edges.logarithmicSpread(at: points)
      + affinities.sum * log(normalization)
  }
}
