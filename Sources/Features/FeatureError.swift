/// What makes features or labels unfit for what was asked of them.
public enum FeatureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There are no rows or no columns.
  case empty(rows: Int, columns: Int)
  /// A feature is NaN or infinite; rows and columns count from 0 here, from 1 in the message.
  case notFinite(row: Int, column: Int)
  /// A feature is beyond ``FeatureMatrix/largestMagnitude``.
  case tooLarge(row: Int, column: Int)
  /// There are not as many labels as rows.
  case mismatched(rows: Int, labels: Int)
  /// All labels are the same, or there are none.
  case oneClass
  /// A label has fewer rows than the method needs.
  case smallClass(label: Int, rows: Int, needed: Int, purpose: String)
  /// A count is outside what the rows allow.
  case outOfRange(name: String, value: Int, allowed: ClosedRange<Int>)
  /// A search in a graph found too few neighbours.
  case unreachable(query: Int, found: Int, wanted: Int)
  /// hnswlib gave up.
  case graph(String)

  /// What was expected, what was found and what to do, in one line.
  public var description: String {
    switch self {
    case .empty(let rows, let columns):
      return "expected at least one row and one column, found \(rows) x \(columns)"
    case .notFinite(let row, let column):
      return "row \(row + 1), column \(column + 1) is NaN or infinite: leave such rows out"
    case .tooLarge(let row, let column):
      return "row \(row + 1), column \(column + 1) is beyond "
        + "\(FeatureMatrix.largestMagnitude): give the features another scale"
    case .mismatched(let rows, let labels):
      return "expected one label for each of \(rows) rows, found \(labels)"
    case .oneClass:
      return "expected labels of at least two classes, found fewer"
    case .smallClass(let label, let rows, let needed, let purpose):
      return "label \(label) has \(rows) row\(rows == 1 ? "" : "s"), but \(purpose) needs "
        + "\(needed): ask for less, or leave the label's rows out"
    case .outOfRange(let name, let value, let allowed):
      return "\(name): expected \(allowed.lowerBound) to \(allowed.upperBound), found \(value)"
    case .unreachable(let query, let found, let wanted):
      return "the graph led query \(query) to \(found) of \(wanted) neighbours: "
        + "give more links or a wider search, or search exactly"
    case .graph(let message):
      return "the neighbour graph failed: \(message)"
    }
  }
}

extension FeatureMatrix {
  /// The largest magnitude of a feature: sums of squares stay within single precision's range.
  public static let largestMagnitude: Float = 1e30

  /// Checks that there are features, all of them numbers of a magnitude up to
  /// ``largestMagnitude``.
  ///
  /// - Throws: ``FeatureError/empty(rows:columns:)``, ``FeatureError/notFinite(row:column:)`` or
  ///   ``FeatureError/tooLarge(row:column:)``.
  public func validate() throws {
    guard rows > 0, columns > 0 else { throw FeatureError.empty(rows: rows, columns: columns) }
    guard let place = values.firstIndex(where: { !($0.magnitude <= Self.largestMagnitude) })
    else { return }
    let (row, column) = (place / columns, place % columns)
    throw values[place].isFinite
      ? FeatureError.tooLarge(row: row, column: column)
      : FeatureError.notFinite(row: row, column: column)
  }
}
