import Features
import TestSupport
import Testing

@Test func silhouetteByHand() throws {
  let points = FeatureMatrix(rows: 4, columns: 1, values: [0, 1, 4, 9])
  let found = try Silhouette(of: points, labels: [3, 3, 5, 5], threads: 1)
  // a = 1, b = (4 + 9) / 2; a = 1, b = (3 + 8) / 2; a = 5, b = (4 + 3) / 2; a = 5, b = (9 + 8) / 2.
  expectClose(found.values, [1 - 1 / 6.5, 1 - 1 / 5.5, (3.5 - 5) / 5, (8.5 - 5) / 8.5])
}

@Test func silhouetteAndPurityEqualTheReference() throws {
  let reference = try FeaturesFixture.load().silhouette
  let x = reference.x.matrix
  let found = try Silhouette(of: x, labels: reference.y, threads: 2)
  expectClose(found.values, reference.values, absolute: 1e-9)
  expectClose(
    found.mean, reference.values.reduce(0, +) / Double(reference.values.count), relative: 1e-9)
  for purity in reference.purities {
    expectClose(
      try labelPurity(of: x, labels: reference.y, k: purity.k, threads: 1), purity.value)
  }
}

@Test func silhouetteDoesNotDependOnThreadsOrOrder() throws {
  let (points, labels) = SampleFeatures.clouds(1300, 5, classes: 3, seed: 8)
  let one = try Silhouette(of: points, labels: labels, threads: 1)
  #expect(try Silhouette(of: points, labels: labels, threads: 2) == one)
  let backwards = Array((0..<1300).reversed())
  let turned = try Silhouette(
    of: points.selecting(rows: backwards), labels: backwards.map { labels[$0] }, threads: 1)
  expectClose(turned.values.reversed(), one.values, absolute: 1e-9)
}

@Test func badLabelsAreRefused() throws {
  let points = SampleFeatures.normal(4, 2, seed: 1)
  #expect(throws: FeatureError.oneClass) {
    try Silhouette(of: points, labels: [1, 1, 1, 1], threads: 1)
  }
  #expect(throws: FeatureError.mismatched(rows: 4, labels: 3)) {
    try Silhouette(of: points, labels: [1, 2, 1], threads: 1)
  }
  #expect(throws: FeatureError.outOfRange(name: "classes", value: 4, allowed: 2...3)) {
    try Silhouette(of: points, labels: [1, 2, 3, 4], threads: 1)
  }
  #expect(throws: FeatureError.outOfRange(name: "k", value: 4, allowed: 1...3)) {
    try labelPurity(of: points, labels: [1, 2, 1, 2], k: 4, threads: 1)
  }
}
