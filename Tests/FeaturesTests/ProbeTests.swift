import SeededRandom
import TestSupport
import Testing

@testable import Features

@Test func probeEqualsTheReference() throws {
  let reference = try FeaturesFixture.load().probe
  let index = ClassIndex(reference.y)
  let division = StratifiedFolds(folds: reference.folds, count: 5)
  let losses = MutualInformation.heldOutLosses(
    reference.x.matrix, index, division, penalty: reference.penalty,
    search: LBFGS(tolerance: 1e-10), threads: 2)
  expectClose(losses, reference.losses, relative: 1e-6, absolute: 1e-8)
  let found = MutualInformation.probe(
    losses: losses, index: index, division: division,
    estimator: .probe(folds: 5, penalty: reference.penalty, seed: 0))
  expectClose(found.nats, reference.nats, relative: 1e-8)
  expectClose(try #require(found.standardError), reference.standardError, relative: 1e-6)
}

@Test func foldsHaveEachClassInEvenShares() {
  let labels = (0..<103).map { $0 < 20 ? 4 : $0 % 3 }
  let index = ClassIndex(labels)
  let division = StratifiedFolds(index, count: 5, seed: 3)
  for rows in index.members {
    let sizes = (0..<5).map { fold in rows.count { division.folds[$0] == fold } }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }
  #expect(division.folds == StratifiedFolds(index, count: 5, seed: 3).folds)
  #expect(division.folds != StratifiedFolds(index, count: 5, seed: 4).folds)
}

@Test func probeIsABoundBetweenNothingAndEntropy() throws {
  let (points, labels) = SampleFeatures.clouds(1200, 4, classes: 5, spread: 1, seed: 4)
  let found = try MutualInformation.probe(of: points, labels: labels, seed: 1, threads: 2)
  let nearest = try MutualInformation.ross(of: points, labels: labels, threads: 2)
  #expect(found.nats > 0.2 && found.nats < nearest.nats + 0.1)
  #expect(found.nats < found.entropyNats)
  #expect(try MutualInformation.probe(of: points, labels: labels, seed: 1, threads: 1) == found)
  let apart = SampleFeatures.clouds(500, 4, classes: 5, spread: 40, seed: 4)
  let all = try MutualInformation.probe(of: apart.features, labels: apart.labels, threads: 2)
  #expect(all.nats > 0.98 * all.ceilingNats && all.nats <= all.ceilingNats)
}

@Test func probeNeedsEveryClassInEveryFold() {
  let points = SampleFeatures.normal(20, 2, seed: 1)
  let labels = (0..<20).map { $0 < 3 ? 8 : $0 % 2 }
  #expect(
    throws: FeatureError.smallClass(
      label: 8, rows: 3, needed: 5, purpose: "a probe with 5 folds")
  ) { try MutualInformation.probe(of: points, labels: labels, threads: 1) }
}

@Test func searchFindsTheBottomOfABowl() {
  // A quadratic with curvatures 1, 10, 100 about (1, 2, 3).
  let curvatures: [Double] = [1, 10, 100]
  let outcome = LBFGS(tolerance: 1e-9).minimise(from: [0, 0, 0]) { point in
    var value = 0.0
    var slope = [Double](repeating: 0, count: 3)
    for place in 0..<3 {
      let distance = point[place] - Double(place + 1)
      slope[place] = curvatures[place] * distance
      value += 0.5 * slope[place] * distance
    }
    return (value, slope)
  }
  #expect(outcome.converged && outcome.steps < 40)
  expectClose(outcome.point, [1, 2, 3], relative: 1e-8)
}
