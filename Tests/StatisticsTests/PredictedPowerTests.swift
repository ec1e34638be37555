import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import Statistics

@Suite struct PredictedPowerTests {
  private func chance(_ mean: Double, further: Int, pairs: Int = 3, alpha: Double = 0.05) -> Double
  {
    predictedPower(
      mean: mean, standardDeviation: 1, pairs: pairs, further: further, alpha: alpha)
  }

  @Test func growsWithTheDifferenceAndStaysAChance() {
    let chances = [-2.0, 0, 1, 2, 5].map { chance($0, further: 5) }
    #expect(zip(chances, chances.dropFirst()).allSatisfy { $0 < $1 })
    #expect(chances.allSatisfy { (0...1).contains($0) })
  }

  @Test func equalArgumentsGiveEqualChances() {
    #expect(chance(1, further: 4) == chance(1, further: 4))
  }

  // With many pairs the deviation 1 is known, and the mean L of k = 1000 later pairs is normal around m with variance
  // 1/n + 1/k. The test finds m + L ≥ 2 · 1.645 / √2000 = 0.07356; at m = 0.02 that is L ≥ 0.05356, or 0.7504 deviations.
  @Test func withManyFirstPairsItIsTheNormalChance() {
    expectClose(chance(0.02, further: 1000, pairs: 1000), 0.2265, absolute: 0.03)
    expectClose(chance(0.03678, further: 1000, pairs: 1000), 0.5, absolute: 0.035)
  }

  /// Of three pairs little is known: the chance lies below the power that takes the difference as measured.
  @Test func itIsBelowThePowerThatTakesTheDifferenceForTrue() throws {
    let enough = try #require(
      seedsToSettle(meanDifference: 1, standardDeviation: 1, alpha: 0.01, power: 0.8))
    let stated = chance(1, further: enough - 3, alpha: 0.01)
    #expect(stated > 0.4 && stated < 0.8, "\(stated)")
  }

  /// Means and deviations far and wide, three pairs of each, then six more: of those whose first three look alike, the share
  /// that the test finds is the mean of the stated chances.
  @Test(.timeLimit(.minutes(3))) func statedChancesComeTrue() throws {
    let stream = SeedStream(root: 5, purpose: "truths")
    let critical = StudentT(degreesOfFreedom: 8).quantile(upperTail: 0.01)
    var stated = 0.0
    var found = 0.0
    var count = 0.0
    for trial in 0..<200_000 where count < 600 {
      var generator = stream.generator(UInt64(trial))
      let mean = Double.random(in: -15...15, using: &generator)
      let deviation = exp(Double.random(in: -2.5...2.5, using: &generator))
      let values = (0..<3).map { _ in mean + deviation * generator.normal() }
      let first = try #require(Summary(values))
      let spread = try #require(first.standardDeviation)
      guard (0.7...1.4).contains(spread), (0.5...2.5).contains(first.mean) else { continue }
      stated += predictedPower(
        mean: first.mean, standardDeviation: spread, pairs: 3, further: 6, alpha: 0.01)
      let all = try #require(
        Summary(values + (0..<6).map { _ in mean + deviation * generator.normal() }))
      if all.mean / (all.standardError ?? 1) >= critical { found += 1 }
      count += 1
    }
    #expect(count > 300)
    // Three deviations of a share.
    expectClose(found / count, stated / count, absolute: 3 * (0.25 / count).squareRoot())
  }
}
