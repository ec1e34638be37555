import Statistics
import TestSupport
import Testing

@Test func threeAgainstThreeReachesOneTwentieth() {
  expectClose(permutationTest([3, 4, 5], [0, 1, 2], alternative: .greater), 0.05)
  expectClose(permutationTest([3, 4, 5], [0, 1, 2]), 0.1)
  expectClose(permutationTest([3, 4, 5], [0, 1, 2], alternative: .less), 1)
  #expect(permutationTest([1, 1], [1, 1]) == 1)
}

@Test func permutationsEqualTheReference() throws {
  for row in try StatisticsFixture.load().permutations {
    for (side, p) in zip(StatisticsFixture.sides, row.p) {
      let found = permutationTest(row.a, row.b, alternative: side)
      expectClose(found, p, relative: 1e-12, "\(row.a) against \(row.b), \(side)")
    }
  }
}

@Test func permutationTestDoesNotDependOnOrderOrShift() {
  let (a, b) = ([0.81, 0.79, 0.84, 0.8], [0.78, 0.8, 0.77])
  let p = permutationTest(a, b)
  #expect(permutationTest(a.reversed(), b.reversed()) == p)
  #expect(permutationTest(a.map { $0 + 100 }, b.map { $0 + 100 }) == p)
  #expect(permutationTest(b, a) == p)
}
