/// Rows of features: `rows` points of `columns` single-precision numbers, row after row.
public struct FeatureMatrix: Sendable, Hashable {
  /// The number of points.
  public let rows: Int
  /// The number of features of a point.
  public let columns: Int
  /// The features, row-major.
  public private(set) var values: [Float]

  /// Creates a matrix from its numbers, row after row.
  ///
  /// - Precondition: `values` has `rows` times `columns` numbers.
  public init(rows: Int, columns: Int, values: [Float]) {
    precondition(
      rows >= 0 && columns >= 0 && values.count == rows * columns,
      "a matrix of \(rows) x \(columns) from \(values.count) numbers")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// One feature of one point.
  public subscript(row: Int, column: Int) -> Float { values[row * columns + column] }

  /// Returns the features of one point.
  public func row(_ index: Int) -> ArraySlice<Float> {
    values[index * columns..<(index + 1) * columns]
  }

  /// Returns the points of some rows, in the order given.
  public func selecting(rows indices: [Int]) -> FeatureMatrix {
    var selected: [Float] = []
    selected.reserveCapacity(indices.count * columns)
    for index in indices { selected.append(contentsOf: row(index)) }
    return FeatureMatrix(rows: indices.count, columns: columns, values: selected)
  }
}
