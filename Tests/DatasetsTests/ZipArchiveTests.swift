import Foundation
import TestSupport
import Testing

@testable import Datasets

struct ZipArchiveTests {
  private let text = Data(String(repeating: "plumb line ", count: 20).utf8)

  @Test(arguments: ["stored", "deflated"])
  func archivesOfPythonAreRead(name: String) throws {
    let archive = try ZipArchive(decoding: Fixture.data("datasets/\(name).zip"), name: "x")
    #expect(archive.paths == ["a.txt", "folder/b.txt"])
    #expect(try archive.content(of: "a.txt", limit: 220) == text)
    #expect(try archive.content(of: "folder/b.txt", limit: 5) == Data("level".utf8))
    expectDatasetError(.damaged, ["x: expected an entry 'b', found 2 others"]) {
      _ = try archive.content(of: "b", limit: 10)
    }
    expectDatasetError(.damaged, ["x: 'a.txt': expected at most 219 bytes, found 220"]) {
      _ = try archive.content(of: "a.txt", limit: 219)
    }
  }

  @Test(arguments: ["stored", "deflated"])
  func everyTruncationIsRefused(name: String) throws {
    let file = try Fixture.data("datasets/\(name).zip")
    for count in 0..<file.count {
      expectDatasetError(.damaged, ["no directory of one at its end"]) {
        _ = try ZipArchive(decoding: file.prefix(count), name: "x")
      }
    }
  }

  /// Writes a number over a field of the first directory entry or of the record at the end.
  private func altered(_ signature: [UInt8], _ offset: Int, _ bytes: [UInt8]) throws -> Data {
    var file = try Fixture.data("datasets/deflated.zip")
    let start = try #require(file.firstRange(of: Data(signature))).lowerBound
    file.replaceSubrange((start + offset)..<(start + offset + bytes.count), with: bytes)
    return file
  }

  private let entry: [UInt8] = [0x50, 0x4B, 1, 2]
  private let end: [UInt8] = [0x50, 0x4B, 5, 6]

  @Test func whatIsNotReadIsNamed() throws {
    let cases: [([UInt8], Int, [UInt8], String)] = [
      (entry, 8, [1, 0], "'a.txt' is encrypted"),
      (entry, 24, [255, 255, 255, 255], "'a.txt': zip64 is not read"),
      (entry, 10, [12, 0], "compression method 12 is not read"),
      (entry, 16, [0, 0, 0, 0], "check sum is wrong"),
      (entry, 24, [219, 0, 0, 0], "expected 219 deflated bytes, found other content"),
      (entry, 24, [221, 0, 0, 0], "expected 221 deflated bytes, found other content"),
      (entry, 20, [255, 255, 0, 0], "runs past the end"),
      (entry, 42, [3, 0, 0, 0], "expected a local header at byte 3"),
      (entry, 42, [0, 255, 255, 0], "expected a local header at byte"),
      (end, 10, [3, 0], "several parts and zip64"), (end, 4, [1, 0], "several parts"),
      (end, 16, [255, 0, 0, 0], "runs past its end"), (end, 12, [3, 0, 0, 0], "zip directory"),
    ]
    for (signature, offset, bytes, reason) in cases {
      let file = try altered(signature, offset, bytes)
      expectDatasetError(.damaged, ["some.zip: ", reason]) {
        _ = try ZipArchive(decoding: file, name: "some.zip").content(of: "a.txt", limit: 1000)
      }
    }
  }

  @Test func twoEntriesOfOnePathAreRefused() throws {
    let file = try Fixture.data("datasets/stored.zip")
    let entries = file.ranges(of: Data(entry)).map(\.lowerBound)
    try #require(entries.count == 2)
    let (first, last) = (entries[0], entries[1])
    let copy = file[first..<last]
    var bytes = file
    bytes.removeSubrange(last..<bytes.count)
    bytes.append(copy)
    let size = UInt8(2 * copy.count)
    bytes.append(contentsOf: end + [0, 0, 0, 0, 2, 0, 2, 0, size, 0, 0, 0])
    bytes.append(contentsOf: [UInt8(first & 255), UInt8(first >> 8), 0, 0, 0, 0])
    expectDatasetError(.damaged, ["two entries 'a.txt'"]) {
      _ = try ZipArchive(decoding: bytes, name: "x")
    }
  }
}
