import Statistics
import TestSupport
import Testing

@Test func cauchyIsStudentWithOneDegree() {
  let distribution = StudentT(degreesOfFreedom: 1)
  expectClose(distribution.cdf(1), 0.75, relative: 1e-14)
  expectClose(distribution.quantile(0.75), 1, relative: 1e-13)
}

@Test func studentEqualsTheReference() throws {
  let student = try StatisticsFixture.load().student
  for point in student.distribution {
    let distribution = StudentT(degreesOfFreedom: point.df)
    let place = "df \(point.df), t \(point.t)"
    // Tails keep their relative precision, down to 1e-289 here.
    expectClose(distribution.cdf(point.t), point.cdf, relative: 1e-10, place)
    expectClose(distribution.upperTail(point.t), point.sf, relative: 1e-10, place)
  }
  for point in student.quantiles {
    let t = StudentT(degreesOfFreedom: point.df).quantile(point.p)
    expectClose(t, point.t, relative: 1e-10, absolute: 1e-14, "df \(point.df), p \(point.p)")
  }
}

@Test(arguments: [1, 2.5, 7, 300], [1e-12, 0.01, 0.3, 0.5, 0.9])
func quantileInvertsTheTail(degrees: Double, tail: Double) {
  let distribution = StudentT(degreesOfFreedom: degrees)
  expectClose(distribution.upperTail(distribution.quantile(upperTail: tail)), tail, relative: 1e-12)
}
