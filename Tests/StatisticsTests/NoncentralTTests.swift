import Statistics
import TestSupport
import Testing

@Test func noncentralEqualsTheReference() throws {
  for point in try StatisticsFixture.load().student.noncentral {
    let distribution = NoncentralT(
      degreesOfFreedom: point.df, noncentrality: point.delta)
    expectClose(
      distribution.cdf(point.t), point.cdf, relative: 1e-9, absolute: 1e-13,
      "df \(point.df), delta \(point.delta), t \(point.t)")
  }
}

@Test func noncentralityZeroIsStudent() {
  for t in [-3.0, -0.2, 0, 1.5, 8] {
    expectClose(
      NoncentralT(degreesOfFreedom: 6, noncentrality: 0).cdf(t),
      StudentT(degreesOfFreedom: 6).cdf(t), relative: 1e-12)
  }
}
