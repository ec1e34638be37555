import Foundation
import TestSupport
import Testing

@testable import Datasets

struct TarReaderTests {
  private func members(_ data: Data, limit: Int = 1 << 20) throws -> [(String, [UInt8])] {
    var tar = try TarReader(gzip: data, name: "some.tar.gz", limit: limit)
    var found: [(String, [UInt8])] = []
    while let member = try tar.next() {
      let content = try tar.content()
      #expect(content.count == member.byteCount)
      found.append((member.path, content))
    }
    return found
  }

  @Test func longPathsAndEmptyFilesAreRead() throws {
    let found = try members(Fixture.data("datasets/paths.tar.gz"))
    let long =
      String(repeating: "a", count: 60) + "/" + String(repeating: "b", count: 60) + "/c"
    #expect(found.map(\.0) == ["one", long, "empty"])
    #expect(found.map(\.1) == [[UInt8](repeating: 0x31, count: 513), Array("two".utf8), []])
  }

  @Test func extendedHeadersFoldersAndLinksArePassedOver() throws {
    let found = try members(Fixture.data("datasets/pax.tar.gz"))
    #expect(found.count == 2)
    #expect(found[1].0 == "plain")
    #expect(found[1].1 == [UInt8](repeating: UInt8(ascii: "p"), count: 512))
  }

  @Test func contentNeedNotBeRead() throws {
    var tar = try TarReader(
      gzip: Fixture.data("datasets/paths.tar.gz"), name: "x", limit: 1 << 20)
    var paths: [String] = []
    while let member = try tar.next() { paths.append(member.path) }
    #expect(paths.count == 3)
  }

  @Test func theLimitHolds() throws {
    let file = try Fixture.data("datasets/paths.tar.gz")
    expectDatasetError(.damaged, ["some.tar.gz: the archive holds more than expected"]) {
      _ = try members(file, limit: 2000)
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let file = try Fixture.data("datasets/paths.tar.gz")
    var refused = 0
    for count in 0..<file.count {
      do { _ = try members(file.prefix(count)) } catch is DatasetError { refused += 1 }
    }
    // The last bytes hold only the padding at the archive's end and gzip's check sum.
    #expect(refused > file.count - 32, "\(refused) of \(file.count)")
    expectDatasetError(.damaged, ["expected 512 more bytes of the archive", "fetch it again"]) {
      _ = try members(file.prefix(60))
    }
  }

  @Test(arguments: [0, 99, 130, 156, 340])
  func anAlteredHeaderIsRefused(place: Int) throws {
    var bytes = try Gzip.inflate(
      Fixture.data("datasets/paths.tar.gz"), limit: 1 << 20, name: "x")
    bytes[place] ^= 1
    var position = 0
    var tar = TarReader(name: "x", limit: 1 << 20) { count in
      defer { position += count }
      return Array(bytes[position..<min(bytes.count, position + count)])
    }
    expectDatasetError(.damaged, ["x: expected a tar header with a right check sum"]) {
      while try tar.next() != nil {}
    }
  }
}
