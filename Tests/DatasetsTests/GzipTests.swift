import Foundation
import TestSupport
import Testing
import TorchTestSupport

@testable import Datasets

struct GzipTests {
  /// "plumb line " 20 times, by Python's gzip module.
  private func file() throws -> Data { try Fixture.data("datasets/text.gz") }
  private let content = [UInt8](String(repeating: "plumb line ", count: 20).utf8)

  @Test func aFileOfPythonIsRead() throws {
    #expect(Gzip.isCompressed(try file()))
    #expect(try Gzip.inflate(file(), limit: 220, name: "x") == content)
    #expect(try Gzip.inflate(file(), limit: 10_000, name: "x") == content)
  }

  @Test func otherBytesAreNotCompressed() {
    #expect(!Gzip.isCompressed(Data()))
    #expect(!Gzip.isCompressed(Data([0x1F])))
    #expect(!Gzip.isCompressed(Data([0, 0, 8, 1])))
  }

  @Test(arguments: [0, 219])
  func contentBeyondTheLimitIsRefused(limit: Int) throws {
    let error = #expect(throws: DatasetError.self) {
      try Gzip.inflate(file(), limit: limit, name: "some.gz")
    }
    #expect(error?.kind == .damaged)
    #expect(
      error?.description.hasPrefix("some.gz: expected a whole gzip stream of at most \(limit)")
        == true)
  }

  @Test func everyTruncationIsRefused() throws {
    let file = try file()
    for count in 0..<file.count {
      #expect(throws: DatasetError.self) {
        try Gzip.inflate(file.prefix(count), limit: 220, name: "x")
      }
    }
  }

  @Test func damagedFilesAreRefusedOrReadToTheSameContent() throws {
    let original = [UInt8](try file())
    var generator = SplitMix(seed: 6)
    var refused = 0
    for _ in 0..<6_000 {
      do {
        // The check sum catches a change of the content; names and times in the header may change.
        #expect(
          try Gzip.inflate(Data(generator.damaged(original)), limit: 300, name: "x") == content)
      } catch is DatasetError {
        refused += 1
      }
    }
    #expect((3_000..<6_000).contains(refused), "\(refused) refused")
  }
}
