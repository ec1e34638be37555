/// Returns the area under the receiver operating characteristic, by the Mann-Whitney statistic.
///
/// The chance that a random positive scores above a random negative, ties counting one half:
/// (R - n (n + 1) / 2) / (n m) with R the sum of the ranks of the n positives among all.
///
/// - Parameters:
///   - positive: The scores that should be high, not empty.
///   - negative: The scores that should be low, not empty.
/// - Returns: The area, in 0...1; ½ means no separation.
public func areaUnderCurve(positive: [Double], negative: [Double]) -> Double {
  precondition(
    !positive.isEmpty && !negative.isEmpty,
    "area under the curve of \(positive.count) positives and \(negative.count) negatives")
  let ranks = averageRanks(positive + negative)
  let sum = ranks.prefix(positive.count).reduce(0, +)
  let (n, m) = (Double(positive.count), Double(negative.count))
  return (sum - n * (n + 1) / 2) / (n * m)
}
