import Features
import SeededRandom
import TestSupport

@testable import NeighborEmbedding

/// What `Tests/Fixtures/scripts/embedding.py` computed with NumPy and scikit-learn.
struct Reference: Decodable {
  let perplexity: Double
  let neighbors: Int
  let points: [[Float]]
  let indices: [Int32]
  let sparse: [Double]
  let library_sparse: [Double]
  let full: [Double]
  let library_full: [Double]
  let embedding: [[Float]]
  let normalization: Double
  let repulsion: [[Double]]
  let attraction: [[Double]]
  let divergence: Double
  let library_full_divergence: Double
  let library_full_gradient: [[Double]]

  static func load() throws -> Reference { try Fixture.json("embedding/tsne.json") }

  var matrix: FeatureMatrix { FeatureMatrix(points) }

  var places: Scratch<SIMD2<Float>> {
    let places = Scratch(repeating: SIMD2<Float>.zero, count: embedding.count)
    for (index, row) in embedding.enumerated() { places[index] = SIMD2(row[0], row[1]) }
    return places
  }

  func configuration(_ method: TSNE.Method) -> TSNE.Configuration {
    TSNE.Configuration(perplexity: perplexity, method: method, threads: 2)
  }

  func affinities(_ method: TSNE.Method) -> SparseAffinities {
    TSNE.affinities(matrix, configuration(method), method: method, work: ChunkedWork(threads: 2))
  }
}

extension FeatureMatrix {
  init(_ rows: [[Float]]) {
    self.init(rows: rows.count, columns: rows.first?.count ?? 0, values: rows.flatMap { $0 })
  }

  /// Normal clusters, one after the other, whose means are `distance` apart.
  static func clusters(
    _ count: Int, size: Int, columns: Int = 5, distance: Float, seed: UInt64 = 1
  ) -> FeatureMatrix {
    var generator = SeedStream(root: seed, purpose: "clusters").generator()
    var values: [Float] = []
    for cluster in 0..<count {
      for _ in 0..<size {
        for column in 0..<columns {
          let center = column == cluster % columns ? distance : 0
          values.append(center + Float(generator.normal()))
        }
      }
    }
    return FeatureMatrix(rows: count * size, columns: columns, values: values)
  }
}

/// Places in the plane, normal in two clumps.
func scattered(_ count: Int, spread: Float, seed: UInt64 = 1) -> Scratch<SIMD2<Float>> {
  var generator = SeedStream(root: seed, purpose: "places").generator()
  let places = Scratch(repeating: SIMD2<Float>.zero, count: count)
  for index in 0..<count {
    let place = SIMD2(Float(generator.normal()), Float(generator.normal()))
    places[index] = spread * (index % 3 == 0 ? place / 4 + 2 : place)
  }
  return places
}

extension SparseAffinities {
  /// All p_ij with i < j, row after row.
  var pairs: [Double] {
    var matrix = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for place in starts[row]..<starts[row + 1] {
        matrix[row * count + Int(columns[place])] += Double(values[place])
      }
    }
    return (0..<count).flatMap { row in
      (row + 1..<count).map { matrix[row * count + $0] }
    }
  }
}
