/// A quadtree over points of the plane, in flat arrays that are walked without a stack.
///
/// Points are sorted along a space-filling curve, so that each cell is a range of them; cells are
/// listed before their children, each with the place of the next cell that is not inside it. The
/// same points give the same tree, bit for bit.
final class QuadTree {
  /// A cell, or a leaf with its points.
  struct Cell: BitwiseCopyable {
    /// The mean of the cell's points.
    var center: SIMD2<Float> = .zero
    /// The number of its points.
    var mass: Float = 0
    /// The square of its width.
    var squaredWidth: Float = 0
    /// The next cell outside this one.
    var next: Int32 = 0
    /// The first of its points in the order of the curve, if it is a leaf whose points are to be looked at
    /// one by one; otherwise -1.
    var first: Int32 = -1
  }

  /// Cells in pre-order.
  private(set) var cells: [Cell] = []
  /// The point at each place of the curve.
  let order: Scratch<Int32>
  /// The points' coordinates in the order of the curve.
  let xs: Scratch<Float>
  let ys: Scratch<Float>

  /// Leaves hold at most so many points, but for points that are the same at the curve's resolution.
  private static let leafSize = 8
  /// The curve has 2¹⁶ places a side; 32 bits hold both.
  private static let levels = 16

  private let keys: Scratch<UInt32>
  private let spareKeys: Scratch<UInt32>
  private let spareOrder: Scratch<Int32>
  private let work: ChunkedWork

  /// Makes room for a number of points.
  init(count: Int, work: ChunkedWork) {
    self.work = work
    order = Scratch(repeating: 0, count: count)
    spareOrder = Scratch(repeating: 0, count: count)
    keys = Scratch(repeating: 0, count: count)
    spareKeys = Scratch(repeating: 0, count: count)
    let padded = count + BarnesHutRepulsion.Lanes.scalarCount
    xs = Scratch(repeating: 0, count: padded)
    ys = Scratch(repeating: 0, count: padded)
  }

  /// Builds the tree of the points at their present places.
  func build(_ points: Scratch<SIMD2<Float>>) {
    let count = points.count
    var low = SIMD2<Float>(repeating: .infinity)
    var high = SIMD2<Float>(repeating: -.infinity)
    for index in 0..<count {
      low = pointwiseMin(low, points[index])
      high = pointwiseMax(high, points[index])
    }
    let side = max((high - low).max(), .leastNormalMagnitude)
    let scale = Float(1 << Self.levels) / side
    let last = SIMD2<Int32>(repeating: 1 << Int32(Self.levels) - 1)
    work.forEach(count, chunk: 4096) { range in
      for index in range {
        let place = pointwiseMin(SIMD2<Int32>((points[index] - low) * scale), last)
        keys[index] = Self.key(UInt32(place.x), UInt32(place.y))
        order[index] = Int32(index)
      }
    }
    sort()
    for place in 0..<count {
      let point = points[Int(order[place])]
      xs[place] = point.x
      ys[place] = point.y
    }
    cells.removeAll(keepingCapacity: true)
    append(0..<count, level: 0, width: side)
  }

  /// The place of a small square on Hilbert's curve, whose neighbours are neighbours in the plane too.
  ///
  /// The first 2k bits are the same for all squares of one cell of level k.
  static func key(_ x: UInt32, _ y: UInt32) -> UInt32 {
    var x = x
    var y = y
    var key: UInt32 = 0
    var bit: UInt32 = 1 << UInt32(levels - 1)
    while bit > 0 {
      let right: UInt32 = x & bit == 0 ? 0 : 1
      let upper: UInt32 = y & bit == 0 ? 0 : 1
      key = key << 2 | ((3 &* right) ^ upper)
      if upper == 0 {
        if right == 1 {
          x = ~x
          y = ~y
        }
        swap(&x, &y)
      }
      bit >>= 1
    }
    return key
  }

  /// Sorts keys and order by key, keeping the order of equal keys: bytes from the last to the first.
  private func sort() {
    var from = (keys.pointer, order.pointer)
    var to = (spareKeys.pointer, spareOrder.pointer)
    let places = Scratch(repeating: 0, count: 257)
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      for digit in 0..<places.count { places[digit] = 0 }
      for index in 0..<keys.count { places[Int(from.0[index] >> shift & 255) + 1] += 1 }
      for digit in 1..<places.count { places[digit] += places[digit - 1] }
      for index in 0..<keys.count {
        let key = from.0[index]
        let digit = Int(key >> shift & 255)
        let place = places[digit]
        places[digit] = place + 1
        to.0[place] = key
        to.1[place] = from.1[index]
      }
      swap(&from, &to)
    }
  }

  /// Appends the cell of a range of points, and its children.
  private func append(_ range: Range<Int>, level: Int, width: Float) {
    var level = level
    var width = width
    let place = cells.count
    cells.append(Cell())
    // A cell of which one quarter holds everything stands aside for that quarter.
    let different = keys[range.lowerBound] ^ keys[range.upperBound - 1]
    let common = different.leadingZeroBitCount / 2
    while level < common {
      level += 1
      width /= 2
    }
    var sum = SIMD2<Double>.zero
    var first: Int32 = -1
    if range.count <= Self.leafSize || level == Self.levels {
      for index in range { sum += SIMD2(Double(xs[index]), Double(ys[index])) }
      if range.count <= Self.leafSize { first = Int32(range.lowerBound) }
    } else {
      let shift = UInt32(2 * (Self.levels - 1 - level))
      var start = range.lowerBound
      while start < range.upperBound {
        let quarter = keys[start] >> shift
        let end = firstIndex(after: quarter, shift: shift, in: start + 1..<range.upperBound)
        let child = cells.count
        append(start..<end, level: level + 1, width: width / 2)
        sum += SIMD2<Double>(cells[child].center) * Double(cells[child].mass)
        start = end
      }
    }
    cells[place] = Cell(
      center: SIMD2<Float>(sum / Double(range.count)), mass: Float(range.count),
      squaredWidth: width * width, next: Int32(cells.count), first: first)
  }

  /// Where in sorted keys those of a quarter end.
  private func firstIndex(after quarter: UInt32, shift: UInt32, in range: Range<Int>) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] >> shift > quarter { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
