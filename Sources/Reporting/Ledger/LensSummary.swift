import Statistics

/// What the choice of a selection rule is worth in one report, read from its `table.csv`.
struct LensSummary {
  /// The report.
  let report: ReportFolder
  /// The number of cells with a number under every rule.
  let cellCount: Int
  /// For each rule of ``ProtocolLens/rules``, the mean difference to the last epoch.
  let gains: [SelectionRule: Double]
  /// The columns whose best method is not the same under all rules.
  let contested: [String]
  /// The number of columns with a best method.
  let columnCount: Int

  /// Sums up a report; nil when it has no accuracies.
  init?(_ report: ReportFolder, controls: Set<String>) {
    var means: [CellAddress: [SelectionRule: Double]] = [:]
    var columns: [String] = []
    for cell in report.cells {
      if !columns.contains(cell.address.column) { columns.append(cell.address.column) }
      means[cell.address, default: [:]][cell.rule] = cell.mean
    }
    let whole = means.filter { entry in
      ProtocolLens.rules.allSatisfy { entry.value[$0] != nil }
    }
    guard !whole.isEmpty else { return nil }
    self.report = report
    cellCount = whole.count
    let ordered = whole.sorted { $0.key.description < $1.key.description }.map(\.value)
    var gains: [SelectionRule: Double] = [:]
    for rule in ProtocolLens.rules {
      let differences = ordered.compactMap { cell in
        cell[rule].flatMap { mean in cell[.lastEpoch].map { mean - $0 } }
      }
      gains[rule] = Summary(differences)?.mean
    }
    self.gains = gains
    let rows = report.cells.map(\.address.row)
    func best(_ column: String, _ rule: SelectionRule) -> String? {
      var best: (row: String, mean: Double)?
      for row in rows where !controls.contains(row) {
        guard let mean = whole[CellAddress(row: row, column: column)]?[rule] else { continue }
        if mean > best?.mean ?? -.infinity { best = (row, mean) }
      }
      return best?.row
    }
    let decided = columns.filter { best($0, .lastEpoch) != nil }
    columnCount = decided.count
    contested = decided.filter { column in
      Set(ProtocolLens.rules.compactMap { best(column, $0) }).count > 1
    }
  }
}
