import SeededRandom
import Testing

/// Returns the values it is given, then repeats the last.
private struct Scripted: RandomNumberGenerator {
  var values: [UInt64]
  mutating func next() -> UInt64 {
    values.count > 1 ? values.removeFirst() : values[0]
  }
}

@Test func uniformReachesItsEndsAndNotOne() {
  var low = Scripted(values: [0])
  #expect(low.uniform() == 0)
  var high = Scripted(values: [.max])
  #expect(high.uniform() == 1 - 0x1p-53)
}

@Test func uniformBelowRejectsTheShortCell() {
  // With bound 3, 2^64 mod 3 = 1: the one product with low part 0 must be refused and drawn again.
  var generator = Scripted(values: [0, .max])
  #expect(generator.uniform(below: 3) == 2)
}

@Test(arguments: [1, 2, 3, 10, 1000])
func uniformBelowIsEven(bound: Int) {
  var generator = Philox(key: UInt64(bound))
  var counts = [Int](repeating: 0, count: bound)
  let expected = 1000.0
  for _ in 0..<(bound * 1000) { counts[generator.uniform(below: bound)] += 1 }
  let statistic = counts.reduce(0.0) { sum, count in
    let difference = Double(count) - expected
    return sum + difference * difference / expected
  }
  // Chi-square of bound - 1 degrees of freedom: mean plus six standard deviations.
  #expect(statistic <= Double(bound - 1) + 6 * (2 * Double(bound - 1)).squareRoot())
}

@Test func uniformHasMeanHalfAndVarianceTwelfth() {
  var generator = Philox(key: 5)
  let values = (0..<100_000).map { _ in generator.uniform() }
  let mean = values.reduce(0, +) / 100_000
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
  #expect(abs(mean - 0.5) < 5 * 0.288_7 / 316.2)
  #expect(abs(variance - 1.0 / 12) < 0.002)
}
