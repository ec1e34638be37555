/// Returns the quantile of sorted values by linear interpolation between order statistics.
///
/// With h = (n - 1) p, the value at h if h is whole, else interpolated between its neighbours; the
/// usual definition of NumPy and R (type 7 of R. J. Hyndman and Y. Fan, 1996).
///
/// - Parameters:
///   - sorted: The values in ascending order, not empty.
///   - probability: The share of values below, in 0...1.
/// - Returns: The quantile.
public func quantile(sorted: [Double], _ probability: Double) -> Double {
  precondition(
    !sorted.isEmpty && probability >= 0 && probability <= 1,
    "quantile \(probability) of \(sorted.count) values")
  let position = Double(sorted.count - 1) * probability
  let index = min(Int(position), sorted.count - 1)
  let next = min(index + 1, sorted.count - 1)
  return sorted[index] + (position - Double(index)) * (sorted[next] - sorted[index])
}
