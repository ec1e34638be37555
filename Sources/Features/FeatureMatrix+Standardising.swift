extension FeatureMatrix {
  /// The mean of each column, added up in double precision; zeros when there are no rows.
  public var columnMeans: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    addUp { row in
      for column in 0..<columns { sums[column] += Double(row[column]) }
    }
    return sums.map { $0 / Double(max(rows, 1)) }
  }

  /// The variance of each column with divisor n, in double precision; zeros when there are no rows.
  public var columnVariances: [Double] {
    let means = columnMeans
    var sums = [Double](repeating: 0, count: columns)
    addUp { row in
      for column in 0..<columns {
        let deviation = Double(row[column]) - means[column]
        sums[column] += deviation * deviation
      }
    }
    return sums.map { $0 / Double(max(rows, 1)) }
  }

  /// Returns the matrix with every column at mean 0 and variance 1 (divisor n).
  ///
  /// A column whose values are all equal becomes zeros.
  public func standardised() -> FeatureMatrix {
    let means = columnMeans
    let factors = zip(columnVariances, means).map { variance, mean in
      // What rounding leaves of a constant column is no spread.
      variance.squareRoot() > 1e-7 * mean.magnitude ? 1 / variance.squareRoot() : 0
    }
    var result = [Float](repeating: 0, count: values.count)
    for row in 0..<rows {
      for column in 0..<columns {
        let place = row * columns + column
        result[place] = Float((Double(values[place]) - means[column]) * factors[column])
      }
    }
    return FeatureMatrix(rows: rows, columns: columns, values: result)
  }

  private func addUp(_ body: (UnsafePointer<Float>) -> Void) {
    values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for row in 0..<rows { body(base + row * columns) }
    }
  }
}
