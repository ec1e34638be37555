/// An independent, named stream of random numbers.
///
/// Streams derive from a root seed and a purpose ("noise", "split", "order") by hashing, so that a
/// new stream moves none of the others. Inside a stream every position `(a, b)`, say (epoch,
/// image), has a generator of its own: what is drawn at one position depends neither on the order
/// of the calls nor on how much was drawn elsewhere.
public struct SeedStream: Sendable, Hashable {
  /// The root seed.
  public let root: UInt64
  /// What the stream is for; parts of a substream's purpose are joined by `/`.
  public let purpose: String
  /// The Philox key of the stream.
  ///
  /// FNV-1a over the purpose's UTF-8 bytes, started from the mixed root seed, then mixed again;
  /// "mixed" is the finaliser of SplitMix64. For one purpose, different root seeds always give
  /// different keys.
  public let key: UInt64

  /// Creates the stream of a root seed and a purpose.
  public init(root: UInt64, purpose: String) {
    self.root = root
    self.purpose = purpose
    var hash = 0xCBF2_9CE4_8422_2325 ^ SeedStream.mixed(root)
    for byte in purpose.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    self.key = SeedStream.mixed(hash)
  }

  /// Returns the generator at a position of the stream.
  ///
  /// The same stream and position always give the same sequence. The position is mapped by a Philox
  /// block to a key and the upper half of a counter, a bijection: no two positions of a stream
  /// share a sequence.
  public func generator(_ a: UInt64 = 0, _ b: UInt64 = 0) -> Philox {
    let place = Philox.block(key: key, counter: (a, b))
    return Philox(key: place.0, counter: (0, place.1))
  }

  /// Returns the stream of a narrower purpose.
  ///
  /// `SeedStream(root: 1, purpose: "noise").substream("test")` equals `SeedStream(root: 1, purpose:
  /// "noise/test")`.
  public func substream(_ purpose: String) -> SeedStream {
    SeedStream(root: root, purpose: self.purpose + "/" + purpose)
  }

  /// The finaliser of SplitMix64, a bijection of 64-bit numbers in which every input bit reaches
  /// every output bit.
  static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
