import Foundation
import RunStore

/// Bytes that never change once they are here: pages of this process alone, or of a file that processes share.
///
/// Either kind is mapped by itself and given back to the system with the object, so that large data leave no hole in the
/// heap of a process that keeps its freed memory.
final class PixelMemory: Sendable {
  /// The bytes; valid as long as this object, and never written after it was made.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  deinit {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
  }

  /// Takes memory and fills it.
  ///
  /// - Parameters:
  ///   - count: The number of bytes, all zero at first.
  ///   - fill: Writes them.
  convenience init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
    guard count > 0 else {
      self.init(bytes: UnsafeRawBufferPointer(start: nil, count: 0))
      return
    }
    let found = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let found, found != MAP_FAILED else {
      preconditionFailure("no memory for \(count) bytes of images")
    }
    fill(UnsafeMutableRawBufferPointer(start: found, count: count))
    mprotect(found, count, PROT_READ)
    self.init(bytes: UnsafeRawBufferPointer(start: found, count: count))
  }

  /// Maps a regular file of exactly `count` bytes for reading.
  ///
  /// The file may be renamed or removed afterwards, but nobody may write to it: a process whose mapped file is cut off
  /// is killed when it reads beyond the end.
  ///
  /// - Returns: Nil when there is no such file, it has another length, or it cannot be mapped.
  static func mapping(_ file: URL, count: Int) -> PixelMemory? {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var state = stat()
    guard count > 0, fstat(descriptor, &state) == 0, state.st_mode & S_IFMT == S_IFREG,
      Int(state.st_size) == count,
      let found = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0), found != MAP_FAILED
    else { return nil }
    return PixelMemory(bytes: UnsafeRawBufferPointer(start: found, count: count))
  }

  /// SHA-256 of the bytes.
  var digest: String {
    guard let start = bytes.baseAddress else { return Digest.sha256(of: Data()) }
    return Digest.sha256(of: data(at: start))
  }

  /// Calls a body with the bytes as data that are no copy and must not outlive the call.
  func withData<Result>(_ body: (Data) throws -> Result) rethrows -> Result {
    guard let start = bytes.baseAddress else { return try body(Data()) }
    return try withExtendedLifetime(self) { try body(data(at: start)) }
  }

  private func data(at start: UnsafeRawPointer) -> Data {
    Data(
      bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count, deallocator: .none)
  }
}
