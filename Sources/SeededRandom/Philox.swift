/// A counter-based generator: Philox4x32 with ten rounds.
///
/// Block `i` of the sequence is a keyed bijection of the 128-bit number `counter + i`, so any
/// position can be reached without drawing what lies before it. A block gives four 32-bit words,
/// read as two 64-bit numbers, low word first. Integer arithmetic alone is used: the sequence is
/// the same on every platform.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011; the tests hold the known answers that the authors published with it.
@frozen
public struct Philox: RandomNumberGenerator, Sendable, Hashable {
  @usableFromInline let key: UInt64
  @usableFromInline var counterLow: UInt64
  @usableFromInline var counterHigh: UInt64
  @usableFromInline var pending: UInt64 = 0
  @usableFromInline var hasPending = false

  /// Creates a generator that starts at the block numbered `counter`.
  ///
  /// - Parameters:
  ///   - key: The 64-bit key; low word first in the notation of the paper.
  ///   - counter: The 128-bit number of the first block, low half first.
  @inlinable
  public init(key: UInt64, counter: (UInt64, UInt64) = (0, 0)) {
    self.key = key
    self.counterLow = counter.0
    self.counterHigh = counter.1
  }

  /// Returns the next 64 bits.
  @inlinable
  public mutating func next() -> UInt64 {
    if hasPending {
      hasPending = false
      return pending
    }
    let block = Philox.block(key: key, counter: (counterLow, counterHigh))
    counterLow &+= 1
    if counterLow == 0 { counterHigh &+= 1 }
    pending = block.1
    hasPending = true
    return block.0
  }

  /// The block of 128 bits that belongs to one key and one counter, low half first.
  ///
  /// For a fixed key this is a bijection: different counters never give the same block.
  @inlinable
  public static func block(key: UInt64, counter: (UInt64, UInt64)) -> (UInt64, UInt64) {
    var key0 = UInt32(truncatingIfNeeded: key)
    var key1 = UInt32(truncatingIfNeeded: key >> 32)
    var word0 = UInt32(truncatingIfNeeded: counter.0)
    var word1 = UInt32(truncatingIfNeeded: counter.0 >> 32)
    var word2 = UInt32(truncatingIfNeeded: counter.1)
    var word3 = UInt32(truncatingIfNeeded: counter.1 >> 32)
    for _ in 0..<10 {
      let product0 = 0xD251_1F53 &* UInt64(word0)
      let product1 = 0xCD9E_8D57 &* UInt64(word2)
      word0 = UInt32(truncatingIfNeeded: product1 >> 32) ^ word1 ^ key0
      word1 = UInt32(truncatingIfNeeded: product1)
      word2 = UInt32(truncatingIfNeeded: product0 >> 32) ^ word3 ^ key1
      word3 = UInt32(truncatingIfNeeded: product0)
      key0 &+= 0x9E37_79B9
      key1 &+= 0xBB67_AE85
    }
    return (UInt64(word1) << 32 | UInt64(word0), UInt64(word3) << 32 | UInt64(word2))
  }
}
