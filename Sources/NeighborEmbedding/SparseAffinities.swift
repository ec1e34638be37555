import Features
import Foundation

/// The joint similarities p_ij of the input in rows of the pairs that have any, for the gradient.
///
/// p_ij = (p_{j|i} + p_{i|j}) / 2n, which sums to one over all ordered pairs. Rows are sorted by column
/// and filled up to a multiple of four with pairs (i, i) of weight zero.
final class SparseAffinities {
  /// The number of points.
  let count: Int
  /// The place of each row's first pair; one more at the end.
  let starts: Scratch<Int>
  /// The second point of each pair.
  let columns: Scratch<Int32>
  /// The similarity of each pair.
  let values: Scratch<Float>
  /// Σ p_ij, 1 but for rounding.
  let sum: Double
  /// Σ p_ij ln p_ij.
  let negativeEntropy: Double

  /// The width that rows are filled up to.
  static let lanes = 4

  /// Symmetrises conditional probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: p_{j|i} in the neighbours' layout, n x k.
  ///   - neighbors: Which points they belong to; a point is no neighbour of itself.
  ///   - work: The threads to use.
  init(probabilities: Scratch<Double>, neighbors: Neighbors, work: ChunkedWork) {
    let k = neighbors.count
    let count = neighbors.indices.count / max(k, 1)
    let incoming = IncomingPairs(neighbors)
    // First every row's merged length, then, when all places are known, its contents.
    let lengths = Scratch(repeating: 0, count: count)
    work.forEach(count, chunk: 256) { rows in
      for row in rows {
        let merged = Self.merge(row, probabilities, neighbors, incoming)
        lengths[row] = (merged.count + Self.lanes - 1) / Self.lanes * Self.lanes
      }
    }
    let starts = Scratch(repeating: 0, count: count + 1)
    for row in 0..<count { starts[row + 1] = starts[row] + lengths[row] }
    let columns = Scratch(repeating: Int32(0), count: starts[count])
    let values = Scratch(repeating: Float(0), count: starts[count])
    let scale = 1 / (2 * Double(count))
    let sums = work.sum(count, chunk: 256) { rows in
      var sums = SIMD2<Double>.zero
      for row in rows {
        var place = starts[row]
        for pair in Self.merge(row, probabilities, neighbors, incoming) {
          let value = Float(pair.value * scale)
          columns[place] = pair.column
          values[place] = value
          place += 1
          if value > 0 {
            sums += SIMD2(Double(value), Double(value) * log(Double(value)))
          }
        }
        while place < starts[row + 1] {
          columns[place] = Int32(row)
          place += 1
        }
      }
      return sums
    }
    self.count = count
    self.starts = starts
    self.columns = columns
    self.values = values
    sum = sums[0]
    negativeEntropy = sums[1]
  }

  private struct Pair {
    var column: Int32
    var value: Double
  }

  /// A row's own and incoming probabilities, sorted by column, those of one column added.
  private static func merge(
    _ row: Int, _ probabilities: Scratch<Double>, _ neighbors: Neighbors, _ incoming: IncomingPairs
  ) -> [Pair] {
    let k = neighbors.count
    var pairs: [Pair] = []
    pairs.reserveCapacity(k + incoming.starts[row + 1] - incoming.starts[row])
    for place in row * k..<(row + 1) * k {
      pairs.append(Pair(column: neighbors.indices[place], value: probabilities[place]))
    }
    for index in incoming.starts[row]..<incoming.starts[row + 1] {
      let place = Int(incoming.places[index])
      pairs.append(Pair(column: Int32(place / k), value: probabilities[place]))
    }
    pairs.sort { $0.column < $1.column }
    var merged = 0
    for index in pairs.indices {
      if merged > 0 && pairs[merged - 1].column == pairs[index].column {
        pairs[merged - 1].value += pairs[index].value
      } else {
        pairs[merged] = pairs[index]
        merged += 1
      }
    }
    pairs.removeLast(pairs.count - merged)
    return pairs
  }
}

/// For each point the places in the neighbours' layout that name it.
private struct IncomingPairs {
  let starts: Scratch<Int>
  let places: Scratch<Int64>

  init(_ neighbors: Neighbors) {
    let count = neighbors.indices.count / max(neighbors.count, 1)
    starts = Scratch(repeating: 0, count: count + 1)
    places = Scratch(repeating: 0, count: neighbors.indices.count)
    neighbors.indices.withUnsafeBufferPointer { indices in
      for index in indices { starts[Int(index) + 1] += 1 }
      for row in 0..<count { starts[row + 1] += starts[row] }
      let filled = Scratch(repeating: 0, count: count)
      for place in 0..<indices.count {
        let row = Int(indices[place])
        places[starts[row] + filled[row]] = Int64(place)
        filled[row] += 1
      }
    }
  }
}
