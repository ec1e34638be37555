import CBLAS

/// For each point, the number of points within its own radius, itself among them.
///
/// A point counts when its Euclidean distance in double precision is at most the radius. Blocked
/// products decide all pairs but those within their error of the radius, for which the distance is
/// computed.
func pointsWithin(_ radii: [Double], of points: FeatureMatrix, threads: Int) -> [Int] {
  let prepared = CentredPoints(points, in: CentredPoints.Frame([points]))
  let blocks = Blocks.ranges(of: points.rows)
  var counts = [Int](repeating: 0, count: points.rows)
  SingleThreadedBLAS.run {
    counts.withUnsafeMutableBufferPointer { counts in
      let counts = counts
      points.values.withUnsafeBufferPointer { values in
        guard let values = values.baseAddress else { return }
        let tile = RadiusTile(points: prepared, values: values, radii: radii)
        Blocks.forEach(blocks.count, threads: threads) { block, _ in
          let products = UnsafeMutablePointer<Float>.allocate(capacity: Blocks.rows * Blocks.rows)
          defer { products.deallocate() }
          for other in blocks {
            tile.count(blocks[block], other, products: products, into: counts)
          }
        }
      }
    }
  }
  return counts
}

/// Counts the pairs of one block of points with another.
private struct RadiusTile {
  let points: CentredPoints
  let values: UnsafePointer<Float>
  let radii: [Double]

  func count(
    _ rows: Range<Int>, _ others: Range<Int>, products: UnsafeMutablePointer<Float>,
    into counts: UnsafeMutableBufferPointer<Int>
  ) {
    let columns = points.columns
    let longest = others.lazy.map { points.lengths[$0] }.max() ?? 0
    points.values.withUnsafeBufferPointer { prepared in
      guard let prepared = prepared.baseAddress else { return }
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows.count), Int32(others.count),
        Int32(columns), 1, prepared + rows.lowerBound * columns, Int32(columns),
        prepared + others.lowerBound * columns, Int32(columns), 0, products, Int32(others.count))
    }
    points.squaredLengths.withUnsafeBufferPointer { lengths in
      for (place, row) in rows.enumerated() {
        let bound = points.errorBound(points.lengths[row], longest)
        let edge =
          radii[row] * radii[row] * points.squaredScale - Double(points.squaredLengths[row])
        let inner = Float(edge - bound).nextDown
        let outer = Float(edge + bound).nextUp
        let products = products + place * others.count - others.lowerBound
        var sure: Int32 = 0
        var unsure: Int32 = 0
        for other in others {
          let square = lengths[other] - 2 * products[other]
          sure &+= square < inner ? 1 : 0
          unsure &+= square <= outer ? 1 : 0
        }
        counts[row] += Int(sure)
        if unsure == sure { continue }
        for other in others {
          let square = lengths[other] - 2 * products[other]
          if square < inner || !(square <= outer) { continue }
          let exact = squaredDistance(values + row * columns, values + other * columns, columns)
          if exact.squareRoot() <= radii[row] { counts[row] += 1 }
        }
      }
    }
  }
}
