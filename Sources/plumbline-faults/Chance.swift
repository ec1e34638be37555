import Foundation
import RunStore

/// The random numbers of one trial, which its number and the suite's seed determine.
///
/// SplitMix64 (G. L. Steele and others, 2014), started from a digest of both.
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64, trial: Int) {
    let digits = Digest.sha256(of: Data("plumbline-faults/\(seed)/\(trial)".utf8)).prefix(16)
    state = UInt64(digits, radix: 16) ?? seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// True in this share of the draws.
  mutating func happens(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

  /// A whole number of a range.
  mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// A number of a range.
  mutating func real(_ range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &self)
  }

  /// One of several, or nil when there is none.
  mutating func one<Element>(of elements: [Element]) -> Element? {
    elements.randomElement(using: &self)
  }
}
