import SeededRandom
import Statistics
import TestSupport
import Testing

/// Reference values made by Tests/Fixtures/scripts/mixtures.py with scikit-learn and SciPy.
struct MixtureFixture: Decodable {
  struct Normal: Decodable {
    let name: String
    let x: [Double]
    let components: Int
    let `default`, converged: Double
  }
  struct Beta: Decodable {
    let x: [Double]
    let logLikelihood: Double
    let weights, alphas, betas: [Double]
  }
  struct WeightedBeta: Decodable { let meanLog, meanLogComplement, alpha, beta: Double }
  struct Gamma: Decodable { let x, psi, derivative: Double }
  let normals: [Normal]
  let betas: [Beta]
  let weightedBeta: [WeightedBeta]
  let digamma: [Gamma]

  static func load() throws -> MixtureFixture { try Fixture.json("statistics/mixtures.json") }
}

private let starts: [MixtureStart] = [.quantiles, .kMeans(seed: 0), .kMeans(seed: 7)]

@Test func likelihoodIsAtLeastThatOfScikitLearn() throws {
  for row in try MixtureFixture.load().normals {
    let fit = try #require(NormalMixture(fitting: row.x, components: row.components))
    #expect(fit.converged, "\(row.name)")
    #expect(
      fit.logLikelihood >= row.default, "\(row.name): \(fit.logLikelihood) below \(row.default)")
  }
}

@Test func normalMixtureOfTwoEqualsThatOfThresholds() throws {
  for row in try MixtureFixture.load().normals where row.components == 2 {
    let fit = try #require(NormalMixture(fitting: row.x, start: .quantiles, tolerance: 1e-13))
    let other = try #require(GaussianMixture(fitting: row.x, tolerance: 1e-13))
    expectClose(fit.logLikelihood, other.logLikelihood, relative: 1e-8, row.name)
    // Step for step, not only where both end.
    for steps in [0, 1, 4] {
      let begun = NormalMixture(fitting: row.x, start: .quantiles, maximumIterations: steps)
      let otherBegun = GaussianMixture(fitting: row.x, maximumIterations: steps)
      expectClose(
        try #require(begun).logLikelihood, try #require(otherBegun).logLikelihood, relative: 1e-9,
        "\(row.name), \(steps) steps")
    }
  }
}

@Test(arguments: starts)
func threeHeapsByHand(start: MixtureStart) throws {
  let values = [0.0, 1, 0, 1, 10, 11, 10, 11, 20, 21, 20, 21]
  let fit = try #require(NormalMixture(fitting: values, components: 3, start: start))
  expectClose(fit.components.map(\.mean), [0.5, 10.5, 20.5], relative: 1e-6)
  expectClose(fit.components.map(\.weight), [1.0 / 3, 1.0 / 3, 1.0 / 3], relative: 1e-6)
  expectClose(fit.components.map(\.standardDeviation), [0.5, 0.5, 0.5], relative: 1e-6)
  let shares = fit.responsibilities(10.4)
  expectClose(shares.reduce(0, +), 1)
  #expect(shares[1] > 0.999)
}

@Test func oneComponentIsMeanAndDeviation() throws {
  let fit = try #require(NormalMixture(fitting: [1, 2, 3, 6], components: 1))
  expectClose(fit.components[0].mean, 3)
  expectClose(fit.components[0].standardDeviation, 3.5.squareRoot())
  #expect(fit.responsibilities(100) == [1])
}

@Test func tooFewDifferentValuesHaveNoMixture() {
  #expect(NormalMixture(fitting: [], components: 1) == nil)
  #expect(NormalMixture(fitting: [2, 2], components: 1) == nil)
  #expect(NormalMixture(fitting: [1, 2, 2, 1], components: 3) == nil)
  #expect(BetaMixture(fitting: []) == nil)
  #expect(BetaMixture(fitting: [0.5, 0.5]) == nil)
  #expect(BetaMixture(fitting: [0, 0.00005]) == nil)
}

@Test(arguments: starts)
func stepsNeverLowerTheLikelihood(start: MixtureStart) throws {
  var generator = Philox(key: 9)
  let normal = (0..<200).map { $0 < 140 ? generator.normal() : 3 + 0.5 * generator.normal() }
  let unit = normal.map { 1 / (1 + 1 / ($0 * $0)) }
  var (last, lastBeta) = (-Double.infinity, -Double.infinity)
  for steps in [0, 1, 2, 5, 20, 100] {
    let fit = try #require(
      NormalMixture(
        fitting: normal, components: 3, start: start, tolerance: 0, maximumIterations: steps))
    #expect(fit.logLikelihood >= last - 1e-9 && fit.iterations <= steps)
    let beta = try #require(
      BetaMixture(fitting: unit, start: start, tolerance: 0, maximumIterations: steps))
    #expect(beta.logLikelihood >= lastBeta - 1e-9 && beta.iterations <= steps)
    (last, lastBeta) = (fit.logLikelihood, beta.logLikelihood)
  }
}

@Test func mixturesDoNotDependOnOrder() throws {
  var generator = Philox(key: 10)
  let values = (0..<150).map { $0 < 90 ? generator.normal() : 4 + generator.normal() }
  #expect(NormalMixture(fitting: values) == NormalMixture(fitting: values.reversed()))
  let unit = values.map { 1 / (1 + 1 / ($0 * $0)) }
  #expect(BetaMixture(fitting: unit) == BetaMixture(fitting: unit.reversed()))
}
