import CHNSW

/// A hierarchical graph over points, for approximate nearest neighbours.
///
/// Points are inserted one after the other by one thread, so that equal points and settings give
/// equal graphs; searches use several threads. Neighbours are ordered by their distance in double
/// precision, of equally distant ones the lower row number first.
///
/// Source: Yu. A. Malkov and D. A. Yashunin, "Efficient and robust approximate nearest neighbor
/// search using hierarchical navigable small world graphs", IEEE TPAMI 42(4), 2020, in hnswlib.
public final class HNSWIndex {
  /// What is near.
  public enum Metric: String, Sendable, Hashable, CaseIterable {
    /// Euclidean distance.
    case euclidean
    /// One minus the cosine of the angle; a row of zeros is at distance 1 from everything.
    case cosine
    /// One minus the inner product.
    case innerProduct = "inner-product"
  }

  /// How a graph is built and searched.
  public struct Configuration: Sendable, Hashable {
    /// Links of a point on each layer but the lowest, which has twice as many; M in the paper.
    public var links: Int
    /// Candidates that an insertion follows; efConstruction in the paper.
    public var constructionWidth: Int
    /// Candidates that a search follows, at least the number of neighbours wanted; ef in the paper.
    public var searchWidth: Int
    /// The seed of the points' layers.
    public var seed: UInt64

    /// Creates a configuration.
    public init(
      links: Int = 16, constructionWidth: Int = 200, searchWidth: Int = 200, seed: UInt64 = 0
    ) {
      self.links = links
      self.constructionWidth = constructionWidth
      self.searchWidth = searchWidth
      self.seed = seed
    }
  }

  /// The points of the graph; for the cosine, at length one.
  private let points: FeatureMatrix
  private let graph: OpaquePointer
  /// How the graph was built and is searched.
  public let configuration: Configuration
  /// What is near.
  public let metric: Metric

  /// Builds the graph of some points.
  ///
  /// - Throws: ``FeatureError`` when there are no points, one is not finite, memory runs out or the
  ///   configuration is outside 2...1024 links and widths of 1 to a million.
  public init(
    _ points: FeatureMatrix, metric: Metric = .euclidean,
    configuration: Configuration = Configuration()
  ) throws {
    try points.validate()
    try Self.check("links", configuration.links, 2...1024)
    try Self.check("construction width", configuration.constructionWidth, 1...1_000_000)
    try Self.check("search width", configuration.searchWidth, 1...1_000_000)
    self.points = metric == .cosine ? points.withUnitRows() : points
    self.metric = metric
    self.configuration = configuration
    let kind = metric == .euclidean ? CHNSW_SQUARED_EUCLIDEAN : CHNSW_INNER_PRODUCT
    var built: OpaquePointer?
    let message = self.points.values.withUnsafeBufferPointer { values in
      chnsw_build(
        values.baseAddress, Int64(points.rows), Int64(points.columns), Int32(kind),
        Int64(configuration.links), Int64(configuration.constructionWidth), configuration.seed,
        &built)
    }
    if let message {
      defer { chnsw_message_free(message) }
      throw FeatureError.graph(String(cString: message))
    }
    guard let built else { throw FeatureError.graph("no graph was built") }
    graph = built
    chnsw_set_search_width(built, Int64(configuration.searchWidth))
  }

  deinit { chnsw_free(graph) }

  private static func check(_ name: String, _ value: Int, _ allowed: ClosedRange<Int>) throws {
    guard allowed.contains(value) else {
      throw FeatureError.outOfRange(name: name, value: value, allowed: allowed)
    }
  }

