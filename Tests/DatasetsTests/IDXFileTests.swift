import Datasets
import Testing
import TorchTestSupport

struct IDXFileTests {
  static let matrix: [UInt8] = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 11, 12, 13, 14, 15]

  @Test func byHand() throws {
    let file = try IDXFile(decoding: Self.matrix, name: "x")
    #expect(file.shape == [2, 3])
    #expect(file.elements == [10, 11, 12, 13, 14, 15])
    let labels = try IDXFile(
      decoding: [0, 0, 8, 1, 0, 0, 1, 0] + [UInt8](repeating: 7, count: 256), name: "x")
    #expect(labels.shape == [256])
    #expect(try IDXFile(decoding: [0, 0, 8, 1, 0, 0, 0, 0], name: "x").elements.isEmpty)
  }

  @Test(arguments: [
    ([], "other first bytes"), ([0, 0, 8], "other first bytes"),
    ([1, 0, 8, 1, 0, 0, 0, 0], "other first bytes"),
    ([0, 0, 13, 1, 0, 0, 0, 0], "other first bytes"),
    ([0, 0, 8, 0], "expected 1 to 4 dimensions with their sizes, found 0"),
    ([0, 0, 8, 5] + [UInt8](repeating: 0, count: 20), "found 5"),
    ([0, 0, 8, 2, 0, 0, 0, 2], "with their sizes"),
    (matrix + [0], "expected 6 elements for shape [2, 3], found 7"),
    ([0, 0, 8, 3] + [UInt8](repeating: 255, count: 12), "impossible"),
  ])
  func brokenFilesAreRefused(bytes: [UInt8], reason: String) {
    let error = #expect(throws: DatasetError.self) {
      try IDXFile(decoding: bytes, name: "some.idx")
    }
    #expect(error?.kind == .damaged)
    #expect(error?.description.hasPrefix("some.idx: ") == true)
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test func everyTruncationIsRefused() {
    for count in 0..<Self.matrix.count {
      #expect(throws: DatasetError.self) {
        try IDXFile(decoding: Array(Self.matrix.prefix(count)), name: "x")
      }
    }
  }

  @Test func damagedFilesAreRefusedOrRead() {
    var generator = SplitMix(seed: 3)
    var refused = 0
    for _ in 0..<6_000 {
      do {
        let file = try IDXFile(decoding: generator.damaged(Self.matrix), name: "x")
        #expect(file.shape.reduce(1, *) == file.elements.count)
      } catch is DatasetError {
        refused += 1
      } catch {
        Issue.record(error)
      }
    }
    #expect((3_000..<6_000).contains(refused), "\(refused) refused")
  }
}
