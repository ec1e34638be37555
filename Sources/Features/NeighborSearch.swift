import CBLAS
import Synchronization

/// One exact search: tiles of products, scanned for pairs that may be near.
struct NeighborSearch {
  let queries: FeatureMatrix
  let points: FeatureMatrix
  let preparedQueries: CentredPoints
  let prepared: CentredPoints
  let heaps: NeighborHeaps
  let excludesSelf: Bool
  let threads: Int

  /// A lock of its own, so that an array can hold several.
  private final class Lock: Sendable {
    let mutex = Mutex(())
  }

  /// Searches with each query all points.
  func run() {
    let queryBlocks = Blocks.ranges(of: queries.rows)
    let pointBlocks = Blocks.ranges(of: points.rows)
    withTiles { tiles in
      Blocks.forEach(queryBlocks.count, threads: threads) { block, worker in
        for pointBlock in pointBlocks {
          tiles[worker].multiply(queryBlocks[block], pointBlock)
          tiles[worker].scan(bothWays: false)
        }
      }
    }
  }

  /// Searches with all points each of them, multiplying each pair of blocks once.
  func runSymmetric() {
    let blocks = Blocks.ranges(of: points.rows)
    // The blocks themselves come first: they fill the heaps, and later tiles find tight limits.
    let pairs = (1..<max(blocks.count, 1)).flatMap { offset in
      (0..<(blocks.count - offset)).map { ($0, $0 + offset) }
    }
    let locks = blocks.map { _ in Lock() }
    withTiles { tiles in
      Blocks.forEach(blocks.count, threads: threads) { block, worker in
        tiles[worker].multiply(blocks[block], blocks[block])
        tiles[worker].scan(bothWays: false)
      }
      Blocks.forEach(pairs.count, threads: threads) { pair, worker in
        let (first, second) = pairs[pair]
        tiles[worker].multiply(blocks[first], blocks[second])
        // Always the lower block first, so that no two workers wait for each other.
        locks[first].mutex.withLock { _ in
          locks[second].mutex.withLock { _ in tiles[worker].scan(bothWays: true) }
        }
      }
    }
  }

  /// Gives each worker a tile.
  private func withTiles(_ body: (UnsafeMutableBufferPointer<NeighborTile>) -> Void) {
    queries.values.withUnsafeBufferPointer { queryValues in
      points.values.withUnsafeBufferPointer { pointValues in
        preparedQueries.values.withUnsafeBufferPointer { left in
          prepared.values.withUnsafeBufferPointer { right in
            guard let queryValues = queryValues.baseAddress, let left = left.baseAddress,
              let pointValues = pointValues.baseAddress, let right = right.baseAddress
            else { return }
            var tiles = (0..<max(threads, 1)).map { _ in
              NeighborTile(
                search: self, queryValues: queryValues, pointValues: pointValues, left: left,
                right: right)
            }
            defer { for tile in tiles { tile.deallocate() } }
            tiles.withUnsafeMutableBufferPointer { body($0) }
          }
        }
      }
    }
  }
}

/// The products of one block of queries with one block of points.
struct NeighborTile {
  private let search: NeighborSearch
  private let queryValues: UnsafePointer<Float>
  private let pointValues: UnsafePointer<Float>
  private let left: UnsafePointer<Float>
  private let right: UnsafePointer<Float>
  private let products: UnsafeMutablePointer<Float>
  /// For each query and for each point, the limit of |other|² - 2 product above which a pair is
  /// ruled out.
  private let queryLimits: UnsafeMutablePointer<Float>
  private let pointLimits: UnsafeMutablePointer<Float>
  private let pointLengths: UnsafeMutablePointer<Float>
  private var queryRange = 0..<0
  private var pointRange = 0..<0

  init(
    search: NeighborSearch, queryValues: UnsafePointer<Float>, pointValues: UnsafePointer<Float>,
    left: UnsafePointer<Float>, right: UnsafePointer<Float>
  ) {
    self.search = search
    self.queryValues = queryValues
    self.pointValues = pointValues
    self.left = left
    self.right = right
    products = .allocate(capacity: Blocks.rows * Blocks.rows)
    queryLimits = .allocate(capacity: Blocks.rows)
    pointLimits = .allocate(capacity: Blocks.rows)
    pointLengths = .allocate(capacity: Blocks.rows)
  }

  func deallocate() {
    products.deallocate()
    queryLimits.deallocate()
    pointLimits.deallocate()
    pointLengths.deallocate()
  }

