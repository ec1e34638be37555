import RunStore

/// Where the runs of a report were made, summed up.
public struct ProvenanceSummary: Codable, Hashable, Sendable {
  /// The number of distinct runs.
  public var runs: Int
  /// The commits that runs were made by, sorted, each marked when files were changed.
  public var commits: [String]
  /// The versions by component, each with all versions that occur.
  public var versions: [String: [String]]
  /// The machines: hardware, device, threads and platform, sorted.
  public var machines: [String]
  /// Seconds of work, summed over the runs.
  public var seconds: Double
  /// How many runs were continued from a checkpoint.
  public var resumedRuns: Int
  /// When the first run started, ISO 8601.
  public var firstStarted: String?
  /// When the last record was written, ISO 8601.
  public var lastFinished: String?

  /// Sums up the provenances of records, and of measurements that are no runs.
  public init(_ records: [RunRecord], origins: [Provenance] = []) {
    let all = records.map(\.provenance) + origins
    func distinct(_ values: [String]) -> [String] { Set(values).sorted() }
    runs = records.count
    commits = distinct(all.map { $0.dirty ? "\($0.commit) with changed files" : $0.commit })
    var versions: [String: [String]] = [:]
    for name in Set(all.flatMap(\.versions.keys)) {
      versions[name] = distinct(all.compactMap { $0.versions[name] })
    }
    self.versions = versions
    machines = distinct(
      all.map {
        "\($0.hardware), \($0.device), \(PrintedNumber.count($0.threads, "thread")) a run, "
          + $0.platform
      })
    seconds = all.reduce(0) { $0 + $1.seconds }
    resumedRuns = all.count { $0.resumed > 0 }
    firstStarted = all.map(\.started).min()
    lastFinished = all.map(\.finished).max()
  }
}
