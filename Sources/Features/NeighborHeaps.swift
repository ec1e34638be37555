/// For each query the k nearest points seen so far, as heaps with the farthest on top.
///
/// The order is by squared distance, then by row number, so that what is kept does not depend on
/// the order in which points are offered.
struct NeighborHeaps {
  let count: Int
  private let rows: Int
  private let squares: UnsafeMutablePointer<Double>
  private let indices: UnsafeMutablePointer<Int32>

  init(rows: Int, count: Int) {
    self.rows = rows
    self.count = count
    squares = .allocate(capacity: rows * count)
    squares.initialize(repeating: .infinity, count: rows * count)
    indices = .allocate(capacity: rows * count)
    indices.initialize(repeating: .max, count: rows * count)
  }

  func deallocate() {
    squares.deallocate()
    indices.deallocate()
  }

  /// The squared distance of the farthest point kept for a query; infinite while some are missing.
  @inline(__always)
  func farthest(_ row: Int) -> Double { squares[row * count] }

  /// Keeps a point if it is nearer than the farthest one kept.
  @inline(__always)
  func offer(_ row: Int, _ square: Double, _ index: Int32) {
    let squares = squares + row * count
    let indices = indices + row * count
    if !Self.isNearer(square, index, squares[0], indices[0]) { return }
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= count { break }
      if child + 1 < count,
        Self.isNearer(squares[child], indices[child], squares[child + 1], indices[child + 1])
      {
        child += 1
      }
      if !Self.isNearer(square, index, squares[child], indices[child]) { break }
      squares[hole] = squares[child]
      indices[hole] = indices[child]
      hole = child
    }
    squares[hole] = square
    indices[hole] = index
  }

  /// The points kept, nearest first.
  func sorted(threads: Int) -> NearestPoints {
    var sortedSquares = [Double](repeating: 0, count: rows * count)
    var sortedIndices = [Int32](repeating: 0, count: rows * count)
    let blocks = Blocks.ranges(of: rows)
    sortedSquares.withUnsafeMutableBufferPointer { toSquares in
      sortedIndices.withUnsafeMutableBufferPointer { toIndices in
        let (toSquares, toIndices) = (toSquares.baseAddress, toIndices.baseAddress)
        Blocks.forEach(blocks.count, threads: threads) { block, _ in
          guard let toSquares, let toIndices else { return }
          for row in blocks[block] {
            let start = row * count
            let order = (0..<count).sorted {
              Self.isNearer(
                squares[start + $0], indices[start + $0], squares[start + $1], indices[start + $1])
            }
            for (place, source) in order.enumerated() {
              toSquares[start + place] = squares[start + source]
              toIndices[start + place] = indices[start + source]
            }
          }
        }
      }
    }
    return NearestPoints(count: count, indices: sortedIndices, squares: sortedSquares)
  }

  @inline(__always)
  private static func isNearer(
    _ square: Double, _ index: Int32, _ other: Double, _ otherIndex: Int32
  ) -> Bool {
    square < other || (square == other && index < otherIndex)
  }
}

/// The k nearest points of each query with their squared distances in double precision.
struct NearestPoints {
  let count: Int
  let indices: [Int32]
  let squares: [Double]

  /// The same with distances in single precision.
  var neighbors: Neighbors {
    Neighbors(count: count, indices: indices, distances: squares.map { Float($0.squareRoot()) })
  }
}
