import ArgumentParser
import Features
import Foundation
import Statistics

// One timed calculation a call, on data that scripts/bench-statistics.py wrote for both sides.

/// Times one statistic on raw little-endian numbers and prints seconds and a value as one JSON line.
struct StatisticsBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statistics",
    abstract: "Time one statistic; scripts/bench-statistics.py compares the cases with their peers."
  )

  /// What is timed.
  enum Case: String, ExpressibleByArgument, CaseIterable {
    /// Every point's nearest other point; the value is the mean distance.
    case nearest = "nearest-neighbour"
    /// Building a graph and searching it for ten neighbours; the value is the recall.
    case graph = "graph-neighbours"
    /// Ross's mutual information of each feature; the value is the sum.
    case features = "mutual-information-features"
    /// Ross's mutual information of all features together.
    case joint = "mutual-information-joint"
    /// The statistic of Kolmogorov and Smirnov.
    case kolmogorov = "kolmogorov-smirnov"
  }

  @Argument(help: "The case: \(Case.allCases.map(\.rawValue).joined(separator: ", ")).")
  var name: Case

  @Option(help: "The folder of x.f32 and y.i64 (features and labels), or of x.f64 and y.f64.")
  var folder: String

  @Option(help: "The columns of the features.")
  var columns = 1

  @Option(help: "Threads; all cores when not given.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Repetitions, of which the fastest counts.")
  var repeats = 1

  func run() throws {
    let (seconds, value) = try fastest()
    let line = ["seconds": seconds, "value": value]
    let data = try JSONSerialization.data(withJSONObject: line, options: [.sortedKeys])
    print(String(decoding: data, as: UTF8.self))
  }

  private func fastest() throws -> (seconds: Double, value: Double) {
    switch name {
    case .nearest:
      let points = try features()
      return time {
        let found = exactNeighbors(
          of: points, in: points, k: 1, excludingSelf: true, threads: threads)
        return Double(found.distances.reduce(0, +)) / Double(points.rows)
      }
    case .graph: return try graph()
    case .features:
      let (points, labels) = (try features(), try read(Int64.self, "y.i64").map(Int.init))
      return try time {
        try mutualInformationPerFeature(of: points, labels: labels, threads: threads)
          .reduce(0) { $0 + $1.nats }
      }
    case .joint:
      let (points, labels) = (try features(), try read(Int64.self, "y.i64").map(Int.init))
      return try time {
        try MutualInformation.ross(of: points, labels: labels, threads: threads).nats
      }
    case .kolmogorov:
      let (first, second) = (try read(Double.self, "x.f64"), try read(Double.self, "y.f64"))
      return time { KolmogorovSmirnov(first, second).statistic }
    }
  }

  /// Time of the graph alone, and recall at ten against the exact search.
  private func graph() throws -> (seconds: Double, value: Double) {
    let points = try features()
    var found: Neighbors?
    let seconds = try time {
      found = try HNSWIndex(points).neighbors(
        of: points, k: 10, excludingSelf: true, threads: threads)
      return 0
    }.seconds
    let exact = exactNeighbors(of: points, in: points, k: 10, excludingSelf: true, threads: threads)
    var hits = 0
    for query in 0..<points.rows {
      let range = query * 10..<(query + 1) * 10
      hits += Set(exact.indices[range]).intersection(found?.indices[range] ?? []).count
    }
    return (seconds, Double(hits) / Double(10 * points.rows))
  }

  private func time(_ body: () throws -> Double) rethrows -> (seconds: Double, value: Double) {
    var best = Double.infinity
    var value = 0.0
    for _ in 0..<repeats {
      let start = ContinuousClock.now
      value = try body()
      best = min(best, (ContinuousClock.now - start) / .seconds(1))
    }
    return (best, value)
  }

  private func features() throws -> FeatureMatrix {
    let values = try read(Float.self, "x.f32")
    guard columns > 0, values.count % columns == 0 else {
      throw ValidationError("--columns: \(columns) does not divide \(values.count) numbers")
    }
    return FeatureMatrix(rows: values.count / columns, columns: columns, values: values)
  }

  private func read<Number>(_ type: Number.Type, _ file: String) throws -> [Number] {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(file))
    let count = data.count / MemoryLayout<Number>.stride
    return [Number](unsafeUninitializedCapacity: count) { buffer, filled in
      _ = data.copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
      filled = count
    }
  }
}
