import Foundation

/// Reads plain JSON text into a tree, many times faster than Foundation's decoder makes one.
///
/// What it gives is what `JSONDecoder` gives ``JSONValue``. What is not plain is left to `JSONDecoder`, which then makes
/// the value or the error: malformed text, other encodings than UTF-8, members of one name, more than 256 levels, and
/// numbers beyond 2^53 that are not written as 64-bit integers.
struct JSONParser {
  private static let deepest = 256

  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The value of a text, or nil when the text is not plain JSON.
  static func value(of text: Data) -> JSONValue? {
    text.withUnsafeBytes { raw in
      var parser = JSONParser(raw.assumingMemoryBound(to: UInt8.self))
      guard let value = parser.value(depth: 0) else { return nil }
      parser.skipSpace()
      return parser.place == parser.bytes.count ? value : nil
    }
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while place < bytes.count,
      bytes[place] == UInt8(ascii: " ") || bytes[place] == UInt8(ascii: "\n")
        || bytes[place] == UInt8(ascii: "\r") || bytes[place] == UInt8(ascii: "\t")
    {
      place += 1
    }
  }

  /// Passes over a byte, white space before it included, and tells whether it was there.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    place += 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    let end = place + word.utf8CodeUnitCount
    guard end <= bytes.count,
      UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        .elementsEqual(bytes[place..<end])
    else { return false }
    place = end
    return true
  }

  private mutating func value(depth: Int) -> JSONValue? {
    skipSpace()
    guard let first = next, depth <= Self.deepest else { return nil }
    switch first {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return take(word: "true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take(word: "false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take(word: "null") ? .null : nil
    default: return number()
    }
  }

  private mutating func array(depth: Int) -> JSONValue? {
    place += 1
    var values: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array(values) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]")) ? .array(values) : nil
  }

  private mutating func object(depth: Int) -> JSONValue? {
    place += 1
    var members: [String: JSONValue] = [:]
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\""), let name = string(), take(UInt8(ascii: ":")),
        let value = value(depth: depth + 1), members.updateValue(value, forKey: name) == nil
      else { return nil }
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) ? .object(members) : nil
  }

  // MARK: - Texts

  private mutating func string() -> String? {
    place += 1
    let start = place
    var all: UInt8 = 0
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      all |= byte
      place += 1
    }
    let head = bytes[start..<place]
    guard next == UInt8(ascii: "\"") else { return string(after: Array(head)) }
    place += 1
    return all < 0x80
      ? String(decoding: head, as: UTF8.self) : String(validating: head, as: UTF8.self)
  }

  /// The rest of a text that has an escape.
  private mutating func string(after head: [UInt8]) -> String? {
    var text = head
    while let byte = next, byte >= 0x20 {
      place += 1
      if byte == UInt8(ascii: "\"") { return String(validating: text, as: UTF8.self) }
      if byte != UInt8(ascii: "\\") {
        text.append(byte)
      } else if !takeEscape(into: &text) {
        return nil
      }
    }
    return nil
  }

  private mutating func takeEscape(into text: inout [UInt8]) -> Bool {
    guard let letter = next else { return false }
    place += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      guard let first = takeFourDigits() else { return false }
      var units = [first]
      if UTF16.isLeadSurrogate(first) {
        guard take(word: "\\u"), let second = takeFourDigits() else { return false }
        units.append(second)
      }
      guard let character = String(validating: units, as: UTF16.self) else { return false }
      text.append(contentsOf: character.utf8)
    default: return false
    }
    return true
  }

  private mutating func takeFourDigits() -> UInt16? {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
        return nil
      }
      unit = unit << 4 | UInt16(digit)
      place += 1
    }
    return unit
  }

  // MARK: - Numbers

  /// Passes over digits and returns how many there were.
  private mutating func skipDigits() -> Int {
    let start = place
    while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
    return place - start
  }

  private mutating func number() -> JSONValue? {
    let start = place
    if next == UInt8(ascii: "-") { place += 1 }
    let first = place
    let count = skipDigits()
    guard count == 1 || (count > 1 && bytes[first] != UInt8(ascii: "0")) else { return nil }
    var isWhole = true
    if next == UInt8(ascii: ".") {
      place += 1
      isWhole = false
      if skipDigits() == 0 { return nil }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      place += 1
      isWhole = false
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
      if skipDigits() == 0 { return nil }
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isWhole { return Int(text).map { .integer($0) } }
    guard let value = Double(text), value.magnitude < 0x1p53 else { return nil }
    return Int(exactly: value).map { .integer($0) } ?? .number(value)
  }
}
