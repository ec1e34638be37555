import ArgumentParser
import Features
import Foundation
import RunStore

/// Finds nearest neighbours.
struct NeighborsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knn", abstract: "Find the nearest neighbours of points.",
    discussion: """
      Without --queries, the neighbours of every point among the others. Rows are numbered from 0; \
      of equally distant points the one with the lower number comes first.
      """)

  /// How neighbours are found.
  enum Method: String, ExpressibleByArgument, CaseIterable {
    case exact, hnsw
  }

  @Argument(help: "Points: an NPY file of n x d numbers, or a table of comma-separated ones.")
  var points: String

  @Option(help: "Points to find the neighbours of, in place of the points themselves.")
  var queries: String?

  @Option(help: "How many neighbours.")
  var k = 10

  @Option(help: "exact, or hnsw for a graph that may miss some.")
  var method: Method = .exact

  @Option(help: "Where the row numbers go: an NPY file of int64, queries x k.")
  var indices: String

  @Option(help: "Where the distances go: an NPY file of float32, queries x k.")
  var distances: String

  @Option(
    help: """
      hnsw: \(HNSWIndex.Metric.allCases.map(\.rawValue).joined(separator: ", ")); the last two are \
      one minus it.
      """)
  var metric: HNSWIndex.Metric = .euclidean

  @Option(help: "hnsw: links of a point.")
  var links = HNSWIndex.Configuration().links

  @Option(help: "hnsw: candidates that an insertion follows.")
  var constructionWidth = HNSWIndex.Configuration().constructionWidth

  @Option(help: "hnsw: candidates that a search follows.")
  var searchWidth = HNSWIndex.Configuration().searchWidth

  @OptionGroup var options: FeatureOptions

  func validate() throws {
    if method == .exact && metric != .euclidean {
      throw ValidationError("--metric \(metric.rawValue) needs --method hnsw")
    }
    if indices == distances {
      throw ValidationError("--indices and --distances name the same file, \(indices)")
    }
  }

  func run() throws {
    let points = try options.features(self.points)
    let queries = try self.queries.map(options.features) ?? points
    guard queries.columns == points.columns else {
      throw StatisticsInputError.badData(
        self.queries ?? self.points,
        "expected \(points.columns) columns as in \(self.points), found \(queries.columns)")
    }
    let alone = self.queries == nil
    guard points.rows > 1 || !alone else {
      throw StatisticsInputError.badData(self.points, "expected at least two points, found one")
    }
    try require("--k", k, in: 1...(points.rows - (alone ? 1 : 0)))
    let start = ContinuousClock.now
    let found = try search(queries, points, excludingSelf: alone)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let shape = [queries.rows, k]
    try StatisticsOutput.npy(found.indices.map(Int.init), shape: shape, to: indices)
    try StatisticsOutput.npy(found.distances, shape: shape, to: distances)
    let mean = found.distances.reduce(0.0) { $0 + Double($1) } / Double(found.distances.count)
    if options.json {
      try StatisticsOutput.json(
        NeighborsRecord(
          method: method.rawValue, metric: metric.rawValue, k: k, points: points.rows,
          queries: queries.rows, columns: points.columns, meanDistance: mean, seconds: seconds))
    } else {
      try StatisticsOutput.text(
        String(
          format: "%d neighbours of %d points, %@: mean distance %.6g, %.2f s", k, queries.rows,
          method.rawValue, mean, seconds))
    }
  }

  private func search(
    _ queries: FeatureMatrix, _ points: FeatureMatrix, excludingSelf: Bool
  ) throws -> Neighbors {
    switch method {
    case .exact:
      return exactNeighbors(
        of: queries, in: points, k: k, excludingSelf: excludingSelf, threads: options.threadCount)
    case .hnsw:
      let index = try HNSWIndex(
        points, metric: metric,
        configuration: .init(
          links: links, constructionWidth: constructionWidth, searchWidth: searchWidth,
          seed: options.seed))
      return try index.neighbors(
        of: queries, k: k, excludingSelf: excludingSelf, threads: options.threadCount)
    }
  }
}

extension HNSWIndex.Metric: ExpressibleByArgument {}

/// A search as the command prints it.
private struct NeighborsRecord: Encodable {
  let method, metric: String
  let k, points, queries, columns: Int
  let meanDistance, seconds: Double

  enum CodingKeys: String, CodingKey {
    case method, metric, k, points, queries, columns, seconds
    case meanDistance = "mean_distance"
  }
}
