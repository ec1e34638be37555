/// What must hold in the measurements for a claim to be true, as data.
///
/// Rows, columns and quantities are identifiers. Margins are fractions of accuracy: 0.01 is one point;
/// bounds of quantities are in the quantity's own unit.
public enum ClaimRule: Codable, Hashable, Sendable {
  /// A step from one column to another, such as from 30 % noise to 50 %.
  public struct Step: Codable, Hashable, Sendable {
    /// The column that the step begins at.
    public var from: String
    /// The column that the step ends at.
    public var to: String

    /// Creates a step.
    public init(from: String, to: String) {
      self.from = from
      self.to = to
    }
  }

  /// The row's mean differs from the published one by less than `tolerance` in every column.
  case value(row: String, columns: [String], tolerance: Double)
  /// The row is better than every one of `over` in a column; an advantage below `relevant` counts as
  /// none when the claim is to be refuted.
  case order(row: String, over: [String], column: String, relevant: Double)
  /// The row is better than every one of `over` in at least `atLeast` of the columns.
  case orderOverFamily(
    row: String, over: [String], columns: [String], atLeast: Int, relevant: Double)
  /// The row is better than every one of `over` in a column by at least `atLeast`.
  case gain(row: String, over: [String], column: String, atLeast: Double)
  /// The row's margin over the best of `over` grows along every step.
  case trend(row: String, over: [String], steps: [Step], relevant: Double)
  /// The row's standard deviation over seeds is the smallest in every column.
  case smallestSpread(row: String, over: [String], columns: [String])
  /// Measured quantities keep their bounds, all of them.
  case quantities([QuantityTest])
  /// The claim contradicts itself or its own table, so that nothing can be measured.
  case inconsistent(reason: String)
  /// The claim needs data, weights or code that are not here.
  case untestable(reason: String)

  /// The kind of the rule in a word or two.
  public var kind: String {
    switch self {
    case .value: return "value"
    case .order: return "order"
    case .orderOverFamily: return "order over a family"
    case .gain: return "gain"
    case .trend: return "trend"
    case .smallestSpread: return "smallest spread"
    case .quantities: return "measured quantities"
    case .inconsistent: return "inconsistent in the source"
    case .untestable: return "not measurable here"
    }
  }

  /// The cells that the rule looks at, without repetition.
  public var addresses: [CellAddress] {
    let (rows, columns) = rowsAndColumns
    var seen: Set<CellAddress> = []
    return columns.flatMap { column in rows.map { CellAddress(row: $0, column: column) } }
      .filter { seen.insert($0).inserted }
  }

  /// The row that the claim speaks for, the rows that it is compared with, and the columns.
  var parts: (row: String, rivals: [String], columns: [String])? {
    switch self {
    case .value(let row, let columns, _): return (row, [], columns)
    case .order(let row, let over, let column, _): return (row, over, [column])
    case .orderOverFamily(let row, let over, let columns, _, _): return (row, over, columns)
    case .gain(let row, let over, let column, _): return (row, over, [column])
    case .trend(let row, let over, let steps, _):
      return (row, over, steps.flatMap { [$0.from, $0.to] })
    case .smallestSpread(let row, let over, let columns): return (row, over, columns)
    case .quantities, .inconsistent, .untestable: return nil
    }
  }

  private var rowsAndColumns: ([String], [String]) {
    guard let parts else { return ([], []) }
    return ([parts.row] + parts.rivals, parts.columns)
  }
}
