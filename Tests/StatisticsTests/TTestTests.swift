import Statistics
import TestSupport
import Testing

@Test func pairedByHand() throws {
  // Differences 1, 2, 3: mean 2, deviation 1, t = 2 √3.
  let test = try #require(pairedTTest([2, 4, 6], [1, 2, 3]))
  expectClose(test.difference, 2)
  expectClose(test.statistic, 2 * 3.0.squareRoot())
  #expect(test.degreesOfFreedom == 2)
}

@Test func tTestsEqualTheReference() throws {
  for row in try StatisticsFixture.load().tTests {
    let first = try #require(Summary(row.a))
    let second = try #require(Summary(row.b))
    for (side, p) in zip(StatisticsFixture.sides, row.welch.p) {
      let test = try #require(welchTTest(first, second, alternative: side))
      expectClose(test.statistic, row.welch.t)
      expectClose(test.degreesOfFreedom, row.welch.df)
      expectClose(test.pValue, p)
      let interval = test.interval(confidence: 0.9)
      expectClose([interval.lowerBound, interval.upperBound], row.welch.interval90)
    }
    guard let paired = row.paired else { continue }
    for (side, p) in zip(StatisticsFixture.sides, paired.p) {
      let test = try #require(pairedTTest(row.a, row.b, alternative: side))
      expectClose(test.statistic, paired.t)
      expectClose(test.degreesOfFreedom, paired.df)
      expectClose(test.pValue, p)
    }
  }
}

@Test func samplesWithoutSpreadAreDecided() throws {
  let equal = try #require(pairedTTest([1, 2], [1, 2]))
  #expect(equal.statistic == 0)
  #expect(equal.pValue == 1)
  let apart = try #require(pairedTTest([2, 3], [1, 2], alternative: .greater))
  #expect(apart.statistic == .infinity)
  #expect(apart.pValue == 0)
  let reversed = try #require(pairedTTest([1, 2], [2, 3], alternative: .greater))
  #expect(reversed.pValue == 1)
}

@Test func oneValueIsNoTest() {
  #expect(pairedTTest([1], [2]) == nil)
  let single = Summary(mean: 1, standardDeviation: nil, n: 1)
  let pair = Summary(mean: 1, standardDeviation: 0.1, n: 2)
  #expect(welchTTest(single, pair) == nil)
}
