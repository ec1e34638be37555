import Statistics
import TestSupport
import Testing

@Test func areaByHand() {
  // Pairs: 3 beats 1 and 2, 2 beats 1 and ties with 2.
  expectClose(areaUnderCurve(positive: [3, 2], negative: [1, 2]), 3.5 / 4)
  #expect(areaUnderCurve(positive: [5, 6], negative: [1, 2]) == 1)
  #expect(areaUnderCurve(positive: [1], negative: [1]) == 0.5)
}

@Test func areasEqualTheReference() throws {
  for row in try StatisticsFixture.load().ranks {
    expectClose(areaUnderCurve(positive: row.a, negative: row.b), row.auc)
    expectClose(areaUnderCurve(positive: row.b, negative: row.a), 1 - row.auc)
  }
}
