import LabelNoise
import RunStore

/// What the label noise of a table's runs really was, from the audits in their records.
public struct NoiseAuditSection: Sendable {
  /// The audit of one seed's draw.
  public struct Draw: Sendable {
    /// The run's root seed.
    public var seed: Int
    /// The audit.
    public var audit: NoiseAudit
  }

  /// The draws of one noise setting.
  public struct Setting: Sendable {
    /// The noise setting.
    public var column: NoiseColumn
    /// The distinct draws, in order of seeds.
    public var draws: [Draw]
    /// What is wrong or missing, in sentences.
    public var warnings: [String]

    /// Row i, column j: the mean share, over draws, of labels of clean class i that are now j.
    ///
    /// A class without labels has a row of zeros; empty without draws.
    public var meanMatrix: [[Double]] {
      guard let classes = draws.first?.audit.transitionCounts.count else { return [] }
      let usable = draws.filter { $0.audit.transitionCounts.count == classes }
      return (0..<classes).map { row in
        (0..<classes).map { column in
          let shares = usable.map { draw -> Double in
            let counts = draw.audit.transitionCounts[row]
            let total = counts.reduce(0, +)
            return total > 0 && column < counts.count ? Double(counts[column]) / Double(total) : 0
          }
          return shares.reduce(0, +) / Double(max(1, shares.count))
        }
      }
    }

    /// The range of the per-class rates over all draws; nil without any.
    public var perClassRange: ClosedRange<Double>? {
      let rates = draws.flatMap { $0.audit.perClassRates.compactMap { $0 } }
      guard let low = rates.min(), let high = rates.max() else { return nil }
      return low...high
    }
  }

  /// The noise settings, in order of the columns.
  public let settings: [Setting]

  /// Reads the audits of all runs that ended; control rows, which may train on other data, are left
  /// out.
  public init(results: ResultSet) {
    let rows = results.rows.filter { !$0.isControl }
    settings = results.columns.map { column in
      var draws: [Draw] = []
      var warnings: [String] = []
      var unread: [String] = []
      for seed in results.seeds {
        var digests: Set<String> = []
        for row in rows {
          let address = CellAddress(row: row.id, column: column.id)
          guard let run = results.runs(at: address).first(where: { $0.seed == seed }),
            let record = run.record
          else { continue }
          // A run whose worker died has none.
          if case .failed(let failure) = record.outcome, !failure.cause.isFinal { continue }
          guard let audit = Self.audit(of: record) else {
            unread.append(run.shortID)
            continue
          }
          if digests.isEmpty { draws.append(Draw(seed: seed, audit: audit)) }
          digests.insert(audit.digest)
        }
        if digests.count > 1 {
          warnings.append(
            "Seed \(seed): the methods saw \(digests.count) different draws, so they are not paired "
              + "by noise.")
        }
      }
      if !unread.isEmpty {
        warnings.append("No audit can be read in the records of \(PrintedNumber.list(unread)).")
      }
      for draw in draws {
        for warning in draw.audit.warnings {
          warnings.append("Seed \(draw.seed): \(warning)")
        }
      }
      let distinct = Set(draws.map(\.audit.digest))
      let isRandom = draws.contains { $0.audit.expectedRate > 0 }
      if draws.count > 1 && distinct.count < draws.count && isRandom {
        warnings.append("Some seeds share a draw of the noise, so ± leaves part of it out.")
      }
      return Setting(column: column, draws: draws, warnings: warnings)
    }
  }

  private static func audit(of record: RunRecord) -> NoiseAudit? {
    guard let data = try? CanonicalJSON.encode(record.noise, nonFinite: .text) else { return nil }
    return try? CanonicalJSON.decode(NoiseAudit.self, from: data)
  }
}
