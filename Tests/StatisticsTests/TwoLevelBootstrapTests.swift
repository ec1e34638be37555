import SeededRandom
import Statistics
import TestSupport
import Testing

@Test func bootstrapAgreesWithTheReference() throws {
  let fixture = try StatisticsFixture.load().bootstrap
  var generator = Philox(key: 1)
  let interval = twoLevelBootstrap(fixture.values, replicates: 20_000, using: &generator)
  expectClose(interval.estimate, fixture.estimate)
  // Two Monte Carlo estimates: the error of a standard deviation is 1 / √(2 · 20,000), 0.5 %.
  expectClose(interval.standardError, fixture.standardError, relative: 0.025)
  expectClose([interval.lower, interval.upper], fixture.quantiles, relative: 0.01)
}

@Test func oneRunLeavesTheErrorOfTheImages() {
  let answers = [(0..<400).map { $0 < 300 ? 1.0 : 0 }]
  var generator = Philox(key: 2)
  let interval = twoLevelBootstrap(answers, replicates: 10_000, using: &generator)
  expectClose(interval.standardError, (0.75 * 0.25 / 400).squareRoot(), relative: 0.04)
}

@Test func equalImagesLeaveTheErrorOfTheRuns() {
  let answers = [0.7, 0.8, 0.9].map { [Double](repeating: $0, count: 5) }
  var generator = Philox(key: 4)
  let interval = twoLevelBootstrap(answers, replicates: 20_000, using: &generator)
  // The resampled mean of three has variance (2/3) s² / 3 with s = 0.1.
  expectClose(interval.standardError, (0.02 / 9).squareRoot(), relative: 0.03)
  expectClose(interval.lower, 0.7, relative: 1e-9)
}

@Test func bootstrapIsDecidedByItsGenerator() {
  let answers = (0..<3).map { run in (0..<50).map { Double(($0 * 7 + run) % 3 == 0 ? 1 : 0) } }
  var (first, same, other) = (Philox(key: 5), Philox(key: 5), Philox(key: 6))
  let interval = twoLevelBootstrap(answers, replicates: 500, using: &first)
  #expect(twoLevelBootstrap(answers, replicates: 500, using: &same) == interval)
  #expect(twoLevelBootstrap(answers, replicates: 500, using: &other) != interval)
}
