import CZlib
import Foundation

/// A zip archive in memory: stored and deflated entries, with their check sums.
///
/// PKWARE APPNOTE 6.3, without encryption, zip64 and archives in several parts, all of which are refused.
struct ZipArchive {
  private struct Entry {
    var method: Int
    var check: UInt32
    var compressedCount: Int
    var count: Int
    var offset: Int
  }

  private let bytes: Data
  private let name: String
  private var entries: [String: Entry] = [:]

  /// Reads the archive's directory; `name` stands for the file in messages.
  ///
  /// - Throws: ``DatasetError`` when the bytes break the format.
  init(decoding data: Data, name: String) throws {
    bytes = data.startIndex == 0 ? data : Data(data)
    self.name = name
    guard let end = endOfDirectory() else {
      throw damaged("expected a zip archive, found no directory of one at its end")
    }
    let (count, size, start) = (number(end + 10, 2), number(end + 12, 4), number(end + 16, 4))
    guard number(end + 4, 2) == 0, number(end + 6, 2) == 0, number(end + 8, 2) == count,
      count != 0xFFFF, size != 0xFFFF_FFFF, start != 0xFFFF_FFFF
    else { throw damaged("zip archives in several parts and zip64 are not read; pack it anew") }
    guard start + size <= end else { throw damaged("the zip directory runs past its end") }
    var place = start
    for _ in 0..<count { place = try readEntry(at: place, end: start + size) }
  }

  /// The paths of the entries, sorted.
  var paths: [String] { entries.keys.sorted() }

  /// The content of an entry of at most `limit` bytes.
  ///
  /// - Throws: ``DatasetError`` when there is none of that path, when it is larger, or when it is damaged.
  func content(of path: String, limit: Int) throws -> Data {
    guard let entry = entries[path] else {
      throw damaged("expected an entry '\(path)', found \(paths.count) others")
    }
    guard entry.count <= limit else {
      throw damaged("'\(path)': expected at most \(limit) bytes, found \(entry.count)")
    }
    let place = entry.offset
    guard place + 30 <= bytes.count, number(place, 4) == 0x0403_4B50 else {
      throw damaged("'\(path)': expected a local header at byte \(place), found none")
    }
    let start = place + 30 + number(place + 26, 2) + number(place + 28, 2)
    let end = start + entry.compressedCount
    guard end <= bytes.count else { throw damaged("'\(path)' runs past the end of the archive") }
    let content = try expanded(bytes.subdata(in: start..<end), of: entry, path: path)
    let found = content.withUnsafeBytes {
      crc32_z(0, $0.bindMemory(to: UInt8.self).baseAddress, content.count)
    }
    guard UInt32(truncatingIfNeeded: found) == entry.check else {
      throw damaged("'\(path)': the check sum is wrong; the file was altered: fetch it again")
    }
    return content
  }

  private func expanded(_ packed: Data, of entry: Entry, path: String) throws -> Data {
    switch entry.method {
    case 0:
      guard packed.count == entry.count else {
        throw damaged("'\(path)': expected \(entry.count) stored bytes, found \(packed.count)")
      }
      return packed
    case 8:
      let inflater = try Inflater(packed, wrapper: .none, name: name)
      guard let content = inflater.readAll(limit: entry.count), content.count == entry.count,
        inflater.consumed == packed.count
      else {
        throw damaged("'\(path)': expected \(entry.count) deflated bytes, found other content")
      }
      return Data(content)
    default:
      throw damaged("'\(path)': compression method \(entry.method) is not read; use deflate")
    }
  }

  /// Where the record at the archive's end starts: a signature whose comment reaches exactly to the end.
  private func endOfDirectory() -> Int? {
    guard bytes.count >= 22 else { return nil }
    for place in stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 0xFFFF), by: -1)
    where number(place, 4) == 0x0605_4B50 && place + 22 + number(place + 20, 2) == bytes.count {
      return place
    }
    return nil
  }

  /// Reads one entry of the directory; returns where the next one starts.
  private mutating func readEntry(at place: Int, end: Int) throws -> Int {
    guard place + 46 <= end, number(place, 4) == 0x0201_4B50 else {
      throw damaged("expected an entry of the zip directory at byte \(place), found none")
    }
    let lengths = [28, 30, 32].map { number(place + $0, 2) }
    let next = place + 46 + lengths.reduce(0, +)
    guard next <= end else { throw damaged("the zip directory runs past its end") }
    let path = bytes.subdata(in: (place + 46)..<(place + 46 + lengths[0]))
    guard let path = String(validating: path, as: UTF8.self), !path.isEmpty else {
      throw damaged("expected paths in UTF-8, found another one at byte \(place + 46)")
    }
    guard lengths[0] <= 1000 else { throw damaged("a path of \(lengths[0]) bytes is too long") }
    guard number(place + 8, 2) & 1 == 0 else { throw damaged("'\(path)' is encrypted") }
    let entry = Entry(
      method: number(place + 10, 2), check: UInt32(number(place + 16, 4)),
      compressedCount: number(place + 20, 4), count: number(place + 24, 4),
      offset: number(place + 42, 4))
    guard entry.compressedCount != 0xFFFF_FFFF, entry.count != 0xFFFF_FFFF,
      entry.offset != 0xFFFF_FFFF
    else { throw damaged("'\(path)': zip64 is not read; pack the archive anew") }
    guard entries.updateValue(entry, forKey: path) == nil else {
      throw damaged("there are two entries '\(path)'")
    }
    return next
  }

  /// A little-endian number; the caller has checked that it lies inside.
  private func number(_ place: Int, _ count: Int) -> Int {
    bytes[place..<(place + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private func damaged(_ reason: String) -> DatasetError {
    DatasetError(.damaged, "\(name): \(reason)")
  }
}
