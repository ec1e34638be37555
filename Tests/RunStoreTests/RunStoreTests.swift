import Foundation
import RunStore
import Testing

@Suite struct RunStoreTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: folder.url.appendingPathComponent("store"))
  }

  private func recordFile(_ key: RunKey) -> URL {
    store.folder(of: key).appendingPathComponent("record.json")
  }

  @Test func statesInOrder() throws {
    let key = try RunKey(of: SampleSpecification())
    #expect(try store.state(of: key) == .absent)
    #expect(try store.start(SampleSpecification()) == key)
    #expect(try store.state(of: key) == .started)
    #expect(try store.specification(of: key) == CanonicalJSON.encode(SampleSpecification()))
    try store.saveCheckpoint(Sample.checkpoint(), of: key)
    try store.finish(Sample.record())
    #expect(try store.state(of: key) == .done)
    #expect(try store.record(of: key) == Sample.record())
    #expect(try store.loadCheckpoint(of: key) == .none)
    try store.start(SampleSpecification())
    #expect(try store.state(of: key) == .done)
  }

  @Test func failureIsAStateAndCanBeReopened() throws {
    let failure = RunRecord.Failure(cause: .nonFinite, message: "loss is nan in epoch 2")
    var record = try Sample.record(outcome: .failed(failure))
    record.epochs[1].trainLoss = .infinity
    let key = try store.start(SampleSpecification())
    try store.finish(record)
    #expect(try store.state(of: key) == .failed(failure))
    #expect(try store.record(of: key)?.epochs.last?.trainLoss == .infinity)
    #expect(try store.reopen(key))
    #expect(try store.state(of: key) == .started)
    #expect(try !store.reopen(key))
    let names = try FileManager.default.contentsOfDirectory(atPath: store.folder(of: key).path)
    #expect(names.contains("record.failed-1.json"))
  }

  @Test func everyAlteredByteOfARecordIsFound() throws {
    let key = try store.start(SampleSpecification())
    try store.finish(Sample.record())
    let file = recordFile(key)
    let whole = try Data(contentsOf: file)
    for index in whole.indices {
      try flipBit(of: file, at: index)
      let error = #expect(throws: StoreError.self) { try store.record(of: key) }
      #expect(error?.exitStatus == .badData, "byte \(index)")
      #expect(error?.message.contains(file.path) == true)
      try whole.write(to: file)
    }
    #expect(try store.state(of: key) == .done)
  }

  @Test func everyCutOfARecordIsFound() throws {
    let key = try store.start(SampleSpecification())
    try store.finish(Sample.record())
    let whole = try Data(contentsOf: recordFile(key))
    for count in 0..<whole.count {
      try whole.prefix(count).write(to: recordFile(key))
      guard case .damaged = try store.state(of: key) else {
        Issue.record("a record cut to \(count) bytes counts as whole")
        return
      }
    }
    try (whole + Data("\n".utf8)).write(to: recordFile(key))
    #expect(throws: StoreError.self) { try store.records() }
  }

  @Test func anotherRunsRecordIsDamage() throws {
    let key = try store.start(SampleSpecification())
    let other = try store.start(SampleSpecification(seed: 1))
    try store.finish(Sample.record(SampleSpecification(seed: 1)))
    try FileManager.default.copyItem(at: recordFile(other), to: recordFile(key))
    #expect(throws: StoreError.self) { try store.record(of: key) }
    #expect(throws: StoreError.self) { try store.records() }
    let summary = try store.summary()
    #expect(summary.done == 1 && summary.damaged.count == 1)
  }

  @Test func quarantineKeepsEverything() throws {
    let key = try store.start(SampleSpecification())
    try store.finish(Sample.record())
    try flipBit(of: recordFile(key), at: 40)
    let bytes = try Data(contentsOf: recordFile(key))
    let place = try #require(try store.quarantine(key))
    #expect(place.path.contains("/damaged/"))
    #expect(try Data(contentsOf: place.appendingPathComponent("record.json")) == bytes)
    #expect(try store.state(of: key) == .absent)
    try store.start(SampleSpecification())
    #expect(try store.quarantine(key) != place)
    #expect(try store.quarantine(key) == nil)
  }

  @Test func damagedSpecificationIsFound() throws {
    let key = try store.start(SampleSpecification())
    let file = store.folder(of: key).appendingPathComponent("specification.json")
    try flipBit(of: file, at: 3)
    guard case .damaged(let error) = try store.state(of: key) else {
      Issue.record("an altered specification counts as whole")
      return
    }
    #expect(error.exitStatus == .badData)
    #expect(throws: StoreError.self) { try store.start(SampleSpecification()) }
  }

  @Test func unfinishedFilesAreNeverTakenForRecords() throws {
    let key = try store.start(SampleSpecification())
    let left = store.folder(of: key).appendingPathComponent(".record.json.1-1.tmp")
    try Data("{".utf8).write(to: left)
    #expect(try store.state(of: key) == .started)
    try store.start(SampleSpecification())
    #expect(!FileManager.default.fileExists(atPath: left.path))
  }

  @Test func recordUnderAWrongKeyIsRefused() throws {
    var record = try Sample.record()
    record.key = try RunKey(of: SampleSpecification(seed: 5)).text
    let error = #expect(throws: StoreError.self) { try store.finish(record) }
    #expect(error?.exitStatus == .internalError)
  }

  @Test func unknownSchemaSaysSo() throws {
    var record = try Sample.record()
    record.schema = 99
    try store.finish(record)
    let key = try RunKey(record.key)
    let error = #expect(throws: StoreError.self) { try store.record(of: key) }
    #expect(error?.message.contains("layout version 99") == true)
    #expect(error?.message.contains(recordFile(key).path) == true)
  }

  @Test func strangerUnderRunsIsNotPassedOver() throws {
    try store.start(SampleSpecification())
    let stranger = store.root.appendingPathComponent("runs/ab/hello", isDirectory: true)
    try FileManager.default.createDirectory(at: stranger, withIntermediateDirectories: true)
    #expect(throws: StoreError.self) { try store.records() }
  }

  @Test func emptyStoreHasNoRecords() throws {
    #expect(try store.records() == [])
    #expect(try store.summary() == RunStore.Summary())
    #expect(!FileManager.default.fileExists(atPath: store.root.path))
  }

  @Test func aThousandRunsAreReadFast() throws {
    for seed in 0..<1_000 {
      let specification = SampleSpecification(seed: seed)
      let record = try Sample.record(specification, epochs: 10)
      let file = recordFile(try RunKey(record.key))
      try store.finish(record)
      #expect(FileManager.default.fileExists(atPath: file.path))
    }
    let clock = ContinuousClock()
    var records: [RunRecord] = []
    let time = try clock.measure { records = try store.records() }
    #expect(records.count == 1_000)
    #expect(records.map(\.key) == records.map(\.key).sorted())
    #expect(time < .seconds(10), "1,000 records took \(time)")
    print("1,000 records read in \(time)")
  }
}
