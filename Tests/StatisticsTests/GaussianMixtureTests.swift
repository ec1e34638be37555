import SeededRandom
import Statistics
import TestSupport
import Testing

@Test func mixturesEqualTheReference() throws {
  for row in try StatisticsFixture.load().mixtures {
    let fit = try #require(
      GaussianMixture(fitting: row.x, tolerance: 1e-14, maximumIterations: 20_000))
    #expect(fit.converged)
    let parts = [fit.lower, fit.upper]
    expectClose(fit.logLikelihood, row.logLikelihood, relative: 1e-9)
    // The likelihood is flat at its top: parameters agree to about the root of its precision.
    expectClose(parts.map(\.weight), row.weights, relative: 2e-5)
    expectClose(parts.map(\.mean), row.means, relative: 2e-5, absolute: 2e-5)
    expectClose(parts.map(\.standardDeviation), row.deviations, relative: 2e-5)
    expectClose(row.points.map(fit.upperResponsibility), row.upper, relative: 1e-3, absolute: 1e-4)
  }
}

@Test func twoHeapsByHand() throws {
  let fit = try #require(GaussianMixture(fitting: [0, 1, 0, 1, 10, 11, 10, 11]))
  expectClose(fit.lower.mean, 0.5, relative: 1e-6)
  expectClose(fit.upper.mean, 10.5, relative: 1e-6)
  expectClose(fit.lower.weight, 0.5, relative: 1e-6)
  expectClose(fit.lower.standardDeviation, 0.5, relative: 1e-6)
  expectClose(try #require(fit.boundary), 5.5, relative: 1e-6)
}

@Test func moreStepsNeverLowerTheLikelihood() throws {
  var generator = Philox(key: 8)
  let values = (0..<200).map { $0 < 140 ? generator.normal() : 2 + 0.5 * generator.normal() }
  var last = -Double.infinity
  for steps in [0, 1, 2, 5, 20, 100] {
    let fit = try #require(
      GaussianMixture(fitting: values, tolerance: 0, maximumIterations: steps))
    #expect(fit.logLikelihood >= last - 1e-9)
    #expect(fit.iterations <= steps)
    last = fit.logLikelihood
  }
}

@Test func fitDoesNotDependOnOrderOrDegenerateInput() throws {
  #expect(GaussianMixture(fitting: []) == nil)
  #expect(GaussianMixture(fitting: [1, 1, 1]) == nil)
  let fit = try #require(GaussianMixture(fitting: [0, 0, 0, 1, 1, 1]))
  #expect(fit.logLikelihood.isFinite)
  #expect(fit.lower.standardDeviation > 0)
  let values = [0.1, 0.9, 0.15, 0.85, 0.2, 0.8]
  let forwards = try #require(GaussianMixture(fitting: values))
  let backwards = try #require(GaussianMixture(fitting: values.reversed()))
  expectClose(forwards.lower.mean, backwards.lower.mean, relative: 1e-9)
}
