import Statistics
import TestSupport
import Testing

@Test func separatedSamplesByHand() {
  // Of the C(6, 3) = 20 orders, two separate three values from three.
  let test = KolmogorovSmirnov([1, 2, 3], [4, 5, 6])
  #expect(test.statistic == 1)
  #expect(test.method == .exact)
  expectClose(test.pValue, 0.1)
  #expect(KolmogorovSmirnov([1, 2], [1, 2]).pValue == 1)
}

@Test func kolmogorovSmirnovEqualsTheReference() throws {
  let fixture = try StatisticsFixture.load().kolmogorov
  for row in fixture.tests {
    let exact = KolmogorovSmirnov(row.a, row.b, method: .exact)
    expectClose(exact.statistic, row.d, relative: 1e-12)
    expectClose(exact.pValue, row.exact, relative: 1e-10)
    let limit = KolmogorovSmirnov(row.a, row.b, method: .asymptotic)
    expectClose(limit.pValue, row.asymptotic, relative: 1e-10)
  }
  for point in fixture.tail {
    expectClose(
      KolmogorovSmirnov.limitingTail(point.x), point.p, relative: 1e-10, "tail at \(point.x)")
  }
}

@Test func largeSamplesUseTheLimitAndKeepSmallValues() {
  let low = (0..<2000).map { Double($0) / 2000 }
  let high = low.map { $0 + 0.5 }
  let test = KolmogorovSmirnov(low, high)
  #expect(test.method == .asymptotic)
  expectClose(test.statistic, 0.5, relative: 1e-3)
  #expect(test.pValue > 0 && test.pValue < 1e-190)
  #expect(KolmogorovSmirnov(high, low).pValue == test.pValue)
}
