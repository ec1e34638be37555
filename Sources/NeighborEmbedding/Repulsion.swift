/// The repulsion among all points of the plane, by one of the methods.
protocol Repulsion: AnyObject {
  /// Computes the repulsion at each point.
  ///
  /// - Parameters:
  ///   - points: The places y_i.
  ///   - result: Receives Σ_j (y_i − y_j) / (1 + |y_i − y_j|²)² for each point.
  /// - Returns: Z = Σ_{i ≠ j} (1 + |y_i − y_j|²)⁻¹.
  func forces(at points: Scratch<SIMD2<Float>>, into result: Scratch<SIMD2<Float>>) -> Double
}

/// Repulsion from every pair: O(n²).
final class ExactRepulsion: Repulsion {
  private let work: ChunkedWork
  private let xs: Scratch<Float>
  private let ys: Scratch<Float>

  private typealias Lanes = SIMD8<Float>

  /// Sums of single precision are taken over so many points, and then added in double precision.
  private static let block = 256

  init(count: Int, work: ChunkedWork) {
    self.work = work
    let padded = (count + Lanes.scalarCount - 1) / Lanes.scalarCount * Lanes.scalarCount
    xs = Scratch(repeating: 0, count: padded)
    ys = Scratch(repeating: 0, count: padded)
  }

  func forces(at points: Scratch<SIMD2<Float>>, into result: Scratch<SIMD2<Float>>) -> Double {
    split(points)
    return work.sum(points.count, chunk: 64) { rows in
      var total = 0.0
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: Lanes.scalarCount) {
        let (sums, x, y) = sums(first, points.count)
        for lane in 0..<min(Lanes.scalarCount, rows.upperBound - first) {
          total += sums[lane]
          result[first + lane] = SIMD2(Float(x[lane]), Float(y[lane]))
        }
      }
      // Each point met itself at distance 0.
      return SIMD2(total - Double(rows.count), 0)
    }[0]
  }

  /// Z alone, in half of the time.
  func normalization(at points: Scratch<SIMD2<Float>>) -> Double {
    split(points)
    return work.sum(points.count, chunk: 64) { rows in
      var total = 0.0
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: Lanes.scalarCount) {
        let x = Self.load(xs, first)
        let y = Self.load(ys, first)
        var sums = SIMD8<Double>.zero
        for start in stride(from: 0, to: points.count, by: Self.block) {
          var part = Lanes.zero
          for other in start..<min(start + Self.block, points.count) {
            let dx = x - xs[other]
            let dy = y - ys[other]
            part += 1 / (1 + dx * dx + dy * dy)
          }
          sums += SIMD8<Double>(part)
        }
        for lane in 0..<min(Lanes.scalarCount, rows.upperBound - first) { total += sums[lane] }
      }
      return SIMD2(total - Double(rows.count), 0)
    }[0]
  }

  private func split(_ points: Scratch<SIMD2<Float>>) {
    for index in 0..<points.count {
      xs[index] = points[index].x
      ys[index] = points[index].y
    }
  }

  @inline(__always)
  private static func load(_ values: Scratch<Float>, _ first: Int) -> Lanes {
    UnsafeRawPointer(values.pointer + first).loadUnaligned(as: Lanes.self)
  }

  /// Normalisation and force of eight points.
  @inline(__always)
  private func sums(
    _ first: Int, _ count: Int
  ) -> (SIMD8<Double>, SIMD8<Double>, SIMD8<Double>) {
    let x = Self.load(xs, first)
    let y = Self.load(ys, first)
    var total = (SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero)
    for start in stride(from: 0, to: count, by: Self.block) {
      var part = (Lanes.zero, Lanes.zero, Lanes.zero)
      for other in start..<min(start + Self.block, count) {
        let dx = x - xs[other]
        let dy = y - ys[other]
        let kernel = 1 / (1 + dx * dx + dy * dy)
        part.0 += kernel
        let square = kernel * kernel
        part.1 += square * dx
        part.2 += square * dy
      }
      total.0 += SIMD8<Double>(part.0)
      total.1 += SIMD8<Double>(part.1)
      total.2 += SIMD8<Double>(part.2)
    }
    return total
  }
}
