import Foundation
import TestSupport
import Testing

@testable import Datasets

struct InflaterTests {
  private let content = [UInt8](String(repeating: "plumb line ", count: 20).utf8)

  @Test(arguments: [1, 7, 219, 220, 500])
  func piecesOfAnySizeGiveTheContent(size: Int) throws {
    let inflater = try Inflater(Fixture.data("datasets/text.gz"), wrapper: .gzip, name: "x")
    var found: [UInt8] = []
    while true {
      let piece = inflater.read(size)
      found += piece
      if piece.count < size { break }
    }
    #expect(found == content)
    #expect(inflater.isAtEnd)
    #expect(inflater.read(10).isEmpty)
    #expect(inflater.consumed == 34)
  }

  @Test func aStreamThatIsCutOffGivesWhatThereIs() throws {
    let file = try Fixture.data("datasets/text.gz")
    let inflater = try Inflater(file.prefix(20), wrapper: .gzip, name: "x")
    #expect(inflater.read(1000).count < 220)
    #expect(!inflater.isAtEnd)
    #expect(try Inflater(Data(), wrapper: .none, name: "x").read(5).isEmpty)
    // A slice that does not start at index 0.
    let slice = (Data([1, 2, 3]) + file).dropFirst(3)
    #expect(try Inflater(slice, wrapper: .gzip, name: "x").readAll(limit: 220) == content)
  }

  @Test func noMoreThanTheLimitIsInflated() throws {
    let file = try Fixture.data("datasets/text.gz")
    #expect(try Inflater(file, wrapper: .gzip, name: "x").readAll(limit: 219) == nil)
    #expect(try Inflater(file, wrapper: .gzip, name: "x").readAll(limit: 220) == content)
    #expect(try Inflater(file, wrapper: .none, name: "x").readAll(limit: 220) == nil)
  }
}
