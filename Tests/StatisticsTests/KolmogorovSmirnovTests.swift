import SeededRandom
import Statistics
import TestSupport
import Testing

/// Reference values made by Tests/Fixtures/scripts/kolmogorov_smirnov.py with SciPy.
private struct KolmogorovSmirnovFixture: Decodable {
  struct Test: Decodable {
    let alternative: Alternative
    let statistic, location: Double
    let auto, exact, asymp: Double?
  }
  struct Small: Decodable {
    let a, b: [Double]
    let tests: [Test]
  }
  struct Large: Decodable {
    let first, second: GeneratedSample
    let tests: [Test]
  }
  struct Point: Decodable {
    let n: Int
    let d, p: Double
    let oneSided: Double?
  }
  let small: [Small]
  let large: [Large]
  let distribution: [Point]

  static func load() throws -> KolmogorovSmirnovFixture {
    try Fixture.json("statistics/kolmogorov-smirnov.json")
  }
}

@Test func separatedSamplesByHand() {
  // Of the C(6, 3) = 20 orders, two separate three values from three.
  let test = KolmogorovSmirnov([1, 2, 3], [4, 5, 6])
  #expect(test.statistic == 1)
  #expect(test.method == .exact)
  expectClose(test.pValue, 0.1)
  #expect(KolmogorovSmirnov([1, 2], [1, 2]).pValue == 1)
  // The first sample is below, so its distribution function is above.
  expectClose(KolmogorovSmirnov([1, 2, 3], [4, 5, 6], alternative: .greater).pValue, 0.05)
  #expect(KolmogorovSmirnov([1, 2, 3], [4, 5, 6], alternative: .less).pValue == 1)
}

@Test func distancesByHand() {
  // F₁ - F₂ is 1/2 at 1, 0 at 2, -1/2 at 3 and 0 at 5.
  let test = KolmogorovSmirnov([1, 5], [2, 3])
  #expect(test.positiveDistance == 0.5 && test.negativeDistance == 0.5)
  #expect(test.location == 1)
  #expect(KolmogorovSmirnov([1, 5], [2, 3], alternative: .less).location == 3)
  #expect(test.firstCount == 2 && test.secondCount == 2)
  // F₂ - F₁ is 1/2 at 0 and again at 2: the lower counts.
  #expect(KolmogorovSmirnov([1, 3], [0, 2], alternative: .less).location == 0)
}

@Test func infiniteValuesAndZerosOfEitherSign() {
  let test = KolmogorovSmirnov([-.infinity, 0, .infinity], [-.infinity, -0.0, .infinity])
  #expect(test.statistic == 0 && test.pValue == 1)
  let shifted = KolmogorovSmirnov([-.infinity, -.infinity, 1], [0, 0, .infinity])
  expectClose(shifted.statistic, 2.0 / 3)
  #expect(shifted.location == -.infinity)
}

@Test func oneAgainstOneSaysNothing() {
  #expect(KolmogorovSmirnov([0], [1]).pValue == 1)
  #expect(KolmogorovSmirnov([0], [1], method: .asymptotic).pValue == 1)
}

@Test func kolmogorovSmirnovEqualsSciPyOnSmallSamples() throws {
  for (place, row) in try KolmogorovSmirnovFixture.load().small.enumerated() {
    for expected in row.tests { compare(row.a, row.b, expected, "sample \(place)") }
  }
}

@Test func kolmogorovSmirnovEqualsSciPyOnLargeSamples() throws {
  for row in try KolmogorovSmirnovFixture.load().large {
    let (a, b) = (row.first.values, row.second.values)
    for expected in row.tests {
      compare(a, b, expected, "\(a.count) against \(b.count), shift \(row.second.shift ?? 0)")
    }
  }
}

private func compare(
  _ a: [Double], _ b: [Double], _ expected: KolmogorovSmirnovFixture.Test, _ name: String
) {
  let methods: [(KolmogorovSmirnov.Method?, Double?)] = [
    (nil, expected.auto), (.exact, expected.exact), (.asymptotic, expected.asymp),
  ]
  for (method, p) in methods {
    guard let p else { continue }
    let found = KolmogorovSmirnov(a, b, alternative: expected.alternative, method: method)
    let comment = "\(name), \(expected.alternative), \(method?.rawValue ?? "auto")"
    expectClose(found.statistic, expected.statistic, relative: 1e-10, comment)
    expectClose(found.pValue, p, relative: 1e-10, comment)
  }
}

@Test func distributionOfOneSampleEqualsSciPy() throws {
  for point in try KolmogorovSmirnovFixture.load().distribution {
    let distribution = KolmogorovDistribution(count: point.n)
    let name = "n \(point.n), d \(point.d)"
    expectClose(distribution.upperTail(point.d), point.p, relative: 1e-10, name)
    if let oneSided = point.oneSided, oneSided > 1e-300 {
      expectClose(
        distribution.oneSidedUpperTail(point.d), oneSided, relative: 1e-10,
        "one side, \(name)")
    }
  }
}

@Test func limitingTailEqualsTheReference() throws {
  let fixture = try StatisticsFixture.load().kolmogorov
  for row in fixture.tests {
    let (n, m) = (Double(row.a.count), Double(row.b.count))
    expectClose(
      KolmogorovSmirnov.limitingTail(row.d * (n * m / (n + m)).squareRoot()), row.asymptotic,
      relative: 1e-10)
    let exact = KolmogorovSmirnov(row.a, row.b, method: .exact)
    expectClose(exact.statistic, row.d, relative: 1e-12)
    expectClose(exact.pValue, row.exact, relative: 1e-10)
  }
  for point in fixture.tail {
    expectClose(
      KolmogorovSmirnov.limitingTail(point.x), point.p, relative: 1e-10, "tail at \(point.x)")
  }
}

@Test func exactValuesApproachTheLimit() {
  let low = (0..<2000).map { Double($0) / 2000 }
  for shift in [0.03, 0.05, 0.2] {
    let high = low.map { $0 + shift }
    let exact = KolmogorovSmirnov(low, high)
    #expect(exact.method == .exact)
    let limit = KolmogorovSmirnov(low, high, method: .asymptotic)
    #expect(abs(limit.pValue / exact.pValue - 1) < 0.5)
    #expect(KolmogorovSmirnov(high, low).pValue == exact.pValue)
  }
}

@Test func increasingMapsChangeNothing() {
  var generator = Philox(key: 12)
  let a = (0..<700).map { _ in generator.normal() }
  let b = (0..<650).map { _ in generator.normal() + 0.1 }
  let test = KolmogorovSmirnov(a, b, alternative: .greater)
  // Long samples are sorted by their bits; halving and shifting leaves their order.
  let mapped = KolmogorovSmirnov(
    a.reversed().map { 0.5 * $0 - 3 }, b.map { 0.5 * $0 - 3 }, alternative: .greater)
  #expect(mapped.statistic == test.statistic && mapped.pValue == test.pValue)
  let mirrored = KolmogorovSmirnov(a.map { -$0 }, b.map { -$0 }, alternative: .less)
  #expect(mirrored.statistic == test.statistic && mirrored.pValue == test.pValue)
}
