/// Tests exactly whether paired differences are symmetric about zero, by flipping their signs.
///
/// The p-value is the share, among all 2ⁿ ways to sign the differences, of those whose sum is at
/// least as extreme as the observed one (for two sides: in magnitude). No distribution is assumed;
/// the smallest possible value is 1 / 2ⁿ on one side and 2 / 2ⁿ on two. Sums within 10⁻¹² of their
/// scale count as equal. The two halves of the differences are enumerated apart and merged, so
/// forty pairs are still exact.
///
/// Source: R. A. Fisher, "The design of experiments", 1935.
///
/// - Parameters:
///   - differences: One difference per pair, at most 40.
///   - alternative: The side of the test.
/// - Returns: The p-value; 1 if there is no difference at all.
public func signFlipTest(
  _ differences: [Double], alternative: Alternative = .twoSided
) -> Double {
  precondition(differences.count <= 40, "sign-flip test of \(differences.count) pairs; at most 40")
  let observed = differences.reduce(0, +)
  let slack = 1e-12 * differences.reduce(0) { $0 + $1.magnitude }
  let middle = differences.count / 2
  let low = signedSums(differences[..<middle]).sorted()
  let high = signedSums(differences[middle...]).sorted()
  let total = Double(low.count) * Double(high.count)
  switch alternative {
  case .greater: return countPairs(low, high, atLeast: observed - slack) / total
  // Signs may all be turned, so sums are symmetric: as many lie below -x as above x.
  case .less: return countPairs(low, high, atLeast: -observed - slack) / total
  case .twoSided:
    let extreme = observed.magnitude - slack
    if extreme <= 0 { return 1 }
    return 2 * countPairs(low, high, atLeast: extreme) / total
  }
}

/// The sums of all ways to sign some numbers.
private func signedSums(_ numbers: ArraySlice<Double>) -> [Double] {
  var sums = [0.0]
  for number in numbers { sums = sums.flatMap { [$0 - number, $0 + number] } }
  return sums
}

/// How many pairs of a number of each sorted list sum to a threshold or more.
private func countPairs(_ low: [Double], _ high: [Double], atLeast threshold: Double) -> Double {
  var count = 0
  var start = high.count
  for number in low {
    while start > 0 && number + high[start - 1] >= threshold { start -= 1 }
    count += high.count - start
  }
  return Double(count)
}
