import SeededRandom
import Statistics
import TestSupport
import Testing

@Test func signFlipsByHand() {
  // Of the 8 ways to sign three positive numbers only one reaches their sum.
  expectClose(signFlipTest([1, 2, 3], alternative: .greater), 0.125)
  expectClose(signFlipTest([1, 2, 3]), 0.25)
  expectClose(signFlipTest([1, 2, 3], alternative: .less), 1)
  #expect(signFlipTest([]) == 1)
  #expect(signFlipTest([0, 0, 0]) == 1)
}

@Test func signFlipsEqualTheReference() throws {
  for row in try StatisticsFixture.load().signFlips {
    for (side, p) in zip(StatisticsFixture.sides, row.p) {
      expectClose(signFlipTest(row.d, alternative: side), p, relative: 1e-12, "\(row.d), \(side)")
    }
  }
}

@Test func sidesOfTheSignFlipTestMirrorEachOther() {
  var generator = Philox(key: 3)
  let differences = (0..<30).map { _ in generator.normal() + 0.1 }
  let mirrored = differences.map { -$0 }
  #expect(
    signFlipTest(differences, alternative: .greater) == signFlipTest(mirrored, alternative: .less))
  #expect(signFlipTest(differences) == signFlipTest(mirrored))
}
