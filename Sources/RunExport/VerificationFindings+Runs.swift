import Foundation
import RunStore

extension Verification.Findings {
  /// Looks at every folder of runs; each sound record is handed on.
  mutating func examineRuns(_ use: (RunRecord) -> Void) throws {
    var strangers: Set<URL> = []
    for run in try StoredRun.all(in: store) {
      guard let key = run.key, RunPruning.isFolder(run.folder) else {
        strangers.insert(Self.stranger(run))
        continue
      }
      var findings = Verification.Findings(store: store)
      var record = try findings.examine(key)
      if !findings.damages.isEmpty {
        // A run that is being worked on changes between two looks at it; damage stays.
        findings = Verification.Findings(store: store)
        record = try findings.examine(key)
      }
      merge(findings)
      if let record { use(record) }
    }
    for item in strangers.sorted(by: { $0.path < $1.path }) {
      damaged(.stranger, item, "no run has this name", .setAside)
    }
  }

  /// The folder to set aside for something that is no run's: itself, or the one above when that is none of the suite's.
  private static func stranger(_ run: StoredRun) -> URL {
    let prefix = run.folder.deletingLastPathComponent()
    let name = prefix.lastPathComponent.utf8
    let isPrefix = name.count == 2 && name.allSatisfy("0123456789abcdef".utf8.contains)
    return isPrefix || name.elementsEqual("runs".utf8) ? run.folder : prefix
  }

  /// Looks at one run and returns its record if that is sound.
  mutating func examine(_ key: RunKey) throws -> RunRecord? {
    let folder = store.folder(of: key)
    let names = try FolderSurvey.names(in: folder).filter { !$0.hasPrefix(".") }
    // A writer that was killed over the first file leaves a folder without any.
    if names.isEmpty { return nil }
    let owner = RunPruning.Owner.run(key)
    let specification = try Verification.Reading { try store.specification(of: key) }
    let record = try Verification.Reading { try store.record(of: key).map(Self.checked) }
    func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    switch specification {
    case .sound: sound(.specification)
    case .absent, .damaged:
      var reason = "it is missing"
      if case .damaged(let found, _) = specification { reason = found }
      let place = file(RunStore.specificationName)
      if record.value != nil {
        damaged(.specification, place, reason, .remake, owner: owner)
      } else if specification.isKept || record.isKept {
        damaged(.specification, place, reason, .leave, owner: owner)
      } else {
        damaged(
          .specification, folder,
          "\(RunStore.specificationName): \(reason), and no sound record tells which run this is",
          .setAside, owner: owner)
        return nil
      }
    }
    if case .damaged(let reason, let isKept) = record {
      damaged(
        .record, file(RunStore.recordName), reason, isKept ? .leave : .setAside, owner: owner)
    }
    examineFailures(names, of: key)
    for name in names where !Self.isKnown(name) {
      remarks.append("\(path(of: file(name))) is no file of a run and stays.")
    }
    guard let record = record.value else {
      // Lines are appended before the checkpoint that has them: read after it, they are never behind.
      let checkpoint = try Verification.Reading { try store.checkpoint(of: key) }
      examine(try RunCourse(of: key, in: store), beside: checkpoint, of: key)
      return nil
    }
    if ListedState(record.outcome) == .failed {
      try examineCheckpoint(beside: record, of: key)
    } else if names.contains(RunStore.checkpointName) {
      sound(.leftoverCheckpoint)
    }
    return examine(try RunCourse(of: key, in: store), beside: record, of: key) ? record : nil
  }

  private static func isKnown(_ name: String) -> Bool {
    [
      RunStore.specificationName, RunStore.recordName, RunStore.checkpointName, "metrics.jsonl",
      TensorBoardEvents.fileName,
    ].contains(name) || isFailure(name)
  }

  private static func isFailure(_ name: String) -> Bool {
    name.hasPrefix("record.failed-") && name.hasSuffix(".json")
  }

  /// A record that agrees with itself.
  private static func checked(_ record: RunRecord) throws -> RunRecord {
    if let place = record.epochs.indices.first(where: { record.epochs[$0].epoch != $0 + 1 }) {
      throw StoreError.damaged(
        path: "", reason: "its entry \(place + 1) is that of epoch \(record.epochs[place].epoch)")
    }
    if let audit = RunReferences.labelDigest(of: record),
      let read = record.provenance.digests["noisy labels"], audit != read
    {
      throw StoreError.damaged(
        path: "", reason: "its audit and its provenance tell different digests of the labels")
    }
    return record
  }

  private mutating func examineFailures(_ names: [String], of key: RunKey) {
    for name in names where Self.isFailure(name) {
      let file = store.folder(of: key).appendingPathComponent(name)
      do {
        guard let data = try AtomicFile.contents(of: file) else { continue }
        let record = try SealedFile.decode(JSONValue.self, from: data, path: file.path)
        guard record["key"]?.stringValue == key.text else {
          throw StoreError.damaged(path: file.path, reason: "it is another run's")
        }
        sound(.record)
      } catch StoreError.damaged(_, let reason) {
        damaged(.record, file, reason, .setAside, owner: .run(key))
      } catch {
        damaged(.record, file, ErrorReport(error).message, .leave, owner: .run(key))
      }
    }
  }
}
