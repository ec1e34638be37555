import Statistics
import TestSupport
import Testing

@Test func powerEqualsTheReference() throws {
  for row in try StatisticsFixture.load().power.power {
    let calculation = Power(design: row.design, alternative: row.twoSided ? .twoSided : .greater)
    expectClose(
      calculation.power(effect: row.effect, n: row.n), row.power, relative: 1e-9,
      "\(row.design), two-sided \(row.twoSided), effect \(row.effect), n \(row.n)")
  }
}

@Test func seedsEqualTheReference() throws {
  for row in try StatisticsFixture.load().power.seeds {
    let seeds = seedsToSettle(
      meanDifference: -0.02 * row.effect, standardDeviation: 0.02, design: row.design,
      alternative: row.twoSided ? .twoSided : .greater)
    #expect(
      seeds == row.seeds, "\(row.design), two-sided \(row.twoSided), effect \(row.effect)")
  }
}

/// The differences that 3, 5 and 10 seeds per arm find in 80 % of cases.
@Test(arguments: [(3, 2.5), (5, 1.7), (10, 1.2)])
func detectableEffectsAreThoseOfTheTable(n: Int, effect: Double) {
  let found = Power(design: .independent).detectableEffect(n: n)
  expectClose(found, effect, relative: 0, absolute: 0.06)
  expectClose(Power(design: .independent).power(effect: found, n: n), 0.8, relative: 1e-9)
}

@Test func whatCannotBeSettledHasNoNumber() {
  #expect(seedsToSettle(meanDifference: 0, standardDeviation: 0.1) == nil)
  #expect(seedsToSettle(meanDifference: 1e-6, standardDeviation: 1) == nil)
  #expect(seedsToSettle(meanDifference: 0.1, standardDeviation: 0) == 2)
}
