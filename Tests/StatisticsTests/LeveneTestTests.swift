import Statistics
import TestSupport
import Testing

/// Reference values made by Tests/Fixtures/scripts/levene.py with SciPy.
struct LeveneFixture: Decodable {
  struct Result: Decodable { let statistic, p: Double }
  struct Test: Decodable {
    let groups: [[Double]]
    let mean, median, trimmed: Result
  }
  struct Large: Decodable {
    let first, second: GeneratedSample
    let mean, median, trimmed: Result
  }
  struct Tail: Decodable { let f, numerator, denominator, p: Double }
  struct Relabelling: Decodable {
    let a, b: [Double]
    let name: String
    let statistic: Double
    let p: [Double]
  }
  let tests: [Test]
  let large: [Large]
  let f: [Tail]
  let relabelling: [Relabelling]

  static func load() throws -> LeveneFixture { try Fixture.json("statistics/levene.json") }
}

@Test func leveneByHand() throws {
  // Deviations from the means 1 and 3 are 1, 0, 1 and 3, 0, 3: means 2/3 and 2, W = 4 · (8/3) / (2/3 + 6).
  let test = try #require(LeveneTest([[0, 1, 2], [0, 3, 6]], centre: .mean))
  expectClose(test.statistic, 1.6)
  #expect(test.numeratorDegrees == 1 && test.denominatorDegrees == 4)
  let median = try #require(LeveneTest([[0, 1, 2], [0, 3, 6]]))
  expectClose(median.pValue, test.pValue)
  #expect(LeveneTest([[1], [2]]) == nil)
  #expect(LeveneTest([[1, 1], [2, 2]]) == nil)
  #expect(LeveneTest([[0, 2], [0, 4]])?.pValue == 0)
}

@Test func leveneEqualsSciPy() throws {
  let fixture = try LeveneFixture.load()
  var rows = fixture.tests.map { ($0.groups, $0.mean, $0.median, $0.trimmed) }
  rows += fixture.large.map {
    ([$0.first.values, $0.second.values], $0.mean, $0.median, $0.trimmed)
  }
  for (groups, mean, median, trimmed) in rows {
    let centres: [(LeveneTest.Centre, LeveneFixture.Result)] = [
      (.mean, mean), (.median, median), (.trimmedMean(share: 0.1), trimmed),
    ]
    for (centre, expected) in centres {
      let test = try #require(LeveneTest(groups, centre: centre))
      let name = "\(groups.map(\.count)), \(centre)"
      expectClose(test.statistic, expected.statistic, relative: 1e-10, name)
      expectClose(test.pValue, expected.p, relative: 1e-10, name)
    }
  }
}

@Test func tailsOfFEqualSciPy() throws {
  for row in try LeveneFixture.load().f {
    let distribution = FDistribution(numerator: row.numerator, denominator: row.denominator)
    expectClose(
      distribution.upperTail(row.f), row.p, relative: 1e-10,
      "F(\(row.numerator), \(row.denominator)) at \(row.f)")
  }
}

@Test func spreadIsComparedWhateverTheUnitAndPlace() throws {
  let (a, b) = ([0.1, 0.4, 0.35, 0.8], [1.2, -0.4, 2.2, 0.3, -1.6])
  let test = try #require(LeveneTest([a, b]))
  let moved = try #require(LeveneTest([b.map { 8 * $0 + 64 }, a.map { 8 * $0 - 32 }]))
  expectClose(moved.pValue, test.pValue, relative: 1e-9)
}
