/// Paths of unit steps from (0, 0) to (n, m), all equally likely, against the diagonal.
///
/// The order in which the values of two samples come is such a path, and at (i, j) the distribution
/// functions are (i m - j n) / (n m) apart.
struct LatticePaths {
  /// The steps of the first kind, positive.
  let n: Int
  /// The steps of the second kind, positive.
  let m: Int
  /// The distance from the diagonal that counts as leaving, in units of i m - j n.
  let gap: Int

  /// The share of paths that somewhere reach i m - j n ≥ gap.
  var shareLeavingAbove: Double {
    if gap <= 0 { return 1 }
    if gap > n * m { return 0 }
    return n == m ? reflected(bothSides: false) : recursion(bothSides: false)
  }

  /// The share of paths that somewhere reach |i m - j n| ≥ gap.
  var shareLeavingEitherSide: Double {
    if gap <= 0 { return 1 }
    if gap > n * m { return 0 }
    return n == m ? reflected(bothSides: true) : recursion(bothSides: true)
  }

  /// For n = m, by the reflection principle with h = gap / n: C(2n, n - h) / C(2n, n) on one side, and
  /// on both twice the sum of C(2n, n - k h) / C(2n, n) over k ≥ 1 with signs +, -, +, ….
  ///
  /// B. V. Gnedenko and V. S. Korolyuk, 1951.
  private func reflected(bothSides: Bool) -> Double {
    let height = (gap + n - 1) / n
    var (ratio, sum, sign) = (1.0, 0.0, bothSides ? 2.0 : 1.0)
    for step in 0..<n {
      ratio *= Double(n - step) / Double(n + 1 + step)
      guard (step + 1).isMultiple(of: height) else { continue }
      sum += sign * ratio
      sign = -sign
      if !bothSides || ratio < 1e-20 * sum { break }
    }
    return min(1, sum)
  }

  /// The share at (i, j) is 1 outside the band, and inside the mean of the shares at (i - 1, j) and
  /// (i, j - 1) weighted by i and j.
  ///
  /// Diagonals i + j = s follow one another, so that the cells of one do not wait for each other. All
  /// terms are positive: small shares keep their digits.
  private func recursion(bothSides: Bool) -> Double {
    let (n, m, gap) = (n, m, gap)
    // Place j + 1 holds the share at j; what has not been reached is outside.
    var old = [Double](repeating: 1, count: m + 3)
    var new = old
    // No step has been taken at (0, 0), so nothing is outside yet.
    old[1] = 0
    let numbers = (0...m).map(Double.init)
    for s in 1...(n + m) {
      let bandLow = floorDivide(s * m - gap, by: n + m) + 1
      let bandHigh = bothSides ? floorDivide(s * m + gap - 1, by: n + m) : m
      let low = max(bandLow, s - n, 0)
      let high = min(bandHigh, m, s)
      if low > high { return 1 }
      let (steps, inverse) = (Double(s), 1 / Double(s))
      numbers.withUnsafeBufferPointer { number in
        old.withUnsafeBufferPointer { old in
          new.withUnsafeMutableBufferPointer { new in
            for j in low...high {
              let fromFirst = (steps - number[j]) * old[j + 1]
              new[j + 1] = (fromFirst + number[j] * old[j]) * inverse
            }
          }
        }
      }
      if bandLow == low && low > 0 { new[low] = 1 }
      new[high + 2] = 1
      swap(&old, &new)
    }
    return min(1, old[m + 1])
  }
}

/// The quotient rounded down, for a positive divisor.
private func floorDivide(_ number: Int, by divisor: Int) -> Int {
  let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? quotient - 1 : quotient
}
