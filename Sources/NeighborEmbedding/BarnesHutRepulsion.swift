/// Repulsion in which the points of a distant cell act as one at their mean.
///
/// A cell is distant from a group of points that lie together when its width is below theta times the
/// distance of its mean from the box around the group: at least as strict for each point as the
/// condition of the point alone. Points of near leaves act one by one.
///
/// Source: J. Barnes, P. Hut, "A hierarchical O(N log N) force-calculation algorithm", Nature 324, 1986;
/// groups as in J. E. Barnes, "A modified tree code", Journal of Computational Physics 87, 1990.
final class BarnesHutRepulsion: Repulsion {
  /// The points that walk the tree together.
  typealias Lanes = SIMD8<Float>

  private let tree: QuadTree
  private let work: ChunkedWork
  private let inverseSquaredTheta: Float

  init(count: Int, theta: Double, work: ChunkedWork) {
    tree = QuadTree(count: count, work: work)
    self.work = work
    inverseSquaredTheta = Float(1 / (theta * theta))
  }

  func forces(at points: Scratch<SIMD2<Float>>, into result: Scratch<SIMD2<Float>>) -> Double {
    tree.build(points)
    let count = points.count
    let width = Lanes.scalarCount
    // Lanes beyond the last point do as it does, and are not read.
    for lane in 0..<width {
      tree.xs[count + lane] = tree.xs[count - 1]
      tree.ys[count + lane] = tree.ys[count - 1]
    }
    return tree.cells.withUnsafeBufferPointer { cells in
      work.sum(count, chunk: 16 * width) { range in
        var total = 0.0
        for first in stride(from: range.lowerBound, to: range.upperBound, by: width) {
          let (kernel, x, y) = walk(cells, from: first)
          for lane in 0..<min(width, range.upperBound - first) {
            total += Double(kernel[lane])
            result[Int(tree.order[first + lane])] = SIMD2(x[lane], y[lane])
          }
        }
        // Each point met itself, in its leaf or within a cell of no width.
        return SIMD2(total - Double(range.count), 0)
      }[0]
    }
  }

  /// What acts on the points from one place of the curve on: normalisation and force.
  @inline(__always)
  private func walk(
    _ cells: UnsafeBufferPointer<QuadTree.Cell>, from first: Int
  ) -> (Lanes, Lanes, Lanes) {
    let x = UnsafeRawPointer(tree.xs.pointer + first).loadUnaligned(as: Lanes.self)
    let y = UnsafeRawPointer(tree.ys.pointer + first).loadUnaligned(as: Lanes.self)
    let box = (x.min(), x.max(), y.min(), y.max())
    var sums = (Lanes.zero, Lanes.zero, Lanes.zero)
    let xs = tree.xs.pointer
    let ys = tree.ys.pointer
    var place = 0
    while place < cells.count {
      let cell = cells[place]
      let dx = max(box.0 - cell.center.x, cell.center.x - box.1, 0)
      let dy = max(box.2 - cell.center.y, cell.center.y - box.3, 0)
      if cell.squaredWidth * inverseSquaredTheta < dx * dx + dy * dy {
        Self.add(&sums, x - cell.center.x, y - cell.center.y, mass: cell.mass)
        place = Int(cell.next)
      } else if cell.first >= 0 {
        let start = Int(cell.first)
        for index in start..<start + Int(cell.mass) {
          Self.add(&sums, x - xs[index], y - ys[index], mass: 1)
        }
        place = Int(cell.next)
      } else if Int(cell.next) == place + 1 {
        // Points that the curve does not tell apart.
        Self.add(&sums, x - cell.center.x, y - cell.center.y, mass: cell.mass)
        place += 1
      } else {
        place += 1
      }
    }
    return sums
  }

  @inline(__always)
  private static func add(
    _ sums: inout (Lanes, Lanes, Lanes), _ dx: Lanes, _ dy: Lanes, mass: Float
  ) {
    let kernel = 1 / (1 + dx * dx + dy * dy)
    let weighted = mass * kernel
    sums.0 += weighted
    let square = weighted * kernel
    sums.1 += square * dx
    sums.2 += square * dy
  }
}
