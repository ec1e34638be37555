/// The bytes of a pickle, read from front to back.
struct PickleReader {
  private let bytes: [UInt8]
  /// The place of the next byte.
  private(set) var position = 0

  /// Starts at the first byte.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The number of all bytes.
  var count: Int { bytes.count }

  /// The next byte.
  mutating func byte() throws(PickleFault) -> UInt8 {
    guard position < bytes.count else {
      throw PickleFault("expected the pickle's end mark, found the end of the file; it is cut off")
    }
    position += 1
    return bytes[position - 1]
  }

  /// The next bytes.
  mutating func take(_ count: Int) throws(PickleFault) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - position else {
      throw PickleFault("expected \(count) more bytes, found \(bytes.count - position)")
    }
    position += count
    return bytes[(position - count)..<position]
  }

  /// A little-endian number of 1, 2, 4 or 8 bytes; those of 8 bytes beyond `Int` are refused.
  mutating func unsigned(_ count: Int) throws(PickleFault) -> Int {
    let value = try take(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let number = Int(exactly: value) else {
      throw PickleFault("length \(value) is impossible")
    }
    return number
  }

  /// A little-endian two's complement number of up to 8 bytes.
  mutating func signed(_ count: Int) throws(PickleFault) -> Int {
    guard (0...8).contains(count) else {
      throw PickleFault("expected an integer of at most 8 bytes, found one of \(count)")
    }
    guard count > 0 else { return 0 }
    let bits = try take(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(truncatingIfNeeded: bits << (64 - 8 * count)) >> (64 - 8 * count)
  }

  /// A big-endian number of IEEE 754 in 8 bytes.
  mutating func real() throws(PickleFault) -> Double {
    Double(bitPattern: try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  /// The bytes up to the next line feed, which is passed over.
  mutating func line() throws(PickleFault) -> ArraySlice<UInt8> {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
      throw PickleFault("expected a line feed, found none; the pickle is cut off")
    }
    defer { position = end + 1 }
    return bytes[position..<end]
  }

  /// The text of a line.
  mutating func lineText() throws(PickleFault) -> String { try Self.text(try line()) }

  /// Bytes as UTF-8.
  static func text(_ bytes: ArraySlice<UInt8>) throws(PickleFault) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PickleFault("expected a text in UTF-8, found other bytes")
    }
    return text
  }
}
