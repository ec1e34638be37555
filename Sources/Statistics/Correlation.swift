/// Returns Pearson's correlation of paired values.
///
/// Σ (x - x̄)(y - ȳ) / √(Σ (x - x̄)² Σ (y - ȳ)²), in -1...1.
///
/// - Parameters:
///   - x: The first value of each pair.
///   - y: The second value of each pair.
/// - Returns: The correlation, or nil for fewer than two pairs or if one side does not vary.
public func pearsonCorrelation(_ x: [Double], _ y: [Double]) -> Double? {
  precondition(x.count == y.count, "\(x.count) values paired with \(y.count)")
  guard x.count > 1 else { return nil }
  let meanX = x.reduce(0, +) / Double(x.count)
  let meanY = y.reduce(0, +) / Double(y.count)
  var (xx, yy, xy) = (0.0, 0.0, 0.0)
  for (a, b) in zip(x, y) {
    xx += (a - meanX) * (a - meanX)
    yy += (b - meanY) * (b - meanY)
    xy += (a - meanX) * (b - meanY)
  }
  guard xx > 0 && yy > 0 else { return nil }
  return min(1, max(-1, xy / (xx.squareRoot() * yy.squareRoot())))
}

/// Returns Spearman's correlation of paired values: Pearson's of their ranks, ties averaged.
///
/// - Parameters:
///   - x: The first value of each pair.
///   - y: The second value of each pair.
/// - Returns: The correlation, or nil for fewer than two pairs or if one side does not vary.
public func spearmanCorrelation(_ x: [Double], _ y: [Double]) -> Double? {
  pearsonCorrelation(averageRanks(x), averageRanks(y))
}
