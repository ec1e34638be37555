import Foundation

/// Reads whole lines from a file descriptor, waiting for them.
struct LineReader {
  private let descriptor: Int32
  private var buffer = Data()
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next line without its line break, or nil at the end; a last line without line break
  /// counts.
  mutating func next() -> Data? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Data(buffer[buffer.startIndex..<end])
        buffer.removeSubrange(buffer.startIndex...end)
        return line
      }
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 {
        defer { buffer = Data() }
        return buffer.isEmpty ? nil : buffer
      }
      buffer.append(contentsOf: chunk[..<count])
    }
  }
}

/// Writes all bytes to a descriptor and tells whether the other side took them.
@discardableResult func writeWhole(_ data: Data, to descriptor: Int32) -> Bool {
  data.withUnsafeBytes { bytes in
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
