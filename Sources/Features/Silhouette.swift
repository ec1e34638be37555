import CBLAS

/// How well points lie in their own classes, by Euclidean distance.
///
/// For a point with mean distance a to the others of its class, and b the least mean distance to
/// another class, (b - a) / max(a, b), in -1...1; 0 for a point alone in its class.
///
/// Source: P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of
/// cluster analysis", J. Comput. Appl. Math. 20, 1987.
public struct Silhouette: Sendable, Hashable {
  /// The silhouette of each point.
  public let values: [Double]

  /// The mean over all points.
  public var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// Computes the silhouettes of labelled points.
  ///
  /// Products of blocks in double precision: time grows with the square of the rows, memory does
  /// not. The values do not depend on `threads`.
  ///
  /// - Throws: ``FeatureError`` when the points are empty or not finite, the labels are not as many
  ///   or of one class, or every point is a class of its own.
  public init(of points: FeatureMatrix, labels: [Int], threads: Int) throws {
    let index = try ClassIndex(labels, of: points)
    guard index.counts.count < points.rows else {
      throw FeatureError.outOfRange(
        name: "classes", value: index.counts.count, allowed: 2...max(2, points.rows - 1))
    }
    let order = index.members.flatMap { $0 }
    let sums = ClassDistances(points.selecting(rows: order), counts: index.counts)
      .sums(threads: threads)
    var values = [Double](repeating: 0, count: points.rows)
    let classes = index.counts.count
    for (place, row) in order.enumerated() {
      let own = index.classes[row]
      if index.counts[own] == 1 { continue }
      let inside = sums[place * classes + own] / Double(index.counts[own] - 1)
      let outside =
        (0..<classes).filter { $0 != own }
        .map { sums[place * classes + $0] / Double(index.counts[$0]) }.min() ?? 0
      let larger = max(inside, outside)
      values[row] = larger > 0 ? (outside - inside) / larger : 0
    }
    self.values = values
  }
}

/// Sums of the distances from each point to the points of each class, the points lying by class.
private struct ClassDistances {
  let rows: Int
  let columns: Int
  let classes: [Range<Int>]
  /// The points about their mean, in double precision.
  let values: [Double]
  let squaredLengths: [Double]

  init(_ points: FeatureMatrix, counts: [Int]) {
    rows = points.rows
    columns = points.columns
    let means = points.columnMeans
    var values = [Double](repeating: 0, count: points.values.count)
    var squaredLengths = [Double](repeating: 0, count: points.rows)
    for row in 0..<points.rows {
      for column in 0..<points.columns {
        let value = Double(points[row, column]) - means[column]
        values[row * points.columns + column] = value
        squaredLengths[row] += value * value
      }
    }
    self.values = values
    self.squaredLengths = squaredLengths
    var classes: [Range<Int>] = []
    for count in counts {
      let start = classes.last?.upperBound ?? 0
      classes.append(start..<start + count)
    }
    self.classes = classes
  }

  /// The sums: rows x classes.
  func sums(threads: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: rows * classes.count)
    let left = Blocks.ranges(of: rows, size: 256)
    let right = Blocks.ranges(of: rows)
    SingleThreadedBLAS.run {
      sums.withUnsafeMutableBufferPointer { sums in
        let sums = sums
        Blocks.forEach(left.count, threads: threads) { block, _ in
          let products = UnsafeMutablePointer<Double>.allocate(capacity: 256 * Blocks.rows)
          defer { products.deallocate() }
          for range in right {
            multiply(left[block], range, into: products)
            add(left[block], range, products, to: sums)
          }
        }
      }
    }
    return sums
  }

  private func multiply(
    _ first: Range<Int>, _ second: Range<Int>, into products: UnsafeMutablePointer<Double>
  ) {
    values.withUnsafeBufferPointer { values in
      guard let values = values.baseAddress else { return }
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, Int32(first.count), Int32(second.count),
        Int32(columns), 1, values + first.lowerBound * columns, Int32(columns),
        values + second.lowerBound * columns, Int32(columns), 0, products, Int32(second.count))
    }
  }

  private func add(
    _ first: Range<Int>, _ second: Range<Int>, _ products: UnsafeMutablePointer<Double>,
    to sums: UnsafeMutableBufferPointer<Double>
  ) {
    squaredLengths.withUnsafeBufferPointer { lengths in
      for (number, members) in classes.enumerated() {
        let part = members.clamped(to: second)
        if part.isEmpty { continue }
        for (place, row) in first.enumerated() {
          let products = products + place * second.count - second.lowerBound
          let length = lengths[row]
          // What rounding leaves between equal points is no distance.
          let floor = 1e-14 * length
          var sum = 0.0
          for other in part {
            let square = length + lengths[other] - 2 * products[other]
            sum += square > floor && other != row ? square.squareRoot() : 0
          }
          sums[row * classes.count + number] += sum
        }
      }
    }
  }
}
