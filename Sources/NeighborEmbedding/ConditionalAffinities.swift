import Features
import Foundation

/// How near each point finds its neighbours: p_{j|i} of t-SNE.
///
/// p_{j|i} = exp(−β_i d_ij²) / Σ_k exp(−β_i d_ik²) over the neighbours given, with β_i such that the
/// entropy of p_{·|i} is the logarithm of the perplexity.
///
/// Source: L. van der Maaten, G. Hinton, "Visualizing data using t-SNE", JMLR 9, 2008.
enum ConditionalAffinities {
  private static let tolerance = 1e-9
  private static let steps = 100

  /// The probabilities in the neighbours' layout, n x k.
  ///
  /// The entropy is met to 10⁻⁹ nats where any β meets it. It cannot be met where more neighbours
  /// than the perplexity are at the smallest distance, as duplicates are: those share the row evenly.
  static func probabilities(
    _ neighbors: Neighbors, perplexity: Double, work: ChunkedWork
  ) -> Scratch<Double> {
    let k = neighbors.count
    let count = neighbors.indices.count / max(k, 1)
    let result = Scratch(repeating: 0.0, count: count * k)
    neighbors.distances.withUnsafeBufferPointer { distances in
      work.forEach(count, chunk: 64) { rows in
        let squares = Scratch(repeating: 0.0, count: k)
        for row in rows {
          for place in 0..<k {
            let distance = Double(distances[row * k + place])
            squares[place] = distance * distance
          }
          fill(
            result.pointer + row * k, squares: squares.pointer, count: k,
            entropy: Foundation.log(perplexity))
        }
      }
    }
    return result
  }

  /// One row: Newton's steps for ln β, kept between the bounds found so far.
  static func fill(
    _ row: UnsafeMutablePointer<Double>, squares: UnsafeMutablePointer<Double>, count: Int,
    entropy target: Double
  ) {
    var nearest = Double.infinity
    var mean = 0.0
    for place in 0..<count {
      nearest = min(nearest, squares[place])
      mean += squares[place] / Double(count)
    }
    guard mean > nearest else {
      for place in 0..<count { row[place] = 1 / Double(count) }
      return
    }
    // Distances count from the nearest, which leaves p as it is and keeps the exponentials in range.
    var low = -Double.infinity
    var high = Double.infinity
    var logBeta = -Foundation.log(mean - nearest)
    var total = 0.0
    for _ in 0..<steps {
      let beta = Foundation.exp(logBeta)
      total = 0
      var first = 0.0
      var second = 0.0
      for place in 0..<count {
        let excess = squares[place] - nearest
        let weight = Foundation.exp(-beta * excess)
        row[place] = weight
        total += weight
        first += weight * excess
        second += weight * excess * excess
      }
      first /= total
      second /= total
      let difference = Foundation.log(total) + beta * first - target
      if difference.magnitude < tolerance { break }
      if difference > 0 { low = logBeta } else { high = logBeta }
      // dH / d ln β = −β² Var(d²).
      let slope = -beta * beta * max(second - first * first, 0)
      var next = logBeta - difference / slope
      if !(next > low && next < high) || (next - logBeta).magnitude > 3 {
        next =
          low.isFinite && high.isFinite ? (low + high) / 2 : logBeta + (difference > 0 ? 2 : -2)
      }
      if next == logBeta || next.magnitude > 700 { break }
      logBeta = next
    }
    for place in 0..<count { row[place] /= total }
  }
}
