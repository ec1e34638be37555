import CDigest
import Foundation

/// SHA-256 digests as 64 lower-case hexadecimal digits, and MD5 digests for files that are published with no other.
public enum Digest {
  /// The digest of bytes in memory.
  public static func sha256(of data: Data) -> String {
    var hash = RunningDigest(.sha256)
    data.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }

  /// The digest of pieces of bytes, one after another.
  public static func sha256(ofPieces pieces: [[UInt8]]) -> String {
    var hash = RunningDigest(.sha256)
    for piece in pieces { piece.withUnsafeBytes { hash.update($0) } }
    return hash.finish()
  }

  /// The MD5 of bytes in memory, as 32 lower-case hexadecimal digits (RFC 1321).
  ///
  /// It finds damage and mistaken files, but not forgery: whoever wants to can make another file of the same MD5.
  public static func md5(of data: Data) -> String {
    var hash = RunningDigest(.md5)
    data.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }

  /// The digest of a file's bytes, read in pieces of 1 MiB.
  public static func sha256(ofFile file: URL) throws -> String {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileSystemError(path: file.path, operation: .read, errorNumber: errno)
    }
    defer { close(descriptor) }
    var hash = RunningDigest(.sha256)
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw FileSystemError(path: file.path, operation: .read, errorNumber: errno)
      }
      if count == 0 { return hash.finish() }
      buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }

  /// Whether a text is a digest as this type writes them.
  public static func isValid(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

/// A digest that takes its bytes piece by piece, by OpenSSL's libcrypto.
private struct RunningDigest: ~Copyable {
  enum Algorithm {
    case sha256
    case md5
  }

  private let context = EVP_MD_CTX_new()
  private let byteCount: Int

  init(_ algorithm: Algorithm) {
    byteCount = algorithm == .sha256 ? 32 : 16
    let started = EVP_DigestInit_ex(
      context, algorithm == .sha256 ? EVP_sha256() : EVP_md5(), nil)
    precondition(started == 1, "libcrypto offers no \(algorithm)")
  }

  deinit { EVP_MD_CTX_free(context) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest of all bytes so far, in hexadecimal; nothing may be added afterwards.
  mutating func finish() -> String {
    var digest = [UInt8](repeating: 0, count: byteCount)
    EVP_DigestFinal_ex(context, &digest, nil)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
