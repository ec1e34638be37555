import Testing

@testable import Plotting

@Suite struct TicksTests {
  @Test func byHand() {
    #expect(Ticks.nice(in: 0...100, atMost: 6) == [0, 20, 40, 60, 80, 100])
    #expect(Ticks.nice(in: 0...1, atMost: 6) == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(Ticks.nice(in: 0...1, atMost: 5) == [0, 0.25, 0.5, 0.75, 1])
    #expect(Ticks.nice(in: -1.3...1.3, atMost: 6) == [-1, -0.5, 0, 0.5, 1])
    #expect(Ticks.nice(in: 1...40, atMost: 8) == [5, 10, 15, 20, 25, 30, 35, 40])
    #expect(Ticks.nice(in: 72.1...74.9, atMost: 6) == [72.5, 73, 73.5, 74, 74.5])
  }

  @Test func coveringByHand() {
    #expect(Ticks.covering(0.73...0.99, count: 4) == [0.7, 0.8, 0.9, 1])
    #expect(Ticks.covering(3...48, count: 3) == [0, 25, 50])
    #expect(Ticks.covering(-1...1, count: 3) == [-1, 0, 1])
    #expect(Ticks.covering(-1...1, count: 2) == nil, "no two multiples of a step do")
    #expect(Ticks.logarithmic(in: 1...1e6, atMost: 4) == [1, 100, 1e4, 1e6])
    #expect(Ticks.logarithmic(in: 0.05...3, atMost: 4) == [0.1, 0.3, 1, 3])
    #expect(Ticks.minorLogarithmic(in: 1...20) == [2, 3, 4, 5, 6, 7, 8, 9, 20])
    #expect(Ticks.minorLogarithmic(in: 1...1e8).isEmpty)
  }

  @Test func labelsByHand() {
    #expect(Ticks.labels(for: [0, 0.25, 0.5]) == ["0.00", "0.25", "0.50"])
    #expect(Ticks.labels(for: [-2, 0, 2]) == ["\u{2212}2", "0", "2"])
    #expect(Ticks.labels(for: [0, 50_000]) == ["0", "50000"])
    #expect(Ticks.labels(for: [0, 200_000, 400_000]) == ["0", "2×10⁵", "4×10⁵"])
    #expect(Ticks.labels(for: [0, 0.00002]) == ["0", "2×10⁻⁵"])
    #expect(Ticks.labels(for: [0]) == ["0"])
    #expect(Ticks.labels(for: []) == [])
    #expect(Ticks.logarithmic(in: 1...1000) == [1, 10, 100, 1000])
    #expect(Ticks.logarithmic(in: 1...20) == [1, 2, 5, 10, 20])
    #expect([0.01, 1, 200, 100_000].map(Ticks.logarithmicLabel) == ["0.01", "1", "200", "10⁵"])
  }

  /// Whatever the range: inside it, at equal distances, few enough, and more than one.
  @Test func properties() {
    var generator = SplitMix(state: 1)
    for _ in 0..<2000 {
      let scale = [0.001, 1, 1000, 1e7].randomElement(using: &generator, or: 1)
      let lower = Double.random(in: -300...300, using: &generator) * scale
      let span = Double.random(in: 0.1...500, using: &generator) * scale
      let limit = Int.random(in: 3...11, using: &generator)
      let range = lower...(lower + span)
      let ticks = Ticks.nice(in: range, atMost: limit)
      #expect(ticks.count <= limit && !ticks.isEmpty, "\(range) at most \(limit): \(ticks)")
      let slack = span * 1e-6
      #expect(ticks.allSatisfy { $0 >= lower - slack && $0 <= lower + span + slack })
      let distances = zip(ticks.dropFirst(), ticks).map { $0 - $1 }
      #expect(distances.allSatisfy { abs($0 - distances[0]) < slack && $0 > 0 })
      #expect(Set(Ticks.labels(for: ticks)).count == ticks.count)

      let extended = Ticks.extended(range, atMost: limit)
      let ends = Ticks.nice(in: extended, atMost: limit)
      #expect(extended.contains(lower + slack) && extended.contains(lower + span - slack))
      #expect(ends.first == extended.lowerBound && ends.last == extended.upperBound)
    }
  }
}

/// A small generator with a fixed sequence.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

extension Array where Element == Double {
  func randomElement(using generator: inout SplitMix, or value: Double) -> Double {
    randomElement(using: &generator) ?? value
  }
}
