import RunStore

/// The contents of `provenance.json`: where every run of a report was made.
public struct ProvenanceDocument: Codable, Hashable, Sendable {
  /// The report's identifier.
  public var report: String
  /// The profile's name.
  public var profile: String
  /// The runs summed up.
  public var summary: ProvenanceSummary
  /// The provenance of each run, by its key.
  public var runs: [String: Provenance]
  /// The provenance of measurements that are no runs; nil when there are none.
  public var origins: [Provenance]?

  /// Creates the contents for a report.
  public init(_ report: Report) {
    self.report = report.id
    profile = report.profile.name
    summary = report.provenance
    runs = Dictionary(
      report.results.records.map { ($0.key, $0.provenance) },
      uniquingKeysWith: { first, _ in first })
    origins = report.origins.isEmpty ? nil : report.origins
  }
}
