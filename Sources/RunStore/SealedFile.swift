import Foundation

/// Values as files that carry the digest of their own content, so that any altered byte is noticed.
///
/// The digest finds damage, not forgery: who alters the content on purpose can write the digest that goes with it.
public enum SealedFile {
  /// The bytes of a file; numbers that are not finite are texts.
  public static func encode(_ value: some Encodable) throws -> Data { try SealedJSON.encode(value) }

  /// Reads ``encode(_:)``.
  ///
  /// - Parameters:
  ///   - type: What the file holds.
  ///   - data: Its bytes.
  ///   - path: What an error calls it.
  /// - Returns: The content.
  /// - Throws: ``StoreError/damaged(path:reason:)`` for any altered, missing or additional byte.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from data: Data, path: String
  ) throws -> Value {
    try SealedJSON.decode(type, from: data, path: path)
  }
}
