import Foundation
import RunStore
import Testing

@testable import RunExport

@Suite struct VerificationTests {
  private let temporary = TemporaryStore()
  private var store: RunStore { temporary.store }

  private func verify() throws -> Verification {
    try Verification(of: store, references: FilledStore.references)
  }

  /// The damages of a store by path.
  private func damages() throws -> [String: Verification.Damage] {
    Dictionary(try verify().damages.map { ($0.path, $0) }) { first, _ in first }
  }

  @Test func soundStoreIsCounted() throws {
    let keys = try temporary.fill()
    try temporary.write("noise/.labels.csv.1-1.tmp")
    try temporary.write("assets/generator/.\(keys.done.text).unfinished/part")
    try temporary.write(temporary.path(keys.done, "checkpoint.bin"))
    try temporary.write("damaged/a/b")
    try temporary.write("notes.txt")
    let claim = try store.tryClaim(keys.started)
    let found = try withExtendedLifetime(claim) { try verify() }
    #expect(found.isSound, "\(found.lines)")
    let sound = found.counts.mapValues(\.sound)
    #expect(
      sound == [
        .specification: 4, .record: 3, .checkpoint: 1, .leftoverCheckpoint: 1, .metrics: 4,
        .events: 4, .asset: 1, .unfinishedAsset: 1, .noiseFile: 1, .unprovenNoiseFile: 1,
        .claim: 1, .temporaryFile: 1, .setAside: 1,
      ])
    #expect(found.remarks == ["notes.txt is no part of a store and stays."])
    let nothing = RunStore(root: temporary.root.appendingPathComponent("no"))
    #expect(try Verification(of: nothing).counts.isEmpty)
  }

  /// The file, and the kind that it belongs to.
  private func parts(_ keys: FilledStore) -> [(String, Verification.Kind)] {
    [
      (temporary.path(keys.done, "specification.json"), .specification),
      (temporary.path(keys.started, "specification.json"), .specification),
      (temporary.path(keys.done, "record.json"), .record),
      (temporary.path(keys.failed, "record.json"), .record),
      (temporary.path(keys.done, "metrics.jsonl"), .metrics),
      (temporary.path(keys.done, TensorBoardEvents.fileName), .events),
      (temporary.path(keys.started, "checkpoint.bin"), .checkpoint),
      (temporary.path(keys.started, TensorBoardEvents.fileName), .events),
      ("noise/labels.csv", .noiseFile),
      ("assets/generator/\(keys.asset.text)/manifest.json", .asset),
      ("assets/generator/\(keys.asset.text)/weights.bin", .asset),
    ]
  }

  @Test func everyFlippedBitAndEveryCutIsFound() throws {
    let keys = try temporary.fill()
    for (path, kind) in parts(keys) {
      let whole = try Data(contentsOf: temporary.root.appendingPathComponent(path))
      for part in 0..<12 {
        let place = whole.count * part / 12
        try temporary.alter(path) { $0[place] ^= 1 << (part % 8) }
        #expect(try verify().damages.contains { $0.kind == kind }, "\(path), byte \(place)")
        try temporary.alter(path) { $0 = whole.prefix(place) }
        #expect(try verify().damages.contains { $0.kind == kind }, "\(path), cut to \(place)")
        try temporary.alter(path) { $0 = whole }
      }
      #expect(try verify().isSound, "\(path)")
    }
  }

  @Test func lookingChangesNothing() throws {
    let keys = try temporary.fill()
    for (path, _) in parts(keys) { try temporary.alter(path) { $0[$0.count / 2] ^= 1 } }
    try temporary.write("runs/ab/stranger/notes.txt")
    let before = try temporary.files()
    #expect(try !verify().isSound)
    #expect(try temporary.files() == before)
  }

  @Test func swappedFilesAreFound() throws {
    let keys = try temporary.fill()
    let other = try temporary.interrupt(Sample.specification(seed: 7))
    var checkpoint = try #require(try store.checkpoint(of: other))
    checkpoint.epochs = [Sample.epoch(1, loss: 0.5)]
    try store.saveCheckpoint(checkpoint, of: other)
    try store.resetMetrics(to: checkpoint.epochs, of: other)
    try temporary.forge(keys.second) { $0.epochs = [Sample.epoch(1, loss: 0.5), Sample.epoch(2)] }
    try store.resetMetrics(to: [Sample.epoch(1, loss: 0.5), Sample.epoch(2)], of: keys.second)
    #expect(try verify().isSound)
    let pairs = [
      ("specification.json", keys.done, keys.second), ("record.json", keys.done, keys.second),
      ("metrics.jsonl", keys.done, keys.second),
      (TensorBoardEvents.fileName, keys.done, keys.second),
      ("checkpoint.bin", keys.started, other), ("metrics.jsonl", keys.started, other),
      (TensorBoardEvents.fileName, keys.started, other),
    ]
    for (name, one, two) in pairs {
      try temporary.swap(temporary.path(one, name), temporary.path(two, name))
      let found = try damages()
      #expect(found.count == 2, "\(name)")
      #expect(found[temporary.path(one, name)] != nil, "\(name): \(found.keys)")
      try temporary.swap(temporary.path(one, name), temporary.path(two, name))
    }
    try temporary.swap("noise/labels.csv", "noise/other.csv")
    #expect(try damages()["noise/labels.csv"]?.remedy == .setAside)
  }

  /// Who alters a number and seals the record again is told on by the two files beside it.
  @Test func resealedRecordIsFound() throws {
    let keys = try temporary.fill()
    try temporary.forge(keys.done) { $0.epochs[1].testAccuracy = 0.99 }
    let found = try damages()
    #expect(found.keys.sorted() == [temporary.path(keys.done, "record.json")])
    #expect(found.values.first?.reason.contains("epoch 2") == true)
    try temporary.forge(keys.done) { $0.epochs.removeLast() }
    #expect(try damages().keys.contains(temporary.path(keys.done, "metrics.jsonl")))
  }

  @Test func recordThatContradictsItselfOrOtherLabelsIsFound() throws {
    let keys = try temporary.fill()
    let path = temporary.path(keys.second, "record.json")
    let original = try Data(contentsOf: temporary.root.appendingPathComponent(path))
    try temporary.forge(keys.second) { $0.provenance.digests["noisy labels"] = "c353" }
    #expect(try damages()[path]?.reason.contains("different digests") == true)
    try original.write(to: temporary.root.appendingPathComponent(path))
    try temporary.forge(keys.second) { $0.epochs[0].epoch = 2 }
    #expect(try damages()[path]?.reason == "its entry 1 is that of epoch 2")
    try original.write(to: temporary.root.appendingPathComponent(path))
    try temporary.forge(keys.second) { record in
      record.provenance.digests["noisy labels"] = "c353"
      if case .object(var audit) = record.noise {
        audit["digest"] = .string("c353")
        record.noise = .object(audit)
      }
    }
    #expect(try damages().keys.sorted() == [path])
    #expect(try verify().counts[.record] == .init(sound: 2, damaged: 1))
  }

  @Test func laterLayoutIsTold() throws {
    let keys = try temporary.fill()
    try temporary.forge(keys.done) { $0.schema = 99 }
    let damage = try #require(try damages()[temporary.path(keys.done, "record.json")])
    #expect(damage.remedy == .leave && damage.reason.contains("layout version 99"))
  }

  @Test func strangersAndAdditionsAreFound() throws {
    let keys = try temporary.fill()
    let asset = "assets/generator/\(keys.asset.text)"
    try temporary.write("runs/ab/stranger/notes.txt")
    try temporary.write("runs/not-a-prefix/a/b")
    try temporary.write("\(asset)/extra.bin")
    try temporary.write("assets/generator/nothing/x")
    let found = try damages()
    #expect(
      found.keys.sorted() == [
        "\(asset)/extra.bin", "assets/generator/nothing", "runs/ab/stranger", "runs/not-a-prefix",
      ])
    #expect(found.values.allSatisfy { $0.kind == .stranger })
    try FileManager.default.removeItem(
      at: temporary.root.appendingPathComponent("\(asset)/weights.bin"))
    #expect(try damages()[asset]?.reason == "weights.bin is missing")
  }

  /// What a writer that was killed leaves behind is no damage.
  @Test func workUnderWayIsSound() throws {
    let keys = try temporary.fill()
    try temporary.alter(temporary.path(keys.started, "metrics.jsonl")) { $0 += Data("{\"ep".utf8) }
    try temporary.alter(temporary.path(keys.started, TensorBoardEvents.fileName)) {
      $0 += TensorBoardEvents.record(of: Sample.epoch(2), time: 0).prefix(30)
    }
    try temporary.write("runs/ab/\(String(repeating: "ab", count: 32))/.specification.json.1.tmp")
    #expect(try verify().damages == [])
    try store.resetMetrics(to: [Sample.epoch(1)], of: keys.started)
    try store.appendMetrics(Sample.epoch(2), of: keys.started)
    #expect(try verify().damages == [])
  }

  /// Beside a result nothing is under way, whatever is left of a line or an event.
  @Test func remainsBesideAResultAreFound() throws {
    let keys = try temporary.fill()
    let event = TensorBoardEvents.record(of: Sample.epoch(3), time: 0)
    for key in [keys.done, keys.failed] {
      let metrics = temporary.path(key, "metrics.jsonl")
      let events = temporary.path(key, TensorBoardEvents.fileName)
      try temporary.alter(metrics) { $0 += Data("{\"ep".utf8) }
      try temporary.alter(events) { $0 += event.prefix(30) }
      #expect(try damages().keys.sorted() == (key == keys.done ? [events, metrics] : []))
      try temporary.store.resetMetrics(to: [Sample.epoch(1), Sample.epoch(2)], of: key)
    }
  }

  @Test func linesAndJSONTell() throws {
    let keys = try temporary.fill()
    try temporary.damage(keys.done)
    let found = try verify()
    #expect(found.lines.first?.hasPrefix("damaged  runs/") == true)
    #expect(found.lines.contains("records: 2 sound, 1 damaged"))
    let json = try CanonicalJSON.decode(JSONValue.self, from: CanonicalJSON.encode(found))
    #expect(json["counts"]?["records"]?["damaged"] == .integer(1))
  }
}
