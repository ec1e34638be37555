import TestSupport
import Testing

@testable import Statistics

@Test func betaMixturesReachTheLargestLikelihood() throws {
  for row in try MixtureFixture.load().betas {
    for start in [MixtureStart.quantiles, .kMeans(seed: 0)] {
      let fit = try #require(BetaMixture(fitting: row.x, start: start, tolerance: 1e-13))
      #expect(fit.converged)
      expectClose(fit.logLikelihood, row.logLikelihood, relative: 1e-8)
      let parts = [fit.lower, fit.upper]
      // The likelihood is flat at its top.
      expectClose(parts.map(\.weight), row.weights, relative: 1e-3)
      expectClose(parts.map(\.alpha), row.alphas, relative: 1e-2)
      expectClose(parts.map(\.beta), row.betas, relative: 1e-2)
    }
  }
}

@Test func momentsComeNearTheLargestLikelihoodFromBelow() throws {
  for row in try MixtureFixture.load().betas {
    let fit = try #require(BetaMixture(fitting: row.x, estimation: .moments))
    #expect(fit.logLikelihood <= row.logLikelihood + 1e-6)
    #expect(fit.logLikelihood > row.logLikelihood - 10)
  }
}

@Test func newtonFindsTheMostLikelyBeta() throws {
  for row in try MixtureFixture.load().weightedBeta {
    for (alpha, beta) in [(1.0, 1.0), (0.1, 50.0), (300.0, 2.0)] {
      let found = BetaComponent(weight: 0.5, alpha: alpha, beta: beta).mostLikely(
        weight: 1, meanLog: row.meanLog, meanLogComplement: row.meanLogComplement)
      expectClose(found.alpha, row.alpha, relative: 1e-7)
      expectClose(found.beta, row.beta, relative: 1e-7)
    }
  }
}

@Test func digammaEqualsSciPy() throws {
  for row in try MixtureFixture.load().digamma {
    expectClose(Digamma.value(row.x), row.psi, relative: 1e-13, absolute: 1e-15, "\(row.x)")
    expectClose(Digamma.derivative(row.x), row.derivative, relative: 1e-13, "\(row.x)")
  }
}

@Test func momentsByHand() {
  // α = 2, β = 6: mean 1/4, variance 12 / (64 · 9).
  let component = BetaComponent(weight: 1, alpha: 2, beta: 6)
  expectClose(component.mean, 0.25)
  expectClose(component.variance, 1.0 / 48)
  let found = BetaComponent.moments(weight: 1, mean: 0.25, variance: 1.0 / 48)
  expectClose([found.alpha, found.beta], [2, 6])
}

@Test func betaComponentsKeepTheirSidesAndEndsAreMoved() throws {
  let values = [0, 0.1, 0.12, 0.15, 0.2, 0.8, 0.85, 0.9, 0.87, 1]
  let fit = try #require(BetaMixture(fitting: values, margin: 0.05))
  #expect(fit.lower.mean < 0.2 && fit.upper.mean > 0.8)
  expectClose(fit.lower.weight + fit.upper.weight, 1)
  #expect(fit.upperResponsibility(0.1) < 0.01 && fit.upperResponsibility(0.9) > 0.99)
  let moved = values.map { min(max($0, 0.05), 0.95) }
  #expect(BetaMixture(fitting: moved, margin: 0.05) == fit)
}

@Test func componentsDoNotShrinkToAPoint() throws {
  let fit = try #require(BetaMixture(fitting: [0.2, 0.2, 0.2, 0.2, 0.7, 0.8, 0.9]))
  #expect(fit.logLikelihood.isFinite)
  #expect(fit.lower.alpha + fit.lower.beta <= 1.000001e6)
  expectClose(fit.lower.mean, 0.2, relative: 1e-3)
}
