import Foundation
import RunStore
import Testing

@testable import RunExport

@Suite struct VerificationRepairTests {
  private let temporary = TemporaryStore()
  private var store: RunStore { temporary.store }

  private func verify() throws -> Verification {
    try Verification(of: store, references: FilledStore.references)
  }

  /// Repairs a store; everything in it is still somewhere afterwards, and nothing is damaged.
  @discardableResult private func repair() throws -> Verification.Repair {
    let before = try temporary.files()
    let repair = try verify().repair(of: store)
    let after = Set(try temporary.files().values)
    for (path, bytes) in before where !path.hasPrefix("locks/") {
      #expect(after.contains(bytes), "\(path) is lost")
    }
    #expect(try verify().damages == [])
    #expect(repair.skipped.isEmpty)
    return repair
  }

  @Test func nothingIsDoneToASoundStore() throws {
    _ = try temporary.fill()
    let before = try temporary.files()
    #expect(try verify().repair(of: store) == .init())
    #expect(try temporary.files() == before)
  }

  @Test func damagedRecordGoesAndTheRestStays() throws {
    let keys = try temporary.fill()
    try temporary.damage(keys.done)
    let repair = try repair()
    #expect(repair.steps.map(\.path) == [temporary.path(keys.done, "record.json")])
    #expect(try store.state(of: keys.done) == .started)
    let place = try #require(repair.steps[0].setAside)
    let note = store.root.appendingPathComponent(place).deletingLastPathComponent()
      .appendingPathComponent("origin.json")
    let origin = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: note))
    #expect(origin["path"] == temporary.path(keys.done, "record.json"))
    #expect(origin["reason"]?.contains("digest") == true)
    // The next run starts anew and ends with a record.
    try store.finish(Sample.record(Sample.specification(more: Sample.outside())))
    #expect(try store.state(of: keys.done) == .done)
  }

  @Test func specificationIsMadeFromTheRecord() throws {
    let keys = try temporary.fill()
    let whole = try store.specification(of: keys.done)
    try temporary.alter(temporary.path(keys.done, "specification.json")) { $0[3] ^= 1 }
    #expect(try repair().steps.map(\.isRemade) == [true])
    #expect(try store.specification(of: keys.done) == whole)
    try FileManager.default.removeItem(
      at: store.folder(of: keys.done).appendingPathComponent("specification.json"))
    let step = try repair().steps[0]
    #expect(step.isRemade && step.setAside == nil)
    #expect(try store.specification(of: keys.done) == whole)
  }

  @Test func runThatNothingNamesGoesAsAWhole() throws {
    let keys = try temporary.fill()
    try temporary.alter(temporary.path(keys.started, "specification.json")) { $0[3] ^= 1 }
    #expect(try repair().steps.count == 1)
    #expect(try store.state(of: keys.started) == .absent)
    #expect(try !store.keys().contains(keys.started))
  }

  @Test func courseIsMadeFromTheRecordOrTheCheckpoint() throws {
    let keys = try temporary.fill()
    for key in [keys.done, keys.started, keys.failed] {
      let metrics = try store.metrics(of: key)
      for name in ["metrics.jsonl", TensorBoardEvents.fileName] {
        try temporary.alter(temporary.path(key, name)) { $0[$0.count / 2] ^= 1 }
        let repair = try repair()
        #expect(repair.steps.map(\.path) == [temporary.path(key, name)])
        #expect(repair.steps[0].isRemade)
        #expect(try store.metrics(of: key) == metrics)
      }
      for name in ["metrics.jsonl", TensorBoardEvents.fileName] {
        try temporary.alter(temporary.path(key, name)) { $0[$0.count / 2] ^= 1 }
      }
      #expect(try repair().steps.count == 2)
      #expect(try store.metrics(of: key) == metrics)
    }
  }

  @Test func damagedCheckpointGoesAndTheRunStartsAnew() throws {
    let keys = try temporary.fill()
    try temporary.alter(temporary.path(keys.started, "checkpoint.bin")) { $0[$0.count - 1] ^= 1 }
    #expect(try repair().steps.count == 1)
    #expect(try store.state(of: keys.started) == .started)
    #expect(try store.loadCheckpoint(of: keys.started) == .none)
  }

  @Test func labelsAssetsAndStrangersGo() throws {
    let keys = try temporary.fill()
    let asset = "assets/generator/\(keys.asset.text)"
    try temporary.write("\(asset)/origin.json")
    try temporary.write("runs/zz/x/y")
    try temporary.alter("noise/labels.csv") { $0[20] ^= 1 }
    #expect(try repair().steps.count == 3)
    #expect(try store.asset(kind: "generator", key: keys.asset) != nil)
    try temporary.alter("\(asset)/weights.bin") { $0[0] ^= 1 }
    try repair()
    #expect(try store.asset(kind: "generator", key: keys.asset) == nil)
    #expect(FileManager.default.fileExists(atPath: store.noiseFile(named: "other.csv").path))
  }

  @Test func everythingAtOnceIsRepaired() throws {
    let keys = try temporary.fill()
    for path in try temporary.files().keys { try temporary.alter(path) { $0[$0.count / 3] ^= 2 } }
    try repair()
    let left = try store.keys()
    #expect(left.isEmpty, "\(keys) \(left)")
  }

  @Test func whatIsBeingWorkedOnStays() throws {
    let keys = try temporary.fill()
    try temporary.damage(keys.done)
    try temporary.alter("assets/generator/\(keys.asset.text)/weights.bin") { $0[0] ^= 1 }
    let found = try verify()
    let claims = [
      try store.tryClaim(keys.done), try store.tryClaimAsset(kind: "generator", key: keys.asset),
    ]
    let repair = try withExtendedLifetime(claims) { try found.repair(of: store) }
    #expect(repair.steps.isEmpty && repair.skipped.count == 2)
    #expect(repair.skipped.allSatisfy { $0.reason == "another process is at work on it" })
    #expect(try verify().damages == found.damages)
  }

  /// What was damaged when it was looked at may have been made anew since.
  @Test func whatIsSoundAgainStays() throws {
    let keys = try temporary.fill()
    let path = temporary.path(keys.done, "record.json")
    let whole = try Data(contentsOf: temporary.root.appendingPathComponent(path))
    try temporary.damage(keys.done)
    let found = try verify()
    try whole.write(to: temporary.root.appendingPathComponent(path))
    #expect(try found.repair(of: store) == .init())
    #expect(try store.state(of: keys.done) == .done)
  }

  @Test func laterLayoutIsLeft() throws {
    let keys = try temporary.fill()
    try temporary.forge(keys.done) { $0.schema = 99 }
    let before = try temporary.files()
    #expect(try verify().repair(of: store).skipped.count == 1)
    #expect(try temporary.files() == before)
  }

  @Test func movedStoreIsSoundAndNamesNoPlace() throws {
    _ = try temporary.fill()
    let other = TemporaryStore()
    let files = try temporary.files()
    try FileManager.default.moveItem(at: temporary.root, to: other.root)
    #expect(try Verification(of: other.store, references: FilledStore.references).isSound)
    #expect(try other.files() == files)
    let place = Data(temporary.root.lastPathComponent.utf8)
    for (path, bytes) in files { #expect(bytes.range(of: place) == nil, "\(path)") }
  }
}
