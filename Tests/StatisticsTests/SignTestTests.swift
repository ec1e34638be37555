import Statistics
import TestSupport
import Testing

@Test func fiveWinsOfFive() {
  expectClose(signTest(wins: 5, losses: 0, alternative: .greater), 1.0 / 32)
  expectClose(signTest(wins: 5, losses: 0), 1.0 / 16)
  #expect(signTest(wins: 0, losses: 0) == 1)
  #expect(signTest(wins: 2, losses: 2) == 1)
}

@Test func signTestsEqualTheReference() throws {
  for row in try StatisticsFixture.load().signTests {
    for (side, p) in zip(StatisticsFixture.sides, row.p) {
      let found = signTest(wins: row.wins, losses: row.losses, alternative: side)
      expectClose(found, p, relative: 1e-11, "\(row.wins) to \(row.losses), \(side)")
    }
  }
}
