/// Tests that measured quantities keep their bounds, all of them.
///
/// All bounds are kept with the largest p-value (intersection-union); that some bound is broken, or
/// that some opposite holds, has the smallest p-value times the number of bounds (Bonferroni).
struct QuantitiesTest {
  /// The bounds.
  var tests: [QuantityTest]
  /// The quantities by identifier.
  var quantities: [String: Quantity]

  /// Runs the tests.
  func run() -> RuleTest {
    var result = RuleTest(
      test: "one-sided t test over seeds against each bound, comparisons paired by seed; assumes "
        + "normal values. A count or constant without spread over seeds is decided by its value: p "
        + "is 0 or 1")
    result.shortage = "a single value has no spread over seeds to judge by"
    var holds: [Double] = []
    var reversed: [Double] = []
    var absent: [Double] = []
    for test in tests {
      let names = [test.quantity] + (test.relation.rival.map { [$0] } ?? [])
      if let missing = names.first(where: { quantities[$0]?.values.isEmpty ?? true }) {
        let what = quantities[missing].map { "'\($0.name)' has no value" }
        result.blocked = Verdict(
          .notRun, reason: what ?? "this report has no quantity '\(missing)'")
        return result
      }
      guard let quantity = quantities[test.quantity] else { continue }
      let comparison = QuantityComparison(
        quantity, test.relation, rival: test.relation.rival.flatMap { quantities[$0] })
      result.readings.append(comparison.reading)
      result.runs += names.flatMap { quantities[$0]?.runs ?? [] }
      if comparison.isKept { result.supporting += 1 }
      if !comparison.isExact && comparison.values.count < 2 {
        result.missingSeeds = max(result.missingSeeds, 3 - comparison.values.count)
      }
      let p = comparison.holds ?? 1
      if !comparison.isExact, p >= holds.max() ?? 0, let margin = comparison.hardest {
        result.budget = (margin, 0, 1)
      }
      holds.append(p)
      reversed.append(comparison.reversed ?? 1)
      absent.append(comparison.absent ?? 1)
    }
    guard let hardest = holds.max() else {
      result.blocked = Verdict(.notRun, reason: "the rule names no quantity")
      return result
    }
    let count = Double(tests.count)
    result.holds = hardest
    result.reversed = reversed.min().map { min(1, $0 * count) }
    result.absent = absent.min().map { min(1, $0 * count) }
    return result
  }
}
