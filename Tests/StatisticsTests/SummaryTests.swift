import Statistics
import TestSupport
import Testing

@Test func summaryByHand() throws {
  let summary = try #require(Summary([2, 4, 6]))
  #expect(summary.mean == 4)
  #expect(summary.standardDeviation == 2)
  #expect(summary.n == 3)
  expectClose(try #require(summary.standardError), 2 / 3.0.squareRoot())
  // The 97.5 % point of t with 2 degrees of freedom is 4.302652730.
  let interval = try #require(summary.tInterval(confidence: 0.95))
  expectClose(interval.upperBound, 4 + 4.302_652_729_911_275 * 2 / 3.0.squareRoot())
}

@Test func summaryOfFewValuesSaysWhatIsMissing() throws {
  #expect(Summary([]) == nil)
  let single = try #require(Summary([0.9]))
  #expect(single.mean == 0.9)
  #expect(single.standardDeviation == nil)
  #expect(single.tInterval() == nil)
  #expect(single.predictionInterval() == nil)
}

@Test func summaryEqualsTheReference() throws {
  for row in try StatisticsFixture.load().tTests {
    let summary = try #require(Summary(row.a))
    expectClose(summary.mean, row.mean)
    expectClose(try #require(summary.standardDeviation), row.sd)
    let interval = try #require(summary.tInterval(confidence: 0.95))
    expectClose([interval.lowerBound, interval.upperBound], row.interval)
    let prediction = try #require(summary.predictionInterval(forMeanOf: 5, confidence: 0.95))
    expectClose([prediction.lowerBound, prediction.upperBound], row.prediction5)
  }
}

@Test func predictionForManyValuesIsTheIntervalOfTheMean() throws {
  let summary = Summary(mean: 0.8, standardDeviation: 0.01, n: 4)
  let interval = try #require(summary.tInterval())
  let prediction = try #require(summary.predictionInterval(forMeanOf: 1_000_000_000))
  expectClose(prediction.upperBound, interval.upperBound, relative: 1e-9)
}
