/// The numbers of cells by seed, read under one protocol.
struct CellReader {
  /// The runs.
  let results: ResultSet
  /// Which rule reads which row.
  let reading: ReportingProtocol
  /// The seeds that are read; nil for all.
  var seeds: Set<Int>?

  /// The accuracies of a cell by seed; empty without numbers.
  func values(row: String, column: String) -> [Int: Double] {
    let address = CellAddress(row: row, column: column)
    guard results.contains(address) else { return [:] }
    let measurement = results.measurement(at: address, rule: reading.rule(forRow: row))
    return Dictionary(
      measurement.values.filter { seeds?.contains($0.seed) ?? true }
        .map { ($0.seed, $0.selection.value) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The differences of two cells over the seeds that both have.
  func differences(row: String, rival: String, column: String) -> PairedDifferences {
    let ours = values(row: row, column: column)
    let theirs = values(row: rival, column: column)
    let seeds = Set(ours.keys).intersection(theirs.keys).sorted()
    return PairedDifferences(
      differences: seeds.compactMap { seed in
        guard let our = ours[seed], let their = theirs[seed] else { return nil }
        return our - their
      })
  }

  /// The verdict that stands when a cell has no number at all; nil when it has one.
  func obstacle(row: String, column: String) -> Verdict? {
    let address = CellAddress(row: row, column: column)
    guard results.contains(address) else {
      return Verdict(.notRun, reason: "this report has no cell \(address)")
    }
    let measurement = results.measurement(at: address, rule: reading.rule(forRow: row))
    guard let emptiness = measurement.emptiness else { return nil }
    switch emptiness {
    case .notRun, .started:
      return Verdict(.notRun, reason: "\(address): \(emptiness.explanation)")
    case .notApplicable, .unavailable:
      return Verdict(.notTestable, reason: "\(address): \(emptiness.explanation)")
    case .failed, .damaged, .noNumber:
      return Verdict(.inconclusive, reason: "\(address) has no number, \(emptiness.explanation)")
    }
  }

  /// The rivals that have numbers in a column, and the others.
  func split(_ rivals: [String], column: String) -> (present: [String], missing: [String]) {
    let present = rivals.filter { !values(row: $0, column: column).isEmpty }
    return (present, rivals.filter { !present.contains($0) })
  }

  /// The name of a row, or its identifier when this report has no such row.
  func name(ofRow id: String) -> String { results.row(id)?.name ?? id }

  /// The name of a column, or its identifier when this report has no such column.
  func name(ofColumn id: String) -> String { results.column(id)?.name ?? id }
}
