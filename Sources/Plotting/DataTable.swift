/// The numbers behind a figure, for the CSV file beside it.
public struct DataTable: Hashable, Sendable {
  /// One field of a row.
  public enum Field: Hashable, Sendable {
    /// A text.
    case text(String)
    /// A number, written so that reading it back gives the same double.
    case number(Double)
    /// A whole number.
    case count(Int)
    /// Nothing.
    case empty

    /// A number or nothing.
    public static func optional(_ value: Double?) -> Field { value.map(Field.number) ?? .empty }
    /// A whole number or nothing.
    public static func optional(_ value: Int?) -> Field { value.map(Field.count) ?? .empty }
  }

  /// The names of the columns, in snake case.
  public var columns: [String]
  /// The rows, each with one field per column.
  public private(set) var rows: [[Field]] = []

  /// Creates an empty table.
  public init(columns: [String]) {
    self.columns = columns
  }

  /// Adds a row, which must have one field per column.
  public mutating func append(_ row: [Field]) {
    precondition(
      row.count == columns.count, "\(row.count) fields for \(columns.count) columns: \(columns)")
    rows.append(row)
  }

  /// The table as CSV (RFC 4180 quoting, lines ended by a line feed, full precision).
  public var csv: String {
    ([columns.map(Field.text)] + rows).map { row in
      row.map(Self.text).joined(separator: ",") + "\n"
    }.joined()
  }

  private static func text(_ field: Field) -> String {
    switch field {
    case .number(let value): return "\(value)"
    case .count(let value): return "\(value)"
    case .empty: return ""
    case .text(let value):
      guard value.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return value }
      return "\""
        + value.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"") + "\""
    }
  }
}
