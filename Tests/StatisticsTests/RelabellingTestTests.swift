import Foundation
import Statistics
import TestSupport
import Testing

private func median(_ values: [Double]) -> Double { quantile(sorted: values.sorted(), 0.5) }

private func variance(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
}

private let statistics: [String: @Sendable ([Double], [Double]) -> Double] = [
  "medians": { median($0) - median($1) },
  "log variances": { log(variance($0) / variance($1)) },
]

@Test func allRelabellingsEqualSciPy() throws {
  for row in try LeveneFixture.load().relabelling {
    let statistic = try #require(statistics[row.name])
    for (side, p) in zip(StatisticsFixture.sides, row.p) {
      let test = RelabellingTest(row.a, row.b, alternative: side, statistic: statistic)
      #expect(test.isExact)
      expectClose(test.statistic, row.statistic, relative: 1e-12)
      expectClose(test.pValue, p, relative: 1e-12, "\(row.name), \(side)")
    }
  }
}

@Test func threeAgainstThreeByRelabelling() {
  let test = RelabellingTest([3, 4, 5], [0, 1, 2], alternative: .greater) { first, _ in
    first.reduce(0, +)
  }
  #expect(test.relabellings == 20 && test.isExact)
  expectClose(test.pValue, 0.05)
}

@Test func randomRelabellingsComeNearAllAndKeepTheirSeed() {
  let a = [0.81, 0.79, 0.84, 0.8, 0.83, 0.77, 0.85, 0.8]
  let b = [0.78, 0.8, 0.77, 0.79, 0.82, 0.76, 0.78, 0.75]
  func test(_ relabellings: Int, seed: UInt64) -> RelabellingTest {
    RelabellingTest(a, b, relabellings: relabellings, seed: seed) {
      $0.reduce(0, +) - $1.reduce(0, +)
    }
  }
  let all = test(12_870, seed: 0)
  #expect(all.isExact)
  expectClose(all.pValue, permutationTest(a, b), relative: 1e-9)
  let some = test(4000, seed: 1)
  #expect(!some.isExact && some.relabellings == 4000)
  // Five standard errors of a share of 4000.
  let error = 5 * (all.pValue * (1 - all.pValue) / 4000).squareRoot()
  #expect(abs(some.pValue - all.pValue) < 2 * error)
  #expect(test(4000, seed: 1) == some)
  #expect(test(4000, seed: 2) != some)
}

@Test func aRandomPValueIsNeverZero() {
  let (low, high) = ((0..<30).map(Double.init), (100..<130).map(Double.init))
  let test = RelabellingTest(high, low, alternative: .greater, relabellings: 99) {
    $0.reduce(0, +) - $1.reduce(0, +)
  }
  expectClose(test.pValue, 0.01)
}
