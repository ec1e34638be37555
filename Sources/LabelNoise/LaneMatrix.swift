/// A matrix of single-precision numbers whose rows are stored in whole vectors of sixteen lanes.
///
/// Lanes past the last column are zero. Sums run lane by lane and in the same order everywhere, so
/// that products have the same bits on every machine.
struct LaneMatrix {
  private let columns: Int
  private let blocks: Int
  private var storage: [SIMD16<Float>]

  /// Creates a matrix of zeros.
  init(rows: Int, columns: Int) {
    self.columns = columns
    self.blocks = (columns + 15) / 16
    self.storage = [SIMD16<Float>](repeating: .zero, count: rows * blocks)
  }

  /// Sets the numbers of a row, column by column.
  @inline(__always)
  mutating func fill(row: Int, _ value: (Int) -> Float) {
    let start = row * blocks * 16
    storage.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: Float.self) { numbers in
        for column in 0..<columns { numbers[start + column] = value(column) }
      }
    }
  }

  /// The scalar product of each row with the first row of another matrix of as many columns.
  func products(with vector: LaneMatrix) -> [Double] {
    precondition(
      vector.columns == columns, "\(vector.columns) numbers for rows of \(columns) columns")
    return storage.withUnsafeBufferPointer { rows in
      vector.storage.withUnsafeBufferPointer { numbers in
        (0..<rows.count / max(blocks, 1)).map { row in
          var sum = SIMD16<Float>.zero
          for block in 0..<blocks { sum += rows[row * blocks + block] * numbers[block] }
          return Double(sum.sum())
        }
      }
    }
  }
}
