import Features
import SeededRandom
import TestSupport
import Testing

@Test func rossEqualsTheReference() throws {
  for row in try FeaturesFixture.load().ross {
    let x = row.x.matrix
    let columns = try mutualInformationPerFeature(
      of: x, labels: row.y, neighbors: row.k, threads: 2)
    expectClose(columns.map(\.nats), row.columns, relative: 1e-12, absolute: 1e-12, "k = \(row.k)")
    let joint = try MutualInformation.ross(of: x, labels: row.y, neighbors: row.k, threads: 2)
    expectClose(joint.nats, row.joint, relative: 1e-12, absolute: 1e-12, "joint, k = \(row.k)")
    #expect(joint.estimator == .ross(neighbors: row.k) && joint.estimator.name == "ross")
    // A feature beside a constant one goes the way of several features.
    let beside = FeatureMatrix(
      rows: x.rows, columns: 2, values: (0..<x.rows).flatMap { [x[$0, 1], 5] })
    let same = try MutualInformation.ross(of: beside, labels: row.y, neighbors: row.k, threads: 1)
    expectClose(same.nats, row.columns[1], relative: 1e-12, absolute: 1e-12)
  }
}

@Test func rossFindsTheKnownInformationOfMixtures() throws {
  for (number, mixture) in try FeaturesFixture.load().mixtures.enumerated() {
    var generator = SeedStream(root: UInt64(number), purpose: "mixture").generator()
    let labels = (0..<8000).map { _ in generator.categorical(mixture.weights) }
    let values = labels.map { label in
      Float(mixture.means[label] + mixture.deviations[label] * generator.normal())
    }
    let found = try MutualInformation.ross(
      of: FeatureMatrix(rows: 8000, columns: 1, values: values), labels: labels, threads: 2)
    let error = try #require(found.standardError)
    #expect(error > 0.002 && error < 0.02)
    #expect((found.nats - mixture.nats).magnitude < 4 * error, "\(found.nats), \(mixture.nats)")
    #expect(found.nats < found.entropyNats && found.entropyNats <= found.ceilingNats)
    #expect(try #require(found.interval95).contains(found.nats))
  }
}

@Test func rossDoesNotDependOnThreadsAndIsZeroForNoise() throws {
  let points = SampleFeatures.normal(1500, 6, seed: 8)
  let labels = (0..<1500).map { $0 % 4 }
  let one = try MutualInformation.ross(of: points, labels: labels, threads: 1)
  #expect(try MutualInformation.ross(of: points, labels: labels, threads: 2) == one)
  #expect(one.nats < 0.05 && one.n == 1500 && one.classes == 4)
}

@Test func rossLeavesSinglesOutAndNeedsAPair() throws {
  let points = FeatureMatrix(rows: 5, columns: 1, values: [0, 1, 10, 11, 500])
  let with = try MutualInformation.ross(of: points, labels: [0, 0, 1, 1, 2], threads: 1)
  let without = try MutualInformation.ross(
    of: points.selecting(rows: [0, 1, 2, 3]), labels: [0, 0, 1, 1], threads: 1)
  #expect(with.nats == without.nats && with.n == 4 && with.classes == 3)
  #expect(throws: FeatureError.self) {
    try MutualInformation.ross(
      of: points.selecting(rows: [0, 1]), labels: [0, 1], threads: 1)
  }
  #expect(throws: FeatureError.oneClass) {
    try MutualInformation.ross(of: points, labels: [1, 1, 1, 1, 1], threads: 1)
  }
  #expect(throws: FeatureError.notFinite(row: 1, column: 0)) {
    try MutualInformation.ross(
      of: FeatureMatrix(rows: 2, columns: 1, values: [0, .infinity]), labels: [0, 1], threads: 1)
  }
}
