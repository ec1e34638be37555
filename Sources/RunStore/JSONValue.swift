import Foundation

/// Any JSON value, for data whose type a lower layer need not know.
public enum JSONValue: Codable, Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Decodes whatever JSON value is there; whole numbers stay whole.
  ///
  /// A whole number beyond 64-bit integers that a double would change is refused.
  public init(from decoder: any Decoder) throws {
    if let key = JSONText.key, let text = decoder.userInfo[key] as? JSONText,
      let value = text.value(at: decoder.codingPath)
    {
      self = value
      return
    }
    let container = try decoder.singleValueContainer()
    if (try? decoder.unkeyedContainer()) != nil {
      self = .array(try container.decode([JSONValue].self))
    } else if (try? decoder.container(keyedBy: AnyMember.self)) != nil {
      self = .object(try container.decode([String: JSONValue].self))
    } else if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else {
      self = .number(try container.decode(Double.self))
      if let value = try? container.decode(UInt64.self), !Self.isKept(value) {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "whole number \(value) is beyond 64-bit integers")
      }
    }
  }

  /// Whether the nearest double's shortest text is the same whole number.
  private static func isKept(_ value: UInt64) -> Bool {
    Decimal(string: Double(value).description) == Decimal(value)
  }

  /// A member of any name.
  private struct AnyMember: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Encodes the value as itself.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// The same tree as a reader of its text gets it: with every whole number an integer.
  ///
  /// Nil when it has a number whose text has to be looked at: none that is finite, or one beyond 2^53.
  var plain: JSONValue? {
    switch self {
    case .null, .bool, .integer, .string: return self
    case .number(let value):
      guard value.magnitude < 0x1p53 else { return nil }
      return Int(exactly: value).map { .integer($0) } ?? self
    case .array(let values):
      var result: [JSONValue] = []
      result.reserveCapacity(values.count)
      for value in values {
        guard let plain = value.plain else { return nil }
        result.append(plain)
      }
      return .array(result)
    case .object(let members):
      var result: [String: JSONValue] = [:]
      result.reserveCapacity(members.count)
      for (name, value) in members {
        guard let plain = value.plain else { return nil }
        result[name] = plain
      }
      return .object(result)
    }
  }

  /// The member of an object, or nil when this is no object or has no such member.
  public subscript(member: String) -> JSONValue? {
    if case .object(let members) = self { return members[member] }
    return nil
  }

  /// The value as a number, or nil when it is none.
  public var doubleValue: Double? {
    switch self {
    case .integer(let value): return Double(value)
    case .number(let value): return value
    default: return nil
    }
  }

  /// The value as a string, or nil when it is none.
  public var stringValue: String? {
    if case .string(let value) = self { return value }
    return nil
  }
}
