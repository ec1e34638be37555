import Foundation

/// The attraction along the pairs that are similar in the input.
struct EdgeForces {
  let affinities: SparseAffinities
  let work: ChunkedWork

  private static let chunk = 256

  /// Σ_j p_ij (y_i − y_j) / (1 + |y_i − y_j|²) for each point.
  func add(at points: Scratch<SIMD2<Float>>, to result: Scratch<SIMD2<Float>>) {
    let places = points.pointer
    let columns = affinities.columns.pointer
    let values = affinities.values.pointer
    let starts = affinities.starts.pointer
    work.forEach(affinities.count, chunk: Self.chunk) { rows in
      for row in rows {
        let own = places[row]
        var x = SIMD4<Float>.zero
        var y = SIMD4<Float>.zero
        for pair in stride(from: starts[row], to: starts[row + 1], by: SparseAffinities.lanes) {
          let (dx, dy) = Self.offsets(own, places, columns + pair)
          let weight =
            UnsafeRawPointer(values + pair).loadUnaligned(as: SIMD4<Float>.self)
            / (1 + dx * dx + dy * dy)
          x += weight * dx
          y += weight * dy
        }
        result[row] = SIMD2(x.sum(), y.sum())
      }
    }
  }

  /// Σ p_ij ln(1 + |y_i − y_j|²) over all pairs.
  func logarithmicSpread(at points: Scratch<SIMD2<Float>>) -> Double {
    let places = points.pointer
    return work.sum(affinities.count, chunk: Self.chunk) { rows in
      var total = 0.0
      for row in rows {
        for pair in affinities.starts[row]..<affinities.starts[row + 1] {
          let offset = places[row] - places[Int(affinities.columns[pair])]
          let square = Double(offset.x) * Double(offset.x) + Double(offset.y) * Double(offset.y)
          total += Double(affinities.values[pair]) * log(1 + square)
        }
      }
      return SIMD2(total, 0)
    }[0]
  }

  @inline(__always)
  private static func offsets(
    _ own: SIMD2<Float>, _ places: UnsafeMutablePointer<SIMD2<Float>>,
    _ columns: UnsafeMutablePointer<Int32>
  ) -> (SIMD4<Float>, SIMD4<Float>) {
    let a = places[Int(columns[0])]
    let b = places[Int(columns[1])]
    let c = places[Int(columns[2])]
    let d = places[Int(columns[3])]
    return (
      own.x - SIMD4(a.x, b.x, c.x, d.x), own.y - SIMD4(a.y, b.y, c.y, d.y)
    )
  }
}
