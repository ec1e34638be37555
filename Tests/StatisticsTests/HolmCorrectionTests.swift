import Statistics
import TestSupport
import Testing

@Test func holmByHand() {
  // Sorted 0.01, 0.02, 0.04 times 3, 2, 1; the last may not fall below the one before.
  expectClose(holmAdjusted([0.04, 0.01, 0.02]), [0.04, 0.03, 0.04])
  expectClose(holmAdjusted([0.03, 0.02, 0.9]), [0.06, 0.06, 0.9])
  expectClose(holmAdjusted([0.9, 0.8]), [1, 1])
  #expect(holmAdjusted([]).isEmpty)
}

@Test func holmEqualsTheReference() throws {
  let holm = try StatisticsFixture.load().holm
  expectClose(holmAdjusted(holm.p), holm.adjusted)
}
