import Statistics

/// How the similarity threshold of EchoSelect is found.
public enum EchoThreshold: Codable, Hashable, Sendable {
  /// A fixed similarity; the paper's 0.4 and 0.52 belong to its own extractor.
  case fixed(Double)
  /// The quantile that keeps the share 1 − r of the samples, for a known noise rate r.
  case noiseRate
  /// The similarity at which the two components of a Gaussian mixture are equally likely; needs no label.
  case mixture

  /// The threshold on similarities.
  ///
  /// - Parameters:
  ///   - similarities: The similarity of each sample.
  ///   - noiseRate: The nominal noise rate, used by ``noiseRate`` alone.
  /// - Returns: The τ below which samples are dropped.
  public func value(for similarities: [Double], noiseRate: Double) -> Double {
    switch self {
    case .fixed(let value):
      return value
    case .noiseRate:
      let sorted = similarities.sorted()
      guard let smallest = sorted.first else { return 0 }
      let dropped = min(Int((noiseRate * Double(sorted.count)).rounded()), sorted.count - 1)
      // Between two similarities, so that S >= τ and S > τ keep the same samples.
      return dropped > 0 ? (sorted[dropped - 1] + sorted[dropped]) / 2 : smallest.nextDown
    case .mixture:
      let fit = GaussianMixture(fitting: similarities)
      // One lump has no boundary: everything is kept.
      return fit?.boundary ?? (similarities.min() ?? 0).nextDown
    }
  }
}
