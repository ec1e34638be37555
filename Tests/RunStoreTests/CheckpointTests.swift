import Foundation
import RunStore
import Testing

@Suite struct CheckpointTests {
  private let folder: TemporaryFolder
  private let store: RunStore
  private let key: RunKey

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: folder.url)
    key = try store.start(SampleSpecification())
  }

  private var file: URL { store.folder(of: key).appendingPathComponent("checkpoint.bin") }

  @Test func comesBackAsItWas() throws {
    #expect(try store.loadCheckpoint(of: key) == .none)
    try store.saveCheckpoint(Sample.checkpoint(), of: key)
    #expect(try store.loadCheckpoint(of: key).checkpoint == Sample.checkpoint())
    try store.saveCheckpoint(Sample.checkpoint(epoch: 3), of: key, durable: true)
    #expect(try store.loadCheckpoint(of: key).checkpoint?.epoch == 3)
    var empty = Sample.checkpoint()
    empty.sections = [:]
    try store.saveCheckpoint(empty, of: key)
    #expect(try store.loadCheckpoint(of: key) == .intact(empty))
  }

  @Test func everyAlteredByteIsFoundAndSetAside() throws {
    try store.saveCheckpoint(Sample.checkpoint(epoch: 1), of: key)
    let whole = try Data(contentsOf: file)
    for index in stride(from: 0, to: whole.count, by: 7) {
      try flipBit(of: file, at: index)
      guard case .damaged(let reason, let place) = try store.loadCheckpoint(of: key) else {
        Issue.record("altered byte \(index) was not found")
        return
      }
      #expect(reason.exitStatus == .badData)
      #expect(place.map { FileManager.default.fileExists(atPath: $0.path) } == true)
      #expect(try store.loadCheckpoint(of: key) == .none)
      try whole.write(to: file)
    }
    for count in stride(from: 0, to: whole.count, by: 11) {
      try whole.prefix(count).write(to: file)
      #expect(try store.loadCheckpoint(of: key).checkpoint == nil)
    }
    try (whole + Data([0])).write(to: file)
    #expect(try store.loadCheckpoint(of: key).checkpoint == nil)
  }

  @Test func metricsFollowTheCheckpoint() throws {
    #expect(try store.metrics(of: key) == [])
    try store.resetMetrics(to: [], of: key)
    for number in 1...5 { try store.appendMetrics(Sample.epoch(number), of: key) }
    #expect(try store.metrics(of: key).map(\.epoch) == [1, 2, 3, 4, 5])
    try store.resetMetrics(to: Sample.checkpoint(epoch: 3).epochs, of: key)
    try store.appendMetrics(Sample.epoch(4, loss: .nan), of: key)
    #expect(try store.metrics(of: key).map(\.epoch) == [1, 2, 3, 4])
    let handle = try FileHandle(forWritingTo: store.metricsFile(of: key))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(#"{"epoch":5,"#.utf8))
    try handle.close()
    #expect(try store.metrics(of: key).map(\.epoch) == [1, 2, 3, 4])
  }
}
