import Statistics
import TestSupport
import Testing

@testable import Features

@Test func plugInByHand() {
  // Clusters that are the classes: ln 2, less (2 - 1)(2 - 1) / (2 · 4).
  let index = ClassIndex([7, 7, 9, 9])
  let found = MutualInformation.plugIn(groups: [2, 2, 0, 0], index: index, clusters: 3, seed: 0)
  expectClose(found.nats, 0.6931471805599453 - 0.125)
  expectClose(found.ceilingNats, 0.6931471805599453)
  #expect(found.standardError == 0)
}

@Test func plugInEqualsTheReference() throws {
  for row in try FeaturesFixture.load().plugIn {
    let found = MutualInformation.plugIn(
      groups: row.groups, index: ClassIndex(row.y), clusters: row.clusters, seed: 0)
    expectClose(found.nats, row.nats, relative: 1e-10, absolute: 1e-12)
  }
}

@Test func correctionTakesTheBiasOffNoise() throws {
  // Independent features and labels: without the correction, (63 · 9) / (2 · 2000) = 0.142.
  let points = SampleFeatures.normal(2000, 3, seed: 2)
  let labels = (0..<2000).map { ($0 &* 7919) % 2000 % 10 }
  let found = try MutualInformation.plugIn(of: points, labels: labels, seed: 3, threads: 2)
  #expect(found.nats.magnitude < 0.04)
  #expect(found == (try MutualInformation.plugIn(of: points, labels: labels, seed: 3, threads: 1)))
  #expect(throws: FeatureError.outOfRange(name: "clusters", value: 5, allowed: 1...4)) {
    try MutualInformation.plugIn(
      of: points.selecting(rows: [0, 1, 2, 3]), labels: [0, 1, 0, 1], clusters: 5, threads: 1)
  }
}

@Test func digammaEqualsTheReference() throws {
  for row in try FeaturesFixture.load().digamma {
    expectClose(Digamma.value(row.x), row.value, relative: 1e-13)
  }
}
