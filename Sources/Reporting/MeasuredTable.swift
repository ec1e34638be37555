/// A table of measured numbers beside published ones, under one selection rule.
///
/// It holds numbers in full precision; writers round.
public struct MeasuredTable: Sendable {
  /// One cell.
  public struct Cell: Sendable {
    /// What was measured.
    public var measurement: Measurement
    /// What the paper prints; nil for nothing.
    public var published: PublishedValue?
  }

  /// The identifier in kebab-case.
  public let id: String
  /// What the table shows, without the explanation of the numbers.
  public let caption: String
  /// The selection rule of all cells.
  public let rule: SelectionRule
  /// The rows.
  public let rows: [MethodRow]
  /// The columns.
  public let columns: [NoiseColumn]
  /// The cells, row by row.
  public let cells: [[Cell]]
  /// Whether published numbers may be compared with measured ones number by number.
  public let isComparable: Bool

  /// Creates a table of all cells of a result set.
  public init(
    id: String, caption: String, results: ResultSet, rule: SelectionRule,
    published: [CellAddress: PublishedValue] = [:], isComparable: Bool
  ) {
    self.id = id
    self.caption = caption
    self.rule = rule
    self.isComparable = isComparable
    rows = results.rows
    columns = results.columns
    cells = results.rows.map { row in
      results.columns.map { column in
        let address = CellAddress(row: row.id, column: column.id)
        return Cell(
          measurement: results.measurement(at: address, rule: rule), published: published[address])
      }
    }
  }

  /// Whether any cell has a published number.
  public var hasPublished: Bool { cells.contains { $0.contains { $0.published != nil } } }

  /// What the numbers are: rule, meaning of ±, n, and what published numbers may be used for.
  public var legend: String {
    var text = "Test accuracy in percent, \(rule.name): mean ± sample standard deviation "
    text += "(divisor n − 1) over seeds; n is given where it is not the planned one. "
    text += rule.explanation
    if hasPublished {
      text += " Published values (mean ± as printed) stand below the measured ones"
      text += isComparable ? "." : "; they come from other data and scale and are no target here."
    }
    return text
  }

  /// The row with an identifier, at its columns.
  public func cells(ofRow id: String) -> [Cell] {
    zip(rows, cells).first { $0.0.id == id }?.1 ?? []
  }

  /// For each column, the rows with the highest mean among methods that are no controls.
  var best: [String: String] {
    var best: [String: String] = [:]
    for (index, column) in columns.enumerated() {
      var top: (row: String, mean: Double)?
      for (row, line) in zip(rows, cells) where !row.isControl {
        guard let mean = line[index].measurement.summary?.mean else { continue }
        if mean > top?.mean ?? -.infinity { top = (row.id, mean) }
      }
      best[column.id] = top?.row
    }
    return best
  }
}
