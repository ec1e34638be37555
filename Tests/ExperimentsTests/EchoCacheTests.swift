import Experiments
import Foundation
import RunStore
import Testing

@Suite struct EchoCacheTests {
  private let folder: TemporaryFolder
  private let key: RunKey
  private let cache: EchoCache

  init() throws {
    folder = try TemporaryFolder()
    key = try RunKey(of: ["generator": 1])
    cache = EchoCache(store: RunStore(root: folder.url), generator: key, imageSize: 6)
  }

  private func image(_ seed: Int) -> [UInt8] { (0..<6).map { UInt8((seed * 37 + $0 * 11) % 256) } }

  private func file(label: Int) -> URL {
    folder.url.appendingPathComponent("echo/\(key.text)/label-\(label).bin")
  }

  private func alter(label: Int, _ change: (inout Data) -> Void) throws {
    var data = try Data(contentsOf: file(label: label))
    change(&data)
    try data.write(to: file(label: label))
  }

  @Test func storedImagesComeBack() throws {
    #expect(try cache.images(label: 1, of: [0, 3]).isEmpty)
    try cache.store([(3, image(3)), (0, image(0))], label: 1)
    #expect(try cache.images(label: 1, of: [0, 1, 2, 3, 9]) == [0: image(0), 3: image(3)])
    try cache.store([(9, image(9))], label: 1)
    #expect(
      try cache.images(label: 1, of: [0, 3, 9]) == [0: image(0), 3: image(3), 9: image(9)])
    #expect(try cache.images(label: 1, of: [3]) == [3: image(3)])
    // Ten records of six pixels and four bytes of check.
    #expect(try Data(contentsOf: file(label: 1)).count == 100)
  }

  /// An image that was never written lies between two that were: its zeros are no image.
  @Test func holesAreAbsent() throws {
    try cache.store([(0, image(0)), (4, image(4))], label: 0)
    #expect(try cache.images(label: 0, of: [1, 2, 3]).isEmpty)
  }

  @Test func labelsAndGeneratorsAreApart() throws {
    try cache.store([(2, image(2))], label: 1)
    try cache.store([(2, image(5))], label: 3)
    #expect(try cache.images(label: 1, of: [2]) == [2: image(2)])
    #expect(try cache.images(label: 3, of: [2]) == [2: image(5)])
    #expect(try cache.images(label: 2, of: [2]).isEmpty)
    let other = EchoCache(
      store: RunStore(root: folder.url), generator: try RunKey(of: ["generator": 2]), imageSize: 6)
    #expect(try other.images(label: 1, of: [2]).isEmpty)
  }

  @Test func halfWrittenRecordIsAbsent() throws {
    try cache.store([(0, image(0)), (1, image(1))], label: 0)
    for cut in 1...10 {
      try alter(label: 0) { $0.removeLast($0.count - (20 - cut)) }
      #expect(try cache.images(label: 0, of: [0, 1]) == [0: image(0)])
      try cache.store([(1, image(1))], label: 0)
    }
    #expect(try cache.images(label: 0, of: [0, 1]).count == 2)
  }

  @Test func alteredRecordIsAbsentAndItsNeighboursStay() throws {
    try cache.store((0..<3).map { ($0, image($0)) }, label: 0)
    for place in 10..<20 {
      let original = try Data(contentsOf: file(label: 0))
      try alter(label: 0) { $0[place] ^= 0x10 }
      #expect(try cache.images(label: 0, of: [0, 1, 2]) == [0: image(0), 2: image(2)])
      try original.write(to: file(label: 0))
    }
    #expect(try cache.images(label: 0, of: [0, 1, 2]).count == 3)
  }

  /// A record that lies at another image's place, or in another label's file, is not that image.
  @Test func movedRecordIsAbsent() throws {
    try cache.store([(0, image(0)), (1, image(1))], label: 0)
    try cache.store([(0, image(7))], label: 1)
    try alter(label: 0) { $0 = $0.suffix(10) + $0.prefix(10) }
    #expect(try cache.images(label: 0, of: [0, 1]).isEmpty)
    try FileManager.default.removeItem(at: file(label: 0))
    try FileManager.default.copyItem(at: file(label: 1), to: file(label: 0))
    #expect(try cache.images(label: 0, of: [0]).isEmpty)
    #expect(try cache.images(label: 1, of: [0]) == [0: image(7)])
  }
}
