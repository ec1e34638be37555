import CZlib
import Foundation

/// A deflate stream in memory that is inflated piece by piece.
///
/// A class, since zlib's state points back at its stream, which therefore must not move.
final class Inflater {
  /// What surrounds the deflate stream.
  enum Wrapper: Int32 {
    /// Gzip's header and check sum.
    case gzip = 31
    /// Nothing.
    case none = -15
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private let input: Data
  private var position: Int
  /// Whether the stream's end, with a right check sum where there is one, has been reached.
  private(set) var isAtEnd = false

  /// Starts at the first byte of the input.
  init(_ input: Data, wrapper: Wrapper, name: String) throws {
    self.input = input
    position = 0
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(
      stream, wrapper.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      throw DatasetError(.damaged, "\(name): zlib could not start (\(status)); free some memory")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// The number of input bytes that have been used.
  var consumed: Int { position }

  /// Inflates up to `count` bytes; fewer mean that the stream has ended, is cut off or is damaged.
  func read(_ count: Int) -> [UInt8] {
    guard !isAtEnd, count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { target, written in
      while written < count, !isAtEnd {
        let piece = min(input.count - position, 1 << 30)
        let room = min(count - written, 1 << 30)
        let status = input.withUnsafeBytes { source -> Int32 in
          let bytes = source.bindMemory(to: UInt8.self)
          stream.pointee.next_in = bytes.baseAddress.map {
            UnsafeMutablePointer(mutating: $0 + position)
          }
          stream.pointee.avail_in = UInt32(piece)
          stream.pointee.next_out = target.baseAddress.map { $0 + written }
          stream.pointee.avail_out = UInt32(room)
          return inflate(stream, Z_NO_FLUSH)
        }
        position += piece - Int(stream.pointee.avail_in)
        written += room - Int(stream.pointee.avail_out)
        if status == Z_STREAM_END { isAtEnd = true }
        // Neither progress nor end: the input is exhausted or damaged.
        if status != Z_OK { return }
      }
    }
  }

  /// Inflates the rest, at most `limit` bytes; nil when there is more or the stream does not end.
  ///
  /// Memory grows with what is inflated, not with the limit.
  func readAll(limit: Int) -> [UInt8]? {
    var content: [UInt8] = []
    while !isAtEnd {
      // One byte more than allowed, so that a longer content shows.
      let room = min(max(content.count, 1 << 16), limit + 1 - content.count)
      guard room > 0 else { return nil }
      let piece = read(room)
      if piece.count < room && !isAtEnd { return nil }
      content += piece
    }
    return content.count <= limit ? content : nil
  }
}
