/// Spells a result set as `table.csv`: long form, full precision, the same bytes for the same runs.
///
/// One line for each cell and selection rule. Accuracies are fractions. Nothing of time or machine
/// enters, so that a store that was interrupted and one that was not give equal files.
struct TableCSV {
  /// The names of the columns.
  static let header = [
    "report", "profile", "row", "column", "rule", "uses_test_labels", "n", "planned", "mean", "sd",
    "lower_95", "upper_95", "published", "published_sd", "state", "runs",
  ]

  /// The report's identifier.
  var report: String
  /// The profile's name.
  var profile: String
  /// The published numbers.
  var published: [CellAddress: PublishedValue]

  /// Returns the whole file.
  func text(of results: ResultSet) -> String {
    var lines = [Self.header]
    for address in results.addresses {
      for rule in ProtocolLens.rules {
        let measurement = results.measurement(at: address, rule: rule)
        let summary = measurement.summary
        let interval = measurement.interval
        let printed = published[address]
        lines.append([
          report, profile, address.row, address.column, rule.rawValue,
          rule.usesTestLabels ? "true" : "false", "\(measurement.values.count)",
          "\(measurement.planned)", CSVText.number(summary?.mean),
          CSVText.number(summary?.standardDeviation), CSVText.number(interval?.lowerBound),
          CSVText.number(interval?.upperBound), CSVText.number(printed?.value),
          CSVText.number(printed?.spread), Self.state(of: measurement),
          measurement.shortIDs.joined(separator: " "),
        ])
      }
    }
    return CSVText.lines(lines)
  }

  private static func state(of measurement: Measurement) -> String {
    if measurement.isComplete { return "complete" }
    if let emptiness = measurement.emptiness { return emptiness.label }
    return CellText(.init(measurement: measurement, published: nil)).remark ?? "complete"
  }
}
