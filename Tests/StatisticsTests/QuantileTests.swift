import Statistics
import TestSupport
import Testing

@Test func quantilesEqualTheReference() throws {
  let fixture = try StatisticsFixture.load().quantiles
  for (p, value) in zip(fixture.p, fixture.values) {
    expectClose(quantile(sorted: fixture.sorted, p), value, "quantile \(p)")
  }
  #expect(quantile(sorted: [3], 0.7) == 3)
}
