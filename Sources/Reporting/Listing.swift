import Foundation

/// A plain table of a report, such as one of settings or of times.
public struct Listing: Codable, Hashable, Sendable {
  /// The identifier in kebab-case; also the name of its file.
  public var id: String
  /// What the table shows.
  public var caption: String
  /// The names of the columns.
  public var header: [String]
  /// The cells as readers see them, row by row; the first of a row names it.
  public var rows: [[String]]
  /// The remark below the table; nil for none.
  public var note: String?

  /// Creates a table whose rows have a cell for each column.
  public init(id: String, caption: String, header: [String], rows: [[String]], note: String? = nil)
  {
    for row in rows {
      precondition(
        row.count == header.count, "\(id): \(row.count) cells under \(header.count) columns")
    }
    self.id = id
    self.caption = caption
    self.header = header
    self.rows = rows
    self.note = note
  }

  /// Whether all cells of a column are numbers; dashes and empty cells count as numbers left out.
  public func isNumeric(column: Int) -> Bool {
    let cells = rows.map { $0[column] }.filter { !["", "–", "—", "-"].contains($0) }
    return !cells.isEmpty && cells.allSatisfy(Self.isNumber)
  }

  /// Whether a text is a number, or a mean with its spread.
  private static func isNumber(_ text: String) -> Bool {
    text.split(separator: "±", omittingEmptySubsequences: false).allSatisfy { part in
      let plain = part.trimmingCharacters(in: .whitespaces).replacing("−", with: "-")
        .replacing(" %", with: "").replacing("%", with: "")
      return Double(plain)?.isFinite ?? false
    }
  }

  /// The whole table as comma-separated values.
  var csv: String { CSVText.lines([header] + rows) }
}
