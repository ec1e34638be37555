import Features
import TestSupport
import Testing

@Test func twoHeapsAreFound() {
  let points = FeatureMatrix(rows: 6, columns: 1, values: [0, 10, 1, 11, 2, 12])
  let groups = KMeans(of: points, count: 2, seed: 1, threads: 1)
  #expect(groups.converged)
  #expect(Set(groups.centres.values) == [1, 11])
  #expect(groups.inertia == 4)
  #expect(groups.assignments[0] == groups.assignments[2])
  #expect(groups.assignments[0] != groups.assignments[1])
}

@Test func cloudsAreFoundWhateverTheThreads() {
  let (points, labels) = SampleFeatures.clouds(2500, 20, classes: 6, spread: 8, seed: 2)
  let one = KMeans(of: points, count: 6, seed: 4, threads: 1)
  let two = KMeans(of: points, count: 6, seed: 4, threads: 2)
  #expect(one == two)
  let pairs = Set(zip(one.assignments, labels).map { [Int($0), $1] })
  #expect(pairs.count == 6)
  #expect(KMeans(of: points, count: 9, seed: 1, threads: 1).inertia < one.inertia)
  #expect(
    KMeans(of: points, count: 9, seed: 1, threads: 1)
      != KMeans(of: points, count: 9, seed: 2, threads: 1))
}

@Test func assignmentsAreNearestAndCentresMeans() {
  let points = SampleFeatures.normal(700, 3, seed: 5)
  let groups = KMeans(
    of: points, count: 12, seed: 3, tolerance: 0, maximumIterations: 500, threads: 2)
  #expect(groups.converged)
  let nearest = exactNeighbors(
    of: points, in: groups.centres, k: 1, excludingSelf: false, threads: 1)
  let differing = zip(nearest.indices, groups.assignments).count { $0 != $1 }
  #expect(differing == 0)
  for centre in 0..<12 {
    let rows = (0..<700).filter { groups.assignments[$0] == Int32(centre) }
    expectClose(
      points.selecting(rows: rows).columnMeans, groups.centres.row(centre).map(Double.init),
      relative: 1e-5, absolute: 1e-6)
  }
}

@Test func asManyCentresAsPointsAndEqualPoints() {
  let points = SampleFeatures.normal(7, 2, seed: 5)
  #expect(KMeans(of: points, count: 7, seed: 1, threads: 1).inertia == 0)
  let equal = FeatureMatrix(rows: 5, columns: 1, values: [1, 1, 1, 1, 1])
  let groups = KMeans(of: equal, count: 3, seed: 1, threads: 1)
  #expect(groups.inertia == 0 && groups.converged)
}