  /// Multiplies a block of queries with a block of points.
  mutating func multiply(_ queries: Range<Int>, _ points: Range<Int>) {
    (queryRange, pointRange) = (queries, points)
    let columns = search.points.columns
    let (rows, width) = (Int32(queries.count), Int32(points.count))
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, rows, width, Int32(columns), 1,
      left + queries.lowerBound * columns, Int32(max(columns, 1)),
      right + points.lowerBound * columns, Int32(max(columns, 1)), 0, products, width)
  }

  /// Offers every pair that is not ruled out to the heap of its query, and of its point if asked to.
  func scan(bothWays: Bool) {
    let longestPoint = pointRange.lazy.map { search.prepared.lengths[$0] }.max() ?? 0
    let longestQuery = queryRange.lazy.map { search.preparedQueries.lengths[$0] }.max() ?? 0
    for (place, row) in queryRange.enumerated() {
      queryLimits[place] = limit(of: row, in: search.preparedQueries, longest: longestPoint)
    }
    for (place, row) in pointRange.enumerated() {
      pointLengths[place] = search.prepared.squaredLengths[row]
      pointLimits[place] =
        bothWays ? limit(of: row, in: search.prepared, longest: longestQuery) : -.infinity
    }
    for place in 0..<queryRange.count { scan(row: place, bothWays, longestPoint, longestQuery) }
  }

  /// The bound on |other|² - 2 product of pairs that may be nearer than the farthest one kept.
  @inline(__always)
  private func limit(of row: Int, in points: CentredPoints, longest: Double) -> Float {
    let length = points.lengths[row]
    let limit =
      search.heaps.farthest(row) * points.squaredScale - Double(points.squaredLengths[row])
      + points.errorBound(length, longest)
    return Float(limit).nextUp
  }

  @inline(__always)
  private func scan(
    row: Int, _ bothWays: Bool, _ longestPoint: Double, _ longestQuery: Double
  ) {
    let count = pointRange.count
    let products = products + row * count
    let length = search.preparedQueries.squaredLengths[queryRange.lowerBound + row]
    var place = 0
    while place + Self.stride <= count {
      if hasNearPair(products, place, row, length, bothWays) {
        for candidate in place..<(place + Self.stride) {
          examine(row, candidate, products[candidate], length, bothWays, longestPoint, longestQuery)
        }
      }
      place += Self.stride
    }
    while place < count {
      examine(row, place, products[place], length, bothWays, longestPoint, longestQuery)
      place += 1
    }
  }

  /// How many pairs are looked at together.
  private static let stride = 32

  /// Whether any of the next points is not ruled out; loops that the compiler turns into vectors.
  @inline(__always)
  private func hasNearPair(
    _ products: UnsafeMutablePointer<Float>, _ place: Int, _ row: Int, _ length: Float,
    _ bothWays: Bool
  ) -> Bool {
    let limit = queryLimits[row]
    var near: Int32 = 0
    if bothWays {
      for point in place..<(place + Self.stride) {
        let twice = products[point] + products[point]
        near |= pointLengths[point] - twice < limit ? 1 : 0
        near |= length - twice < pointLimits[point] ? 1 : 0
      }
    } else {
      for point in place..<(place + Self.stride) {
        let twice = products[point] + products[point]
        near |= pointLengths[point] - twice < limit ? 1 : 0
      }
    }
    return near != 0
  }

  /// Offers a pair to the heaps that it is not ruled out of, with its exact distance.
  @inline(__always)
  private func examine(
    _ row: Int, _ place: Int, _ product: Float, _ length: Float, _ bothWays: Bool,
    _ longestPoint: Double, _ longestQuery: Double
  ) {
    let nearQuery = pointLengths[place] - (product + product) < queryLimits[row]
    let nearPoint = bothWays && length - (product + product) < pointLimits[place]
    guard nearQuery || nearPoint else { return }
    let query = queryRange.lowerBound + row
    let point = pointRange.lowerBound + place
    if search.excludesSelf && query == point { return }
    let columns = search.points.columns
    let square = squaredDistance(
      queryValues + query * columns, pointValues + point * columns, columns)
    if nearQuery {
      search.heaps.offer(query, square, Int32(point))
      queryLimits[row] = limit(of: query, in: search.preparedQueries, longest: longestPoint)
    }
    if nearPoint {
      search.heaps.offer(point, square, Int32(query))
      pointLimits[place] = limit(of: point, in: search.prepared, longest: longestQuery)
    }
  }
}
