import Features
import SeededRandom

/// The places in the plane from which the descent begins.
enum InitialPlaces {
  /// The standard deviation of the first coordinate.
  private static let spread = 1e-4
  /// The share of it that noise adds, so that duplicates come apart.
  private static let jitter = 1e-2

  /// Returns the places; they depend on the points, the way and the seed.
  static func make(
    _ points: FeatureMatrix, by way: TSNE.Initialization, seed: UInt64
  ) -> Scratch<SIMD2<Float>> {
    let result = Scratch(repeating: SIMD2<Float>.zero, count: points.rows)
    var generator = SeedStream(root: seed, purpose: "t-SNE places").generator()
    func noise() -> SIMD2<Double> { SIMD2(generator.normal(), generator.normal()) }
    switch way {
    case .random:
      for row in 0..<points.rows { result[row] = SIMD2<Float>(spread * noise()) }
    case .principalComponents:
      let count = min(2, points.columns)
      let scores = PrincipalComponents(of: points, count: count, seed: seed).project(points)
      let scale = spread / max(deviation(scores), .leastNormalMagnitude)
      for row in 0..<points.rows {
        let place = SIMD2(Double(scores[row, 0]), count > 1 ? Double(scores[row, 1]) : 0)
        result[row] = SIMD2<Float>(scale * place + jitter * spread * noise())
      }
    }
    return result
  }

  /// The standard deviation of the first column, whose mean is 0 but for rounding.
  private static func deviation(_ scores: FeatureMatrix) -> Double {
    var sum = 0.0
    var squares = 0.0
    for row in 0..<scores.rows {
      let value = Double(scores[row, 0])
      sum += value
      squares += value * value
    }
    let mean = sum / Double(scores.rows)
    return max(squares / Double(scores.rows) - mean * mean, 0).squareRoot()
  }
}
