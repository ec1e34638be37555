import Foundation

/// The one spelling of a value as JSON, so that equal values have equal bytes and equal digests.
///
/// Members are sorted by their UTF-8 bytes; there is no white space; slashes are not escaped; a
/// whole number below 2^53 in magnitude is written without point or exponent, any other number as
/// the shortest text that reads back as the same double. Zero has no sign.
public enum CanonicalJSON {
  /// What is done with numbers that JSON does not have.
  public enum NonFinite: Hashable, Sendable {
    /// They are an error; for specifications.
    case refuse
    /// They are the texts `NaN`, `Infinity` and `-Infinity`; for measurements, where a diverged run
    /// has them.
    case text
  }

  /// Writes a value.
  ///
  /// Throws ``StoreError/notEncodable(reason:)`` for a non-finite number that is refused, and for a
  /// whole number that a reader of doubles would change.
  public static func encode(_ value: some Encodable, nonFinite: NonFinite = .refuse) throws -> Data
  {
    var bytes: [UInt8] = []
    append(try tree(of: value, nonFinite: nonFinite), to: &bytes)
    return Data(bytes)
  }

  /// Reads what ``encode(_:nonFinite:)`` wrote with either setting.
  ///
  /// Members that the type does not know are passed over; see ``decodeStrictly(_:from:)``.
  public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    if let key = JSONText.key { decoder.userInfo[key] = JSONText(data) }
    do {
      return try decoder.decode(type, from: data)
    } catch let error as DecodingError {
      throw StoreError.notDecodable(reason: StoreError.describe(error))
    }
  }

  /// Reads a value and refuses members that its type does not write back.
  ///
  /// A misspelt member is therefore an error (``StoreError/unknownMembers(_:)``) and no silent
  /// default.
  public static func decodeStrictly<Value: Codable>(
    _ type: Value.Type, from data: Data
  ) throws -> Value {
    let value = try decode(type, from: data)
    let given = try decode(JSONValue.self, from: data)
    var unknown: [String] = []
    collectUnknown(in: given, known: try tree(of: value, nonFinite: .text), at: "", into: &unknown)
    guard unknown.isEmpty else { throw StoreError.unknownMembers(unknown.sorted()) }
    return value
  }

  /// The value as a tree, equal to what a reader of its canonical text gets.
  public static func tree(
    of value: some Encodable, nonFinite: NonFinite = .refuse
  ) throws -> JSONValue {
    if let value = (value as? JSONValue)?.plain { return value }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    if nonFinite == .text {
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    }
    let data: Data
    do {
      data = try encoder.encode(value)
    } catch EncodingError.invalidValue(let invalid, let context) {
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw StoreError.notEncodable(
        reason: "\(invalid) at '\(path)': \(context.debugDescription)")
    }
    if let value = JSONParser.value(of: data) { return value }
    do {
      return try JSONDecoder().decode(JSONValue.self, from: data)
    } catch let error as DecodingError {
      throw StoreError.notEncodable(reason: StoreError.describe(error))
    }
  }

  private static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): bytes.append(contentsOf: String(value).utf8)
    case .number(let value): bytes.append(contentsOf: text(of: value).utf8)
    case .string(let value): appendQuoted(value, to: &bytes)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        appendQuoted(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(member.value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func text(of number: Double) -> String {
    let isPlainWhole = number.magnitude < 0x1p53 && number.rounded() == number
    return isPlainWhole ? String(Int(number)) : number.description
  }

  private static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: (digits.count == 1 ? "\\u000" : "\\u00").utf8)
        bytes.append(contentsOf: digits.utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func collectUnknown(
    in given: JSONValue, known: JSONValue, at path: String, into unknown: inout [String]
  ) {
    switch (given, known) {
    case (.object(let given), .object(let known)):
      for (name, value) in given {
        let place = path.isEmpty ? name : "\(path).\(name)"
        if let match = known[name] {
          collectUnknown(in: value, known: match, at: place, into: &unknown)
        } else if value != .null {
          unknown.append(place)
        }
      }
    case (.array(let given), .array(let known)):
      for (index, pair) in zip(given, known).enumerated() {
        collectUnknown(in: pair.0, known: pair.1, at: "\(path)[\(index)]", into: &unknown)
      }
    default: break
    }
  }
}
