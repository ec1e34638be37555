extension ReportDocument {
  /// The plain tables.
  static func listings(_ listings: [Listing]) -> [Block] {
    [.heading("Tables", anchor: "listings")] + listings.map { .table(table($0)) }
  }

  /// The measured quantities in one table.
  static func quantities(_ report: Report) -> [Block] {
    [
      .heading("Measured quantities", anchor: "quantities"),
      .table(table(Listing(quantities: report.quantities, profile: report.profile))),
    ]
  }

  /// A plain table, the first cell of each row as its name.
  static func table(_ listing: Listing) -> Table {
    let numeric = listing.header.indices.map(listing.isNumeric)
    let rows = listing.rows.map { row in
      Row(
        cells: zip(row, numeric).enumerated().map { column, cell in
          if column == 0 { return Cell.header(cell.0) }
          return cell.1 ? Cell.number(cell.0) : Cell.text(cell.0)
        })
    }
    return Table(
      caption: listing.caption, header: listing.header, rows: rows, note: listing.note)
  }
}

extension Listing {
  /// The table of measured quantities; columns that would be empty are left out.
  init(quantities: [Quantity], profile: ProfileFacts) {
    let hasUnits = quantities.contains { !$0.unit.isEmpty }
    let hasPublished = quantities.contains { $0.publishedValue != nil }
    var note =
      "Mean ± sample standard deviation (divisor n − 1) over n seeds. A count or constant without "
      + "spread over seeds is exact and has no n. quantities.csv has every value."
    if quantities.contains(where: \.values.isEmpty) { note += " n = 0 is not measured yet." }
    if hasPublished && !profile.isPaperScale {
      note += " Published values come from other data and scale and are no target here."
    }
    self.init(
      id: "quantities", caption: "What was measured besides accuracies",
      header: ["Quantity", "Measured"] + (hasUnits ? ["Unit"] : []) + ["n"]
        + (hasPublished ? ["Published"] : []),
      rows: quantities.map { quantity in
        let measured = quantity.summary.map {
          PrintedNumber.mean($0.mean, spread: quantity.isExact ? nil : $0.standardDeviation)
        }
        let isCounted = quantity.values.isEmpty || !quantity.isExact
        let count = isCounted ? "\(quantity.values.count)" : "–"
        return [quantity.name, measured ?? "–"] + (hasUnits ? [quantity.unit] : []) + [count]
          + (hasPublished
            ? [quantity.publishedValue.map { PrintedNumber.significant($0) } ?? "–"] : [])
      }, note: note)
  }
}
