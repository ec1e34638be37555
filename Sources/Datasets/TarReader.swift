import Foundation

/// The regular files of a tar archive in the ustar format, one after another.
///
/// IEEE Std 1003.1, pax, "ustar Interchange Format"; extended headers are passed over. The archive is read as a stream,
/// so that it need not be in memory as a whole.
struct TarReader {
  /// A file of the archive.
  struct Member: Hashable {
    /// The path in the archive.
    var path: String
    /// The number of bytes.
    var byteCount: Int
  }

  private static let block = 512
  private let name: String
  private let source: (Int) throws -> [UInt8]
  private var pending = 0
  private var padding = 0
  private var budget: Int

  /// Begins to read an archive.
  ///
  /// - Parameters:
  ///   - name: What stands for the archive in messages.
  ///   - limit: The number of bytes after which reading is given up.
  ///   - source: Gives the next bytes, as many as asked for unless the archive ends.
  init(name: String, limit: Int, source: @escaping (Int) throws -> [UInt8]) {
    self.name = name
    self.source = source
    budget = limit
  }

  /// Begins to read an archive that is compressed by gzip.
  init(gzip data: Data, name: String, limit: Int) throws {
    let inflater = try Inflater(data, wrapper: .gzip, name: name)
    self.init(name: name, limit: limit) { inflater.read($0) }
  }

  /// Goes to the next regular file, passing over what is left of the last; nil at the archive's end.
  ///
  /// - Throws: ``DatasetError`` when the archive is cut off, breaks the format or is longer than the limit.
  mutating func next() throws -> Member? {
    try skip(pending + padding)
    (pending, padding) = (0, 0)
    while true {
      let header = try take(Self.block)
      if header.allSatisfy({ $0 == 0 }) { return nil }
      let size = try check(header)
      let type = header[156]
      // Links, devices and folders have no content, whatever their size field says.
      let count = (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(type) ? 0 : size
      let fill = (Self.block - count % Self.block) % Self.block
      guard type == 0 || type == UInt8(ascii: "0") else {
        try skip(count + fill)
        continue
      }
      (pending, padding) = (count, fill)
      let prefix = text(header[345..<500])
      let path = text(header[0..<100])
      let isPOSIX = header[257..<262].elementsEqual("ustar".utf8)
      return Member(
        path: isPOSIX && !prefix.isEmpty ? "\(prefix)/\(path)" : path, byteCount: count)
    }
  }

  /// The content of the file that ``next()`` went to.
  ///
  /// - Throws: ``DatasetError`` when the archive ends before the file.
  mutating func content() throws -> [UInt8] {
    defer { pending = 0 }
    return try take(pending)
  }

  /// The size in a header whose check sum is right.
  private func check(_ header: [UInt8]) throws -> Int {
    var sum = header.reduce(0) { $0 + Int($1) }
    for byte in header[148..<156] { sum += Int(UInt8(ascii: " ")) - Int(byte) }
    guard octal(header[148..<156]) == sum, let size = octal(header[124..<136]) else {
      throw DatasetError(
        .damaged,
        "\(name): expected a tar header with a right check sum, found another block; "
          + "the archive is damaged: fetch it again")
    }
    return size
  }

  private mutating func skip(_ count: Int) throws {
    var left = count
    while left > 0 { left -= try take(min(left, 1 << 16)).count }
  }

  private mutating func take(_ count: Int) throws -> [UInt8] {
    guard count <= budget else {
      throw DatasetError(
        .damaged, "\(name): the archive holds more than expected; it is another one")
    }
    budget -= count
    // In pieces, so that a size that is not true takes no memory.
    var bytes: [UInt8] = []
    while bytes.count < count {
      let wanted = min(count - bytes.count, 1 << 20)
      let piece = try source(wanted)
      bytes += piece
      guard piece.count == wanted else {
        throw DatasetError(
          .damaged,
          "\(name): expected \(count) more bytes of the archive, found \(bytes.count); "
            + "the file is cut off or altered: fetch it again")
      }
    }
    return bytes
  }

  private func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  private func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == UInt8(ascii: " ") }.prefix { (0x30...0x37).contains($0) }
    guard !digits.isEmpty, digits.count <= 12 else { return nil }
    return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
  }
}
