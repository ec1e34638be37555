import CDigest
import Foundation

/// SHA-256 digests as 64 lower-case hexadecimal digits.
public enum Digest {
  /// The digest of bytes in memory.
  public static func sha256(of data: Data) -> String {
    var hash = RunningDigest()
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
    var hash = RunningDigest()
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

/// A SHA-256 that takes its bytes piece by piece, by OpenSSL's libcrypto.
private struct RunningDigest: ~Copyable {
  private let context = EVP_MD_CTX_new()

  init() {
    let started = EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(started == 1, "libcrypto offers no SHA-256")
  }

  deinit { EVP_MD_CTX_free(context) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest of all bytes so far, in hexadecimal; nothing may be added afterwards.
  mutating func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
