import Features
import SeededRandom
import TestSupport

/// Reference values made by Tests/Fixtures/scripts/features.py with scikit-learn, SciPy and NumPy.
struct FeaturesFixture: Decodable {
  struct Matrix: Decodable {
    let rows, columns: Int
    let values: [Float]
    var matrix: FeatureMatrix { FeatureMatrix(rows: rows, columns: columns, values: values) }
  }
  struct Ross: Decodable {
    let x: Matrix
    let y: [Int]
    let k: Int
    let columns: [Double]
    let joint: Double
  }
  struct Mixture: Decodable {
    let means, deviations, weights: [Double]
    let nats: Double
  }
  struct Probe: Decodable {
    let x: Matrix
    let y, folds: [Int]
    let penalty, nats, standardError: Double
    let losses: [Double]
  }
  struct PlugIn: Decodable {
    let groups, y: [Int]
    let clusters: Int
    let nats: Double
  }
  struct Components: Decodable {
    let x: Matrix
    let variance, ratio, components, projected: [Double]
  }
  struct Silhouettes: Decodable {
    struct Purity: Decodable {
      let k: Int
      let value: Double
    }
    let x: Matrix
    let y: [Int]
    let values: [Double]
    let purities: [Purity]
  }
  struct Digamma: Decodable { let x, value: Double }

  let ross: [Ross]
  let mixtures: [Mixture]
  let probe: Probe
  let plugIn: [PlugIn]
  let components: [Components]
  let silhouette: Silhouettes
  let digamma: [Digamma]

  /// Reads the fixture.
  static func load() throws -> FeaturesFixture {
    try Fixture.json("features/features.json")
  }
}

/// Features made for tests.
enum SampleFeatures {
  /// Normal numbers, times `scale`, about `centre`.
  static func normal(
    _ rows: Int, _ columns: Int, seed: UInt64, scale: Double = 1, centre: Double = 0
  ) -> FeatureMatrix {
    var generator = SeedStream(root: seed, purpose: "test").generator()
    return FeatureMatrix(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { _ in Float(centre + scale * generator.normal()) })
  }

  /// Normal clouds about random centres, and the cloud of each row.
  static func clouds(
    _ rows: Int, _ columns: Int, classes: Int, spread: Double = 3, seed: UInt64
  ) -> (features: FeatureMatrix, labels: [Int]) {
    let centres = normal(classes, columns, seed: seed &+ 1, scale: spread)
    let noise = normal(rows, columns, seed: seed)
    let labels = (0..<rows).map { $0 % classes }
    let values = (0..<rows * columns).map { place in
      noise.values[place] + centres[labels[place / columns], place % columns]
    }
    return (FeatureMatrix(rows: rows, columns: columns, values: values), labels)
  }

  /// Whole numbers of 0..<levels, so that many distances are equal.
  static func tied(_ rows: Int, _ columns: Int, levels: Int, seed: UInt64) -> FeatureMatrix {
    var generator = SeedStream(root: seed, purpose: "test").generator()
    return FeatureMatrix(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { _ in Float(generator.uniform(below: levels)) })
  }
}
