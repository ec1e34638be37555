/// Spells a plain table as LaTeX for the `booktabs` package.
struct ListingTeX {
  /// The table.
  var listing: Listing
  /// The profile's name, for the caption.
  var profile: String

  /// Returns a complete `table` environment.
  var text: String {
    let escape = TeXTable.escape
    func row(_ cells: [String]) -> String { "    \(cells.joined(separator: " & ")) \\\\" }
    let columns = listing.header.indices.map { column in
      column > 0 && listing.isNumeric(column: column) ? "r" : "l"
    }
    let name = String(listing.caption.map { $0.isNewline ? " " : $0 })
    let caption =
      [listing.caption, listing.note, "Profile: \(profile)"].compactMap { $0 }
      .map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
    return
      ([
        "% \(name); profile \(profile)", "% \\usepackage{booktabs}", "\\begin{table}",
        "  \\centering", "  \\caption{\(escape(caption))}", "  \\label{tab:\(listing.id)}",
        "  \\begin{tabular}{\(columns.joined())}", "    \\toprule", row(listing.header.map(escape)),
        "    \\midrule",
      ] + listing.rows.map { row($0.map(escape)) }
      + ["    \\bottomrule", "  \\end{tabular}", "\\end{table}"]).joined(separator: "\n") + "\n"
  }
}
