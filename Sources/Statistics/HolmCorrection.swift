/// Adjusts p-values for the number of claims tested together, by Holm's method.
///
/// With the p-values in ascending order, the i-th of m becomes the largest of (m - j + 1) p_(j)
/// over j ≤ i, at most 1. Rejecting where the adjusted value is at most α keeps the chance of any
/// false rejection below α, whatever the dependence between the tests.
///
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal
/// of Statistics 6, 1979.
///
/// - Parameter pValues: The p-values of one family of claims.
/// - Returns: The adjusted p-values, in the order given.
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
  var result = pValues
  var largest = 0.0
  for (rank, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
    largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
    result[index] = largest
  }
  return result
}
