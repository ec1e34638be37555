import Features

/// Points in the plane that stand for points of many dimensions.
public struct Embedding: Sendable {
  /// One row a point, two columns, in the order of the input; each column has mean 0.
  public let coordinates: FeatureMatrix
  /// The Kullback-Leibler divergence of the embedding's similarities from the input's, in nats.
  ///
  /// KL = Σ p_ij ln(p_ij / q_ij) over the pairs with p_ij > 0, without exaggeration, where
  /// q_ij = (1 + |y_i − y_j|²)⁻¹ / Z. Up to ``TSNE/exactDivergenceLimit`` points Z is the sum over all
  /// pairs, whatever method made the embedding; beyond, it comes from the interpolation.
  public let klDivergence: Double
  /// The iterations that were done, fewer than configured if the caller stopped them.
  public let iterations: Int
  /// The method that computed the gradient; never ``TSNE/Method/auto``.
  public let method: TSNE.Method
  /// The configuration as it was given.
  public let configuration: TSNE.Configuration
}

/// How far an embedding has come.
public struct EmbeddingProgress: Hashable, Sendable {
  /// The iterations done so far.
  public let iteration: Int
  /// The iterations configured.
  public let total: Int
  /// Whether the similarities are still exaggerated.
  public let isExaggerating: Bool
  /// The divergence as the gradient's method sees it, in nats, without the exaggeration.
  public let klDivergence: Double
}
