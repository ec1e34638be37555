/// Spells measured quantities as `quantities.csv`: full precision, the same bytes for equal numbers.
struct QuantitiesCSV {
  /// The names of the columns.
  static let header = [
    "report", "profile", "id", "name", "unit", "exact", "n", "mean", "sd", "lower_95", "upper_95",
    "published", "seeds", "values", "runs",
  ]

  /// The report's identifier.
  var report: String
  /// The profile's name.
  var profile: String

  /// Returns the whole file.
  func text(of quantities: [Quantity]) -> String {
    CSVText.lines(
      [Self.header]
        + quantities.map { quantity in
          let summary = quantity.summary
          let number = CSVText.number
          return [
            report, profile, quantity.id, quantity.name, quantity.unit,
            quantity.isExact ? "true" : "false", "\(quantity.values.count)", number(summary?.mean),
            number(quantity.isExact ? nil : summary?.standardDeviation),
            number(quantity.interval?.lowerBound), number(quantity.interval?.upperBound),
            number(quantity.publishedValue),
            quantity.seeds.map(String.init).joined(separator: " "),
            quantity.values.map { "\($0)" }.joined(separator: " "),
            quantity.runs.joined(separator: " "),
          ]
        })
  }
}
