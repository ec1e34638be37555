import Foundation

/// The name of a run: SHA-256 of its canonical specification, 64 lower-case hexadecimal digits.
public struct RunKey: Codable, Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The 64 digits.
  public let text: String

  /// The key of a specification.
  public init(of specification: some Encodable) throws {
    self.init(canonical: try CanonicalJSON.encode(specification))
  }

  /// The key of a specification that is already in its canonical spelling.
  public init(canonical: Data) { text = Digest.sha256(of: canonical) }

  /// Takes over the digits of a key; anything else throws ``StoreError/invalidKey(_:)``.
  public init(_ text: String) throws {
    guard Digest.isValid(text) else { throw StoreError.invalidKey(text) }
    self.text = text
  }

  /// Decodes the digits.
  public init(from decoder: any Decoder) throws {
    try self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Encodes the digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// The first ten digits, as reports print them.
  public var short: String { String(text.prefix(10)) }

  /// The digits.
  public var description: String { text }

  /// Keys are ordered by their digits.
  public static func < (left: RunKey, right: RunKey) -> Bool { left.text < right.text }
}
