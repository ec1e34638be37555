import Experiments
import Foundation
import RunStore
import Testing

@Suite struct EchoCacheSurveyTests {
  private let folder: TemporaryFolder
  private let key: RunKey
  private let cache: EchoCache

  init() throws {
    folder = try TemporaryFolder()
    key = try RunKey(of: ["generator": 1])
    cache = EchoCache(store: RunStore(root: folder.url), generator: key, imageSize: 6)
  }

  private func image(_ seed: Int) -> [UInt8] { (0..<6).map { UInt8((seed * 37 + $0 * 11) % 256) } }

  private func alter(label: Int, _ change: (inout Data) -> Void) throws {
    let file = folder.url.appendingPathComponent("echo/\(key.text)/label-\(label).bin")
    var data = try Data(contentsOf: file)
    change(&data)
    try data.write(to: file)
  }

  @Test func recordsAreCounted() throws {
    #expect(try cache.survey().isEmpty)
    try cache.store([(0, image(0)), (4, image(4)), (5, image(5))], label: 10)
    try cache.store([(1, image(1))], label: 9)
    let surveys = try cache.survey()
    #expect(surveys.map(\.name) == ["label-9.bin", "label-10.bin"])
    #expect(surveys.map(\.present) == [1, 3] && surveys.map(\.absent) == [1, 3])
    #expect(surveys.allSatisfy { $0.damaged == 0 })
    #expect(try cache.clearDamaged() == 0)
  }

  /// A flipped bit, a record at another's place and a cut one are damage, and absent once cleared.
  @Test func damageIsCountedAndCleared() throws {
    try cache.store((0..<4).map { ($0, image($0)) }, label: 2)
    try alter(label: 2) { data in
      data[3] ^= 1
      data.replaceSubrange(10..<20, with: data[20..<30])
      data.removeLast(3)
    }
    var survey = try #require(try cache.survey().first)
    #expect(survey.present == 1 && survey.absent == 0 && survey.damaged == 3)
    #expect(try cache.clearDamaged() == 3)
    survey = try #require(try cache.survey().first)
    #expect(survey.present == 1 && survey.absent == 3 && survey.damaged == 0)
    #expect(try cache.images(label: 2, of: [0, 1, 2, 3]) == [2: image(2)])
    try cache.store([(0, image(0)), (1, image(1)), (3, image(3))], label: 2)
    #expect(try cache.survey().first?.present == 4)
  }
}