  /// Returns neighbours of each query that are, with high probability, the nearest.
  ///
  /// - Parameters:
  ///   - queries: The queries, with as many columns as the points.
  ///   - k: How many neighbours; at most the number of points, less one when excluding self.
  ///   - excludingSelf: Whether query i passes over point i.
  ///   - threads: How many threads to use.
  /// - Returns: The neighbours with distances by the metric of the graph.
  /// - Throws: ``FeatureError`` when k is out of range, a query is not finite, or the graph leads to
  ///   fewer than k points.
  public func neighbors(
    of queries: FeatureMatrix, k: Int, excludingSelf: Bool, threads: Int
  ) throws -> Neighbors {
    precondition(
      queries.columns == points.columns,
      "queries of \(queries.columns) columns among points of \(points.columns)")
    try queries.validate()
    let most = points.rows - (excludingSelf ? 1 : 0)
    guard k >= 1 && k <= most else {
      throw FeatureError.outOfRange(name: "k", value: k, allowed: 1...max(1, most))
    }
    let queries = metric == .cosine ? queries.withUnitRows() : queries
    let wanted = excludingSelf ? k + 1 : k
    let found = try search(queries, wanted, threads: threads)
    return try ordered(found, wanted: wanted, k: k, queries, excludingSelf, threads: threads)
  }

  /// Up to `wanted` row numbers for each query; places that stay empty hold -1.
  private func search(_ queries: FeatureMatrix, _ wanted: Int, threads: Int) throws -> [Int32] {
    let blocks = Blocks.ranges(of: queries.rows, size: 64)
    var found = [Int32](repeating: -1, count: queries.rows * wanted)
    var messages = [UnsafeMutablePointer<CChar>?](repeating: nil, count: blocks.count)
    found.withUnsafeMutableBufferPointer { found in
      messages.withUnsafeMutableBufferPointer { messages in
        queries.values.withUnsafeBufferPointer { values in
          let (found, messages, values) = (found, messages, values)
          Blocks.forEach(blocks.count, threads: threads) { block, _ in
            let range = blocks[block]
            guard let values = values.baseAddress, let found = found.baseAddress else { return }
            messages[block] = chnsw_search(
              graph, values + range.lowerBound * queries.columns, Int64(range.count),
              Int64(wanted), found + range.lowerBound * wanted)
          }
        }
      }
    }
    let failures = messages.compactMap { $0 }
    defer { for failure in failures { chnsw_message_free(failure) } }
    if let failure = failures.first { throw FeatureError.graph(String(cString: failure)) }
    return found
  }

  /// The k nearest of the points found, by exact distance.
  private func ordered(
    _ found: [Int32], wanted: Int, k: Int, _ queries: FeatureMatrix, _ excludingSelf: Bool,
    threads: Int
  ) throws -> Neighbors {
    var indices = [Int32](repeating: 0, count: queries.rows * k)
    var distances = [Float](repeating: 0, count: queries.rows * k)
    for query in 0..<queries.rows {
      let candidates = found[query * wanted..<(query + 1) * wanted]
        .filter { $0 >= 0 && !(excludingSelf && Int($0) == query) }
        .map { (distance(queries, query, Int($0)), $0) }
        .sorted { $0 < $1 }
      guard candidates.count >= k else {
        throw FeatureError.unreachable(query: query, found: candidates.count, wanted: k)
      }
      for (place, candidate) in candidates.prefix(k).enumerated() {
        indices[query * k + place] = candidate.1
        distances[query * k + place] = Float(candidate.0)
      }
    }
    return Neighbors(count: k, indices: indices, distances: distances)
  }

  private func distance(_ queries: FeatureMatrix, _ query: Int, _ point: Int) -> Double {
    queries.values.withUnsafeBufferPointer { left in
      points.values.withUnsafeBufferPointer { right in
        guard var left = left.baseAddress, var right = right.baseAddress else { return 0 }
        let columns = points.columns
        left += query * columns
        right += point * columns
        if metric == .euclidean { return squaredDistance(left, right, columns).squareRoot() }
        return (0..<columns).reduce(1.0) { $0 - Double(left[$1]) * Double(right[$1]) }
      }
    }
  }
}

extension FeatureMatrix {
  /// The same directions at length one; rows of zeros stay as they are.
  func withUnitRows() -> FeatureMatrix {
    var scaled = values
    for row in 0..<rows {
      let length = self.row(row).reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      if length == 0 { continue }
      for place in row * columns..<(row + 1) * columns {
        scaled[place] = Float(Double(scaled[place]) / length)
      }
    }
    return FeatureMatrix(rows: rows, columns: columns, values: scaled)
  }
}
