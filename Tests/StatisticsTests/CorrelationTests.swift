import Statistics
import TestSupport
import Testing

@Test func correlationsByHand() throws {
  // Deviations (-1, 0, 1) and (-1, 1, 0): 1 / √(2 · 2).
  expectClose(try #require(pearsonCorrelation([1, 2, 3], [1, 3, 2])), 0.5)
  expectClose(try #require(pearsonCorrelation([1, 2, 3], [-2, -4, -6])), -1)
  expectClose(try #require(spearmanCorrelation([1, 2, 3, 4], [1, 10, 100, 5000])), 1)
}

@Test func correlationsEqualTheReference() throws {
  for row in try StatisticsFixture.load().ranks {
    expectClose(try #require(pearsonCorrelation(row.x, row.y)), row.pearson)
    expectClose(try #require(spearmanCorrelation(row.x, row.y)), row.spearman)
  }
}

@Test func whatDoesNotVaryHasNoCorrelation() {
  #expect(pearsonCorrelation([1, 1, 1], [1, 2, 3]) == nil)
  #expect(spearmanCorrelation([1, 2, 3], [4, 4, 4]) == nil)
  #expect(pearsonCorrelation([1], [2]) == nil)
}
