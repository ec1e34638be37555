import SeededRandom

/// Damages files as accident and malice do, always in the same way for one seed.
struct ByteMutator {
  private var generator: Philox
  private let corpus: [[UInt8]]

  /// Numbers that lengths break on.
  private static let extremes: [UInt64] = [
    0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000,
    0xFFFF_FFFF, 0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max,
  ]

  /// Begins to damage files of a corpus.
  init(_ corpus: [[UInt8]], seed: UInt64) {
    generator = SeedStream(root: seed, purpose: "mutation").generator()
    self.corpus = corpus
  }

  /// The next damaged file: a file of the corpus with one to four damages.
  mutating func next() -> [UInt8] {
    var bytes = file()
    for _ in 0...generator.uniform(below: 4) { damage(&bytes) }
    return bytes
  }

  private mutating func file() -> [UInt8] { corpus[generator.uniform(below: corpus.count)] }

  private mutating func damage(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else {
      bytes = [UInt8(generator.uniform(below: 256))]
      return
    }
    let place = generator.uniform(below: bytes.count)
    switch generator.uniform(below: 8) {
    case 0: bytes[place] ^= 1 << UInt8(generator.uniform(below: 8))
    case 1: bytes[place] = UInt8(generator.uniform(below: 256))
    case 2: bytes.removeLast(bytes.count - place)
    case 3:
      let count = 1 + generator.uniform(below: 16)
      bytes.insert(
        contentsOf: (0..<count).map { _ in UInt8(generator.uniform(below: 256)) }, at: place)
    case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.uniform(below: 16)))
    case 5: edit(&bytes, at: place)
    case 6:
      // The head of this file with the tail of another.
      let other = file()
      let cut = generator.uniform(below: other.count)
      bytes = Array(bytes[..<place]) + other[cut...]
    default:
      // A part of the file again, elsewhere.
      let count = min(1 + generator.uniform(below: 64), bytes.count - place)
      let part = Array(bytes[place..<(place + count)])
      bytes.insert(contentsOf: part, at: generator.uniform(below: bytes.count))
    }
  }

  /// Writes an extreme number, or one near the file's length, over 1, 2, 4 or 8 bytes.
  private mutating func edit(_ bytes: inout [UInt8], at place: Int) {
    let width = 1 << generator.uniform(below: 4)
    let isNear = generator.uniform(below: 4) == 0
    let value =
      isNear
      ? UInt64(bytes.count + generator.uniform(below: 9)) &- 4
      : Self.extremes[generator.uniform(below: Self.extremes.count)]
    let isBigEndian = generator.uniform(below: 2) == 0
    for offset in 0..<width where place + offset < bytes.count {
      let shift = 8 * (isBigEndian ? width - 1 - offset : offset)
      bytes[place + offset] = UInt8(truncatingIfNeeded: value >> UInt64(shift))
    }
  }
}
