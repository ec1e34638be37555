/// Tests exactly whether two independent samples come from one distribution, by relabelling.
///
/// The p-value is the share, among all ways to choose which values form the first sample, of those
/// whose difference of means is at least as extreme as the observed one (for two sides: in
/// magnitude). With three values on each side the smallest one-sided value is 1/20. Differences
/// within 10⁻¹² of their scale count as equal.
///
/// - Parameters:
///   - first: The first sample, not empty.
///   - second: The second sample, not empty; there may be at most 20 million choices.
///   - alternative: The side of the test.
/// - Returns: The p-value.
public func permutationTest(
  _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided
) -> Double {
  precondition(
    !first.isEmpty && !second.isEmpty,
    "permutation test of \(first.count) against \(second.count) values")
  let values = first + second
  let choices = binomialCoefficient(values.count, first.count)
  precondition(
    choices <= 20_000_000, "permutation test with \(choices) relabellings; at most 20 million")
  // The difference of means grows with the sum of the first sample; centring keeps digits.
  let mean = values.reduce(0, +) / Double(values.count)
  let centred = values.map { $0 - mean }
  let observed = centred.prefix(first.count).reduce(0, +)
  let slack = 1e-12 * centred.reduce(0) { $0 + $1.magnitude }
  var extreme = 0
  func visit(_ start: Int, _ remaining: Int, _ sum: Double) {
    if remaining == 0 {
      switch alternative {
      case .greater: extreme += sum >= observed - slack ? 1 : 0
      case .less: extreme += sum <= observed + slack ? 1 : 0
      case .twoSided: extreme += sum.magnitude >= observed.magnitude - slack ? 1 : 0
      }
      return
    }
    for index in start...(centred.count - remaining) {
      visit(index + 1, remaining - 1, sum + centred[index])
    }
  }
  visit(0, first.count, 0)
  return Double(extreme) / choices
}

/// The number of ways to choose k of n, as a floating-point number.
func binomialCoefficient(_ n: Int, _ k: Int) -> Double {
  var result = 1.0
  for step in 0..<min(k, n - k) {
    result = (result * Double(n - step) / Double(step + 1)).rounded()
  }
  return result
}
