import Features
import TestSupport
import Testing

@Test func graphFindsTheNearest() throws {
  let (points, _) = SampleFeatures.clouds(1500, 24, classes: 10, seed: 3)
  let exact = exactNeighbors(of: points, in: points, k: 10, excludingSelf: true, threads: 2)
  let index = try HNSWIndex(points)
  let found = try index.neighbors(of: points, k: 10, excludingSelf: true, threads: 2)
  let hits = (0..<1500).reduce(0) { sum, query in
    let range = query * 10..<(query + 1) * 10
    return sum + Set(found.indices[range]).intersection(exact.indices[range]).count
  }
  #expect(Double(hits) / 15_000 > 0.99)
  // Where the neighbours are the same, so are the distances.
  for place in found.indices.indices where found.indices[place] == exact.indices[place] {
    #expect(found.distances[place] == exact.distances[place])
  }
}

@Test func equalSettingsGiveEqualGraphs() throws {
  let points = SampleFeatures.normal(800, 40, seed: 3)
  func search(seed: UInt64, threads: Int) throws -> Neighbors {
    let settings = HNSWIndex.Configuration(
      links: 4, constructionWidth: 10, searchWidth: 10, seed: seed)
    return try HNSWIndex(points, configuration: settings)
      .neighbors(of: points, k: 5, excludingSelf: true, threads: threads)
  }
  let first = try search(seed: 1, threads: 1)
  #expect(try search(seed: 1, threads: 2) == first)
  #expect(try search(seed: 2, threads: 1) != first)
}

@Test func anglesAndProductsByHand() throws {
  let points = FeatureMatrix(rows: 3, columns: 2, values: [10, 0, 1, 1, 0, 2])
  let query = FeatureMatrix(rows: 1, columns: 2, values: [2, 1])
  let angle = try HNSWIndex(points, metric: .cosine)
    .neighbors(of: query, k: 3, excludingSelf: false, threads: 1)
  #expect(angle.indices == [1, 0, 2])
  expectClose(angle.distances, [0.05131670, 0.10557281, 0.5527864], relative: 1e-5)
  let product = try HNSWIndex(points, metric: .innerProduct)
    .neighbors(of: query, k: 2, excludingSelf: false, threads: 1)
  #expect(product.indices == [0, 1] && product.distances == [-19, -2])
}

@Test func badGraphsAreRefused() throws {
  let points = SampleFeatures.normal(20, 3, seed: 1)
  #expect(throws: FeatureError.empty(rows: 0, columns: 3)) {
    try HNSWIndex(FeatureMatrix(rows: 0, columns: 3, values: []))
  }
  #expect(throws: FeatureError.outOfRange(name: "links", value: 1, allowed: 2...1024)) {
    try HNSWIndex(points, configuration: .init(links: 1))
  }
  let index = try HNSWIndex(points)
  #expect(throws: FeatureError.outOfRange(name: "k", value: 20, allowed: 1...19)) {
    try index.neighbors(of: points, k: 20, excludingSelf: true, threads: 1)
  }
  let broken = FeatureMatrix(rows: 1, columns: 3, values: [0, .nan, 0])
  #expect(throws: FeatureError.notFinite(row: 0, column: 1)) {
    try index.neighbors(of: broken, k: 1, excludingSelf: false, threads: 1)
  }
}
