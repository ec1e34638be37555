/// The place of a cell in a table: the identifiers of its row and its column.
public struct CellAddress: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The row's identifier.
  public var row: String
  /// The column's identifier.
  public var column: String

  /// Creates an address.
  public init(row: String, column: String) {
    self.row = row
    self.column = column
  }

  /// Row and column.
  public var description: String { "\(row) / \(column)" }

  /// The name of the place in a document where the cell's runs are listed.
  var anchor: String {
    let text = "cell-\(row)-\(column)"
    return String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }
}
