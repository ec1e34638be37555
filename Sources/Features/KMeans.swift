import CBLAS
import SeededRandom

/// Groups of points around centres, by Lloyd's steps from a seeded k-means++ start.
///
/// The result depends on the points, the count, the seed and the limits, not on the number of
/// threads.
///
/// Source: D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007.
public struct KMeans: Sendable, Hashable {
  /// The centres: `count` x columns.
  public let centres: FeatureMatrix
  /// The centre nearest to each point, 0..<count.
  public let assignments: [Int32]
  /// The sum of the squared distances of the points to their centres.
  public let inertia: Double
  /// The steps taken.
  public let iterations: Int
  /// Whether the centres had settled when the steps ended.
  public let converged: Bool

  /// Groups points.
  ///
  /// A centre that loses all its points moves to the point farthest from its own centre.
  ///
  /// - Parameters:
  ///   - points: The points, all finite.
  ///   - count: How many centres, at most the number of points.
  ///   - seed: The seed of the start.
  ///   - tolerance: The sum of the centres' squared moves that ends the steps, as a share of the
  ///     mean variance of the columns.
  ///   - maximumIterations: The number of steps that ends them in any case.
  ///   - threads: How many threads to use.
  public init(
    of points: FeatureMatrix, count: Int, seed: UInt64, tolerance: Double = 1e-4,
    maximumIterations: Int = 100, threads: Int
  ) {
    precondition(
      count >= 1 && count <= points.rows, "\(count) centres of \(points.rows) points")
    let variance = points.columnVariances.reduce(0, +) / Double(max(points.columns, 1))
    var steps = KMeansSteps(points: points, threads: threads)
    steps.start(count: count, seed: seed)
    var iterations = 0
    var converged = false
    SingleThreadedBLAS.run {
      steps.assign()
      while iterations < maximumIterations && !converged {
        let move = steps.moveCentres()
        let changed = steps.assign()
        iterations += 1
        converged = !changed || move <= tolerance * variance
      }
    }
    centres = FeatureMatrix(rows: count, columns: points.columns, values: steps.centres)
    assignments = steps.assignments
    inertia = steps.squares.reduce(0, +)
    self.iterations = iterations
    self.converged = converged
  }
}

/// What the steps of k-means share.
struct KMeansSteps {
  let points: FeatureMatrix
  let threads: Int
  var centres: [Float] = []
  var assignments: [Int32]
  /// The squared distance of each point to its centre.
  var squares: [Double]

  private let blocks: [Range<Int>]
  private let prepared: CentredPoints
  private let frame: CentredPoints.Frame

  init(points: FeatureMatrix, threads: Int) {
    self.points = points
    self.threads = threads
    assignments = [Int32](repeating: -1, count: points.rows)
    squares = [Double](repeating: .infinity, count: points.rows)
    blocks = Blocks.ranges(of: points.rows)
    frame = CentredPoints.Frame([points])
    prepared = CentredPoints(points, in: frame)
  }

  /// Draws centres among the points, each with probability by its squared distance to those drawn.
  ///
  /// When all points lie on centres, the next is drawn uniformly.
  mutating func start(count: Int, seed: UInt64) {
    var generator = SeedStream(root: seed, purpose: "k-means").generator()
    centres = []
    var next = generator.uniform(below: points.rows)
    while true {
      centres.append(contentsOf: points.row(next))
      if centres.count == count * points.columns { break }
      let total = approach(centre: next)
      next = draw(generator.uniform() * total) ?? generator.uniform(below: points.rows)
    }
    squares = squares.map { _ in .infinity }
  }

  /// Lowers the squared distances by a new centre, and returns their sum.
  private mutating func approach(centre: Int) -> Double {
    var sums = [Double](repeating: 0, count: blocks.count)
    let columns = points.columns
    points.values.withUnsafeBufferPointer { values in
      squares.withUnsafeMutableBufferPointer { squares in
        sums.withUnsafeMutableBufferPointer { sums in
          let (squares, sums) = (squares, sums)
          Blocks.forEach(blocks.count, threads: threads) { block, _ in
            guard let values = values.baseAddress else { return }
            for row in blocks[block] {
              let square = squaredDistance(
                values + row * columns, values + centre * columns, columns)
              squares[row] = min(squares[row], square)
              sums[block] += squares[row]
            }
          }
        }
      }
    }
    return sums.reduce(0, +)
  }

