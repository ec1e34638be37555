import CZlib
import Foundation

/// Reading of gzip files by zlib.
enum Gzip {
  private static let magic: [UInt8] = [0x1F, 0x8B]

  /// Whether the bytes begin like a gzip file.
  static func isCompressed(_ data: Data) -> Bool { data.prefix(2).elementsEqual(magic) }

  /// Inflates a whole gzip stream whose content may be at most `limit` bytes.
  ///
  /// - Throws: ``DatasetError`` when the stream is cut off, altered or too long; `name` stands for the file.
  static func inflate(_ data: Data, limit: Int, name: String) throws -> [UInt8] {
    var stream = z_stream()
    guard czlib_inflate_init_gzip(&stream) == Z_OK else {
      throw DatasetError(.damaged, "\(name): zlib could not start")
    }
    defer { inflateEnd(&stream) }
    // One byte more than allowed, so that a longer content shows.
    var content = [UInt8](repeating: 0, count: limit + 1)
    var input = [UInt8](data)
    let status = input.withUnsafeMutableBufferPointer { source in
      content.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return CZlib.inflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END, Int(stream.total_out) <= limit else {
      throw DatasetError(
        .damaged,
        "\(name): expected a whole gzip stream of at most \(limit) bytes, found one that is cut off, "
          + "altered or longer; fetch the file again")
    }
    content.removeLast(content.count - Int(stream.total_out))
    return content
  }
}
