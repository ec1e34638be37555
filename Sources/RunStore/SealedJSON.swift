import Foundation

/// JSON that carries the digest of its own content, so that any altered byte is noticed.
///
/// The file is `{"content":…,"sha256":"…"}` and a line break, with canonical JSON as content, and
/// the digest is that of the content's bytes. Nothing else is accepted, not even other white space.
enum SealedJSON {
  private static let head = Data(#"{"content":"#.utf8)
  private static let middle = Data(#","sha256":""#.utf8)
  private static let tail = Data("\"}\n".utf8)

  static func encode(_ value: some Encodable) throws -> Data {
    let content = try CanonicalJSON.encode(value, nonFinite: .text)
    return head + content + middle + Data(Digest.sha256(of: content).utf8) + tail
  }

  static func decode<Value: Decodable>(
    _ type: Value.Type, from data: Data, path: String
  ) throws -> Value {
    let ending = middle.count + 64 + tail.count
    guard data.count > head.count + ending, data.starts(with: head) else {
      throw StoreError.damaged(path: path, reason: "it has no content and digest")
    }
    let content = data.dropFirst(head.count).dropLast(ending)
    let digest = Digest.sha256(of: content)
    guard data.suffix(ending) == middle + Data(digest.utf8) + tail else {
      throw StoreError.damaged(
        path: path,
        reason: "its content's digest \(digest.prefix(10))… is not the one beside it")
    }
    do {
      return try CanonicalJSON.decode(type, from: Data(content))
    } catch StoreError.unknownSchema(_, let found, let supported) {
      throw StoreError.unknownSchema(path: path, found: found, supported: supported)
    } catch let error as StoreError {
      throw StoreError.damaged(path: path, reason: error.message)
    }
  }
}
