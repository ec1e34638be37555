/// Tests whether the mean of paired differences is zero, by Student's t.
///
/// With d = first - second of each pair: t = mean(d) √n / s(d), divisor n - 1, n - 1 degrees of
/// freedom. Pairs share a seed and a draw of the noise.
///
/// - Parameters:
///   - first: The first value of each pair.
///   - second: The second value of each pair.
///   - alternative: The side of the test.
/// - Returns: The test, or nil for fewer than two pairs.
public func pairedTTest(
  _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided
) -> TTest? {
  precondition(first.count == second.count, "\(first.count) values paired with \(second.count)")
  guard let summary = Summary(zip(first, second).map { $0 - $1 }),
    let error = summary.standardError
  else { return nil }
  return TTest(
    difference: summary.mean, standardError: error, degreesOfFreedom: Double(summary.n - 1),
    alternative)
}
