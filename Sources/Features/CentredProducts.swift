import CBLAS

/// Products of a matrix of features whose columns are centred on the way, in double precision.
///
/// Every sum is formed in an order that the matrix alone decides, so results do not depend on the
/// number of threads.
struct CentredProducts {
  let features: FeatureMatrix
  let means: [Double]
  let threads: Int

  /// Numbers converted at a time: about 8 MB of doubles.
  private static let chunkNumbers = 1 << 20

  /// The product of the centred matrix's transpose with itself, above the diagonal.
  func covarianceSum() -> [Double] {
    let columns = features.columns
    let size = max(64, Self.chunkNumbers / columns)
    let panels = Blocks.ranges(of: columns, size: 128)
    var sums = [Double](repeating: 0, count: columns * columns)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      for rows in Blocks.ranges(of: features.rows, size: size) {
        withCentred(rows, columns: 0..<columns) { chunk in
          Blocks.forEach(panels.count, threads: threads) { panel, _ in
            let first = panels[panel].lowerBound
            cblas_dgemm(
              CblasRowMajor, CblasTrans, CblasNoTrans, Int32(panels[panel].count),
              Int32(columns - first), Int32(rows.count), 1, chunk + first, Int32(columns),
              chunk + first, Int32(columns), 1, sums + first * columns + first, Int32(columns))
          }
        }
      }
    }
    return sums
  }

  /// The product of the centred matrix with its transpose, above the diagonal.
  func gramSum() -> [Double] {
    let count = features.rows
    let size = max(64, Self.chunkNumbers / count)
    let panels = Blocks.ranges(of: count, size: 128)
    var sums = [Double](repeating: 0, count: count * count)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      for columns in Blocks.ranges(of: features.columns, size: size) {
        withCentred(0..<count, columns: columns) { chunk in
          let width = Int32(columns.count)
          Blocks.forEach(panels.count, threads: threads) { panel, _ in
            let first = panels[panel].lowerBound
            cblas_dgemm(
              CblasRowMajor, CblasNoTrans, CblasTrans, Int32(panels[panel].count),
              Int32(count - first), width, 1, chunk + first * columns.count, width,
              chunk + first * columns.count, width, 1, sums + first * count + first, Int32(count))
          }
        }
      }
    }
    return sums
  }

  /// The centred matrix times the transpose of `vectors` (count x columns): rows x count.
  func times(_ vectors: [Double], count: Int) -> [Double] {
    let columns = features.columns
    let size = max(64, Self.chunkNumbers / columns)
    var result = [Double](repeating: 0, count: features.rows * count)
    result.withUnsafeMutableBufferPointer { result in
      guard let result = result.baseAddress else { return }
      for rows in Blocks.ranges(of: features.rows, size: size) {
        withCentred(rows, columns: 0..<columns) { chunk in
          let parts = Blocks.ranges(of: rows.count, size: 256)
          Blocks.forEach(parts.count, threads: threads) { part, _ in
            cblas_dgemm(
              CblasRowMajor, CblasNoTrans, CblasTrans, Int32(parts[part].count), Int32(count),
              Int32(columns), 1, chunk + parts[part].lowerBound * columns, Int32(columns), vectors,
              Int32(columns), 0, result + (rows.lowerBound + parts[part].lowerBound) * count,
              Int32(count))
          }
        }
      }
    }
    return result
  }

  /// The transpose of `weights` (rows x count) times the centred matrix: count x columns.
  func transposedTimes(_ weights: [Double], count: Int) -> [Double] {
    let columns = features.columns
    let size = max(64, Self.chunkNumbers / columns)
    let panels = Blocks.ranges(of: columns, size: 256)
    var result = [Double](repeating: 0, count: count * columns)
    result.withUnsafeMutableBufferPointer { result in
      guard let result = result.baseAddress else { return }
      weights.withUnsafeBufferPointer { weights in
        guard let weights = weights.baseAddress else { return }
        for rows in Blocks.ranges(of: features.rows, size: size) {
          withCentred(rows, columns: 0..<columns) { chunk in
            Blocks.forEach(panels.count, threads: threads) { panel, _ in
              let first = panels[panel].lowerBound
              cblas_dgemm(
                CblasRowMajor, CblasTrans, CblasNoTrans, Int32(count), Int32(panels[panel].count),
                Int32(rows.count), 1, weights + rows.lowerBound * count, Int32(count),
                chunk + first, Int32(columns), 1, result + first, Int32(columns))
            }
          }
        }
      }
    }
    return result
  }

  /// Calls `body` with part of the centred matrix, row-major without gaps.
  private func withCentred(
    _ rows: Range<Int>, columns: Range<Int>, _ body: (UnsafeMutablePointer<Double>) -> Void
  ) {
    let chunk = UnsafeMutablePointer<Double>.allocate(capacity: rows.count * columns.count)
    defer { chunk.deallocate() }
    features.values.withUnsafeBufferPointer { values in
      means.withUnsafeBufferPointer { means in
        guard let values = values.baseAddress, let means = means.baseAddress else { return }
        Blocks.forEach(rows.count, threads: threads) { row, _ in
          let from = values + (rows.lowerBound + row) * features.columns + columns.lowerBound
          let to = chunk + row * columns.count
          let means = means + columns.lowerBound
          for column in 0..<columns.count { to[column] = Double(from[column]) - means[column] }
        }
      }
    }
    body(chunk)
  }
}