  /// The point at which the running sum of the squared distances passes a target.
  private func draw(_ target: Double) -> Int? {
    var sum = 0.0
    var last: Int?
    for (row, square) in squares.enumerated() where square > 0 {
      sum += square
      if target < sum { return row }
      last = row
    }
    return last
  }

  /// Gives each point its nearest centre, of equally near ones the first; says whether any changed.
  @discardableResult
  mutating func assign() -> Bool {
    let (count, columns) = (centres.count / max(points.columns, 1), points.columns)
    let middle = CentredPoints(
      FeatureMatrix(rows: count, columns: columns, values: centres), in: frame)
    var changes = [Bool](repeating: false, count: blocks.count)
    points.values.withUnsafeBufferPointer { values in
      prepared.values.withUnsafeBufferPointer { left in
        assignments.withUnsafeMutableBufferPointer { assignments in
          squares.withUnsafeMutableBufferPointer { squares in
            changes.withUnsafeMutableBufferPointer { changes in
              let (assignments, squares, changes) = (assignments, squares, changes)
              Blocks.forEach(blocks.count, threads: threads) { block, _ in
                guard let values = values.baseAddress, let left = left.baseAddress else { return }
                let rows = blocks[block]
                let nearest = middle.nearest(to: left + rows.lowerBound * columns, rows.count)
                for (place, row) in rows.enumerated() {
                  changes[block] = changes[block] || assignments[row] != nearest[place]
                  assignments[row] = nearest[place]
                  squares[row] = centres.withUnsafeBufferPointer { centres in
                    guard let centres = centres.baseAddress else { return 0 }
                    return squaredDistance(
                      values + row * columns, centres + Int(nearest[place]) * columns, columns)
                  }
                }
              }
            }
          }
        }
      }
    }
    return changes.contains(true)
  }

  /// Moves each centre to the mean of its points; returns the sum of the squared moves.
  mutating func moveCentres() -> Double {
    let columns = points.columns
    let count = centres.count / max(columns, 1)
    fillEmptyCentres(count)
    var sizes = [Double](repeating: 0, count: count)
    for centre in assignments { sizes[Int(centre)] += 1 }
    var sums = [Double](repeating: 0, count: count * columns)
    let slices = Blocks.ranges(of: columns, size: 64)
    sums.withUnsafeMutableBufferPointer { sums in
      let sums = sums
      Blocks.forEach(slices.count, threads: threads) { slice, _ in
        for row in 0..<points.rows {
          let (from, to) = (row * columns, Int(assignments[row]) * columns)
          for column in slices[slice] { sums[to + column] += Double(points.values[from + column]) }
        }
      }
    }
    var move = 0.0
    for centre in 0..<count where sizes[centre] > 0 {
      for place in centre * columns..<(centre + 1) * columns {
        let value = Float(sums[place] / sizes[centre])
        let difference = Double(value) - Double(centres[place])
        move += difference * difference
        centres[place] = value
      }
    }
    return move
  }

  /// Gives each centre without points the point farthest from its own centre.
  private mutating func fillEmptyCentres(_ count: Int) {
    var sizes = [Int](repeating: 0, count: count)
    for centre in assignments { sizes[Int(centre)] += 1 }
    for centre in 0..<count where sizes[centre] == 0 {
      var farthest: Int?
      for row in 0..<points.rows where sizes[Int(assignments[row])] > 1 && squares[row] > 0 {
        if squares[row] > farthest.map({ squares[$0] }) ?? 0 { farthest = row }
      }
      guard let farthest else { return }
      sizes[Int(assignments[farthest])] -= 1
      sizes[centre] = 1
      assignments[farthest] = Int32(centre)
      squares[farthest] = 0
    }
  }
}

extension CentredPoints {
  /// The row nearest to each of `count` rows of the same frame, by products in single precision.
  fileprivate func nearest(to others: UnsafePointer<Float>, _ count: Int) -> [Int32] {
    var products = [Float](repeating: 0, count: count * rows)
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(count), Int32(rows), Int32(columns), 1,
      others, Int32(max(columns, 1)), values, Int32(max(columns, 1)), 0, &products, Int32(rows))
    return (0..<count).map { place in
      var (best, least) = (0, Float.infinity)
      for row in 0..<rows {
        let square = squaredLengths[row] - 2 * products[place * rows + row]
        if square < least { (best, least) = (row, square) }
      }
      return Int32(best)
    }
  }
}
