import CZlib
import Foundation
import RunStore

/// The modified images of one generator, by image and label, in files that several processes may fill at once.
///
/// There is one file a label, `label-<k>.bin`, of fixed-size records in the order of the images: the pixels, then the CRC-32
/// of pixels, image and label as four little-endian bytes. An absent or half-written record fails its check and is made
/// again. A record's content depends on nothing but generator, image and label, so two writers write the same bytes.
public struct EchoCache {
  let folder: URL
  let imageSize: Int

  /// Names the cache of a generator; nothing is created before the first write.
  public init(store: RunStore, generator: RunKey, imageSize: Int) {
    folder = store.root.appendingPathComponent("echo/\(generator.text)", isDirectory: true)
    self.imageSize = imageSize
  }

  var recordSize: Int { imageSize + 4 }

  func file(label: Int) -> URL { folder.appendingPathComponent("label-\(label).bin") }

  func checksum(_ pixels: [UInt8], image: Int, label: Int) -> UInt32 {
    var seed: [UInt8] = []
    withUnsafeBytes(of: (UInt64(image).littleEndian, UInt64(label).littleEndian)) {
      seed.append(contentsOf: $0)
    }
    let head = crc32(0, seed, UInt32(seed.count))
    return UInt32(truncatingIfNeeded: crc32(head, pixels, UInt32(pixels.count)))
  }

  /// The modified images that are there, by image, for one label.
  ///
  /// - Throws: ``FileSystemError`` when the file is there and cannot be read.
  public func images(label: Int, of identifiers: [Int]) throws -> [Int: [UInt8]] {
    guard let data = try AtomicFile.contents(of: file(label: label)) else { return [:] }
    let bytes = [UInt8](data)
    var result: [Int: [UInt8]] = [:]
    for identifier in identifiers {
      let start = identifier * recordSize
      guard start + recordSize <= bytes.count else { continue }
      let pixels = Array(bytes[start..<(start + imageSize)])
      let stored = bytes[(start + imageSize)..<(start + recordSize)].reversed()
        .reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      if stored == checksum(pixels, image: identifier, label: label) {
        result[identifier] = pixels
      }
    }
    return result
  }

  /// Stores modified images of one label.
  ///
  /// - Throws: ``FileSystemError`` when the file cannot be written.
  public func store(_ images: [(identifier: Int, pixels: [UInt8])], label: Int) throws {
    try AtomicFile.createFolder(folder)
    let path = file(label: label).path
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw FileSystemError(path: path, operation: .write, errorNumber: errno)
    }
    defer { close(descriptor) }
    for (identifier, pixels) in images {
      var record = pixels
      withUnsafeBytes(of: checksum(pixels, image: identifier, label: label).littleEndian) {
        record.append(contentsOf: $0)
      }
      let written = pwrite(descriptor, record, record.count, off_t(identifier * recordSize))
      guard written == record.count else {
        throw FileSystemError(
          path: path, operation: .write, errorNumber: written < 0 ? errno : ENOSPC)
      }
    }
  }
}
