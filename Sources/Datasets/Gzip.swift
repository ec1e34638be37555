import Foundation

/// Reading of gzip files.
enum Gzip {
  private static let magic: [UInt8] = [0x1F, 0x8B]

  /// Whether the bytes begin like a gzip file.
  static func isCompressed(_ data: Data) -> Bool { data.prefix(2).elementsEqual(magic) }

  /// Inflates a whole gzip stream whose content may be at most `limit` bytes.
  ///
  /// - Throws: ``DatasetError`` when the stream is cut off, altered or too long; `name` stands for the file.
  static func inflate(_ data: Data, limit: Int, name: String) throws -> [UInt8] {
    guard let content = try Inflater(data, wrapper: .gzip, name: name).readAll(limit: limit) else {
      throw DatasetError(
        .damaged,
        "\(name): expected a whole gzip stream of at most \(limit) bytes, found one that is cut off, "
          + "altered or longer; fetch the file again")
    }
    return content
  }
}
