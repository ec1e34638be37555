import Crypto
import Foundation

/// SHA-256 digests as 64 lower-case hexadecimal digits.
public enum Digest {
  /// The digest of bytes in memory.
  public static func sha256(of data: Data) -> String { hexadecimal(SHA256.hash(data: data)) }

  /// The digest of a file's bytes, read in pieces of 1 MiB.
  public static func sha256(ofFile file: URL) throws -> String {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileSystemError(path: file.path, operation: .read, errorNumber: errno)
    }
    defer { close(descriptor) }
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw FileSystemError(path: file.path, operation: .read, errorNumber: errno)
      }
      if count == 0 { return hexadecimal(hash.finalize()) }
      hash.update(data: buffer[..<count])
    }
  }

  /// Whether a text is a digest as this type writes them.
  public static func isValid(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static func hexadecimal(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
