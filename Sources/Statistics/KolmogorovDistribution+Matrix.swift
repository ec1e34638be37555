import Foundation

extension KolmogorovDistribution {
  /// Returns P(D < d) as an entry of a matrix power, exact but for rounding.
  ///
  /// With k = ⌈n d⌉ and h = k - n d, the entry (k, k) of n! / nⁿ Hⁿ, H of size 2 k - 1: J. Durbin,
  /// "Distribution theory for tests based on the sample distribution function", 1973, in the form
  /// of G. Marsaglia, W. W. Tsang and J. Wang, "Evaluating Kolmogorov's distribution", Journal of
  /// Statistical Software 8(18), 2003. No entry is negative, so nothing cancels.
  func matrixDistribution(_ d: Double) -> Double {
    let n = Double(count)
    let scaled = n * d
    let k = Int(scaled.rounded(.up))
    let size = 2 * k - 1
    var power = ScaledMatrix(size: size, entries: Self.entries(size: size, h: Double(k) - scaled))
    var row = [Double](repeating: 0, count: size)
    row[k - 1] = 1
    var exponent = 0
    var rest = count
    while true {
      if rest & 1 == 1 {
        row = power.multiplied(row)
        exponent += power.exponent + ScaledMatrix.rescale(&row)
      }
      rest >>= 1
      if rest == 0 { break }
      power = power.squared()
    }
    // n! / nⁿ = √(2π n) exp(δ(n) - n).
    let logarithm =
      Double(exponent) * log(2.0) + BinomialTerm.stirlingRemainder(n) - n
    return row[k - 1] * (2 * Double.pi * n).squareRoot() * exp(logarithm)
  }

  /// H: 1 / (i - j + 1)! on and below the line above the diagonal; the first column and the last row
  /// lack the paths that leave by the cut corner h.
  private static func entries(size: Int, h: Double) -> [Double] {
    var inverseFactorials = [1.0]
    for step in 1...size { inverseFactorials.append(inverseFactorials[step - 1] / Double(step)) }
    var entries = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...min(i + 1, size - 1) { entries[i * size + j] = inverseFactorials[i - j + 1] }
    }
    var power = 1.0
    for i in 0..<size {
      power *= h
      let edge = (1 - power) * inverseFactorials[i + 1]
      entries[i * size] = edge
      entries[(size - 1) * size + size - 1 - i] = edge
    }
    let both = 1 - 2 * power + pow(max(0, 2 * h - 1), Double(size))
    entries[(size - 1) * size] = both * inverseFactorials[size]
    return entries
  }
}

/// A square matrix times a power of two, so that its powers do not overflow.
private struct ScaledMatrix {
  let size: Int
  private(set) var entries: [Double]
  private(set) var exponent = 0

  init(size: Int, entries: [Double]) {
    self.size = size
    self.entries = entries
  }

  /// The matrix times itself.
  func squared() -> ScaledMatrix {
    var result = ScaledMatrix(
      size: size, entries: [Double](repeating: 0, count: entries.count))
    let size = size
    entries.withUnsafeBufferPointer { source in
      result.entries.withUnsafeMutableBufferPointer { target in
        for i in 0..<size {
          for k in 0..<size {
            let factor = source[i * size + k]
            if factor == 0 { continue }
            for j in 0..<size { target[i * size + j] += factor * source[k * size + j] }
          }
        }
      }
    }
    result.exponent = 2 * exponent + Self.rescale(&result.entries)
    return result
  }

  /// A row times the matrix, without its power of two.
  func multiplied(_ row: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: size)
    for (k, factor) in row.enumerated() where factor != 0 {
      for j in 0..<size { result[j] += factor * entries[k * size + j] }
    }
    return result
  }

  /// Divides entries by the power of two of the largest, and returns its exponent.
  static func rescale(_ entries: inout [Double]) -> Int {
    let largest = entries.max() ?? 0
    guard largest > 0, largest.isFinite else { return 0 }
    let exponent = largest.exponent
    let scale = Double(sign: .plus, exponent: -Int(exponent), significand: 1)
    for index in entries.indices { entries[index] *= scale }
    return Int(exponent)
  }
}
