import Features
import TestSupport
import Testing

/// The nearest points by all distances in double precision.
private struct BruteForce {
  let orders: [[(square: Double, index: Int32)]]

  init(_ queries: FeatureMatrix, _ points: FeatureMatrix, excludingSelf: Bool) {
    orders = (0..<queries.rows).map { query in
      let row = queries.row(query).map(Double.init)
      return (0..<points.rows).filter { !excludingSelf || $0 != query }
        .map { point in
          var sum = 0.0
          for (left, right) in zip(row, points.row(point)) {
            sum += (left - Double(right)) * (left - Double(right))
          }
          return (sum, Int32(point))
        }
        .sorted { ($0.square, $0.index) < ($1.square, $1.index) }
    }
  }

  /// Whether a search found the same, without a page of numbers where it did not.
  func equals(_ found: Neighbors) -> Bool { found == neighbors(found.count) }

  private func neighbors(_ k: Int) -> Neighbors {
    Neighbors(
      count: k, indices: orders.flatMap { $0.prefix(k).map(\.index) },
      distances: orders.flatMap { $0.prefix(k).map { Float($0.square.squareRoot()) } })
  }
}

@Test func neighborsByHand() {
  let points = FeatureMatrix(rows: 4, columns: 1, values: [0, 1, 3, 7])
  let found = exactNeighbors(of: points, in: points, k: 2, excludingSelf: true, threads: 1)
  #expect(found.indices == [1, 2, 0, 2, 1, 0, 2, 1])
  #expect(found.distances == [1, 3, 1, 2, 2, 3, 4, 6])
  #expect(found.queries == 4)
}

@Test(arguments: [(40, 1), (150, 2), (333, 7), (1100, 33)])
func neighborsEqualBruteForce(rows: Int, columns: Int) {
  let points = SampleFeatures.normal(rows, columns, seed: UInt64(rows))
  let expected = BruteForce(points, points, excludingSelf: true)
  for k in [1, 3, 17] {
    for threads in [1, 2] {
      let found = exactNeighbors(
        of: points, in: points, k: k, excludingSelf: true, threads: threads)
      #expect(expected.equals(found), "k = \(k)")
    }
  }
}

@Test(arguments: [(60, 1, 3), (700, 2, 6), (2100, 3, 4)])
func tiesGoByRowNumber(rows: Int, columns: Int, levels: Int) {
  let points = SampleFeatures.tied(rows, columns, levels: levels, seed: 5)
  let expected = BruteForce(points, points, excludingSelf: true)
  for k in [1, 5, 40] {
    let found = exactNeighbors(of: points, in: points, k: k, excludingSelf: true, threads: 2)
    #expect(expected.equals(found), "k = \(k)")
  }
}

@Test func otherQueriesEqualBruteForce() {
  let points = SampleFeatures.normal(1300, 6, seed: 1)
  let queries = SampleFeatures.normal(70, 6, seed: 2)
  let expected = BruteForce(queries, points, excludingSelf: false)
  let found = exactNeighbors(of: queries, in: points, k: 9, excludingSelf: false, threads: 2)
  #expect(expected.equals(found))
  // A copy in other memory takes the way of two matrices.
  let copy = FeatureMatrix(rows: 1300, columns: 6, values: points.values.map { $0 })
  let other = exactNeighbors(of: copy, in: points, k: 4, excludingSelf: true, threads: 2)
  #expect(other == exactNeighbors(of: points, in: points, k: 4, excludingSelf: true, threads: 1))
  let itself = exactNeighbors(of: points, in: points, k: 1, excludingSelf: false, threads: 1)
  #expect(itself.indices == (0..<1300).map { Int32($0) })
}

@Test func pointsFarFromZeroAndOfAnyScaleKeepTheirOrder() {
  for (scale, centre) in [(1.0, 10_000.0), (1e-3, 50.0), (1e12, 0.0), (1e-20, 0.0)] {
    let points = SampleFeatures.normal(500, 16, seed: 3, scale: scale, centre: centre)
    let expected = BruteForce(points, points, excludingSelf: true)
    let found = exactNeighbors(of: points, in: points, k: 6, excludingSelf: true, threads: 2)
    #expect(expected.equals(found), "scale \(scale) about \(centre)")
  }
}

@Test func oneFarPointAmongEqualOnes() {
  var values = [Float](repeating: 2, count: 200)
  values[199] = 1e6
  let points = FeatureMatrix(rows: 100, columns: 2, values: values)
  let found = exactNeighbors(of: points, in: points, k: 99, excludingSelf: true, threads: 2)
  #expect(BruteForce(points, points, excludingSelf: true).equals(found))
}
