import Foundation
import RunStore

@testable import RunExport

/// What happens to files of a store.
extension TemporaryStore {
  /// A store with something of every kind: two runs that are done, a failed one, a started one, labels and assets.
  func fill() throws -> FilledStore {
    let labels = Data("index,clean,noisy\n0,1,2\n1,0,0\n".utf8)
    try AtomicFile.write(labels, to: store.noiseFile(named: "labels.csv"), durable: false)
    try AtomicFile.write(
      Data("index,clean,noisy\n0,1,1\n".utf8), to: store.noiseFile(named: "other.csv"),
      durable: false)
    let filled = FilledStore(
      done: try add(Sample.specification(more: Sample.outside()), labels: labels),
      second: try add(Sample.specification(seed: 4), labels: labels),
      failed: try add(
        Sample.specification(seed: 5), labels: labels, outcome: .failed(Sample.failure)),
      started: try interrupt(Sample.specification(seed: 6)), asset: try Sample.generatorKey())
    _ = try store.asset(kind: "generator", key: filled.asset) { folder in
      try Data("weights".utf8).write(to: folder.appendingPathComponent("weights.bin"))
      try Data("more".utf8).write(to: folder.appendingPathComponent("notes.json"))
    }
    return filled
  }

  private func add(
    _ specification: JSONValue, labels: Data, outcome: RunRecord.Outcome = .done
  ) throws -> RunKey {
    let key = try store.start(specification)
    var record = try Sample.record(specification, outcome: outcome)
    guard case .object(var audit) = record.noise else { return key }
    audit["digest"] = .string(Digest.sha256(of: labels))
    record.noise = .object(audit)
    record.provenance.digests["noisy labels"] = Digest.sha256(of: labels)
    try store.resetMetrics(to: record.epochs, of: key)
    try store.finish(record)
    return key
  }

  func path(_ key: RunKey, _ name: String) -> String {
    "runs/\(key.text.prefix(2))/\(key.text)/\(name)"
  }

  /// Alters the bytes of a file below the store.
  func alter(_ path: String, _ change: (inout Data) throws -> Void) throws {
    let file = root.appendingPathComponent(path)
    var bytes = try Data(contentsOf: file)
    try change(&bytes)
    try bytes.write(to: file)
  }

  func swap(_ first: String, _ second: String) throws {
    let (one, other) = (root.appendingPathComponent(first), root.appendingPathComponent(second))
    let bytes = try Data(contentsOf: one)
    try Data(contentsOf: other).write(to: one)
    try bytes.write(to: other)
  }

  /// Writes a run's record with other numbers and every digest that goes with them.
  func forge(_ key: RunKey, _ change: (inout RunRecord) -> Void) throws {
    guard var record = try store.record(of: key) else { return }
    change(&record)
    try SealedFile.encode(record).write(to: root.appendingPathComponent(path(key, "record.json")))
  }

  /// All files with their bytes, empty folders left out.
  func files() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try contents() {
      let file = root.appendingPathComponent(path)
      if !RunPruning.isFolder(file) { files[path] = try Data(contentsOf: file) }
    }
    return files
  }
}

/// The keys of what ``TemporaryStore/fill()`` makes.
struct FilledStore {
  var done: RunKey
  var second: RunKey
  var failed: RunKey
  var started: RunKey
  var asset: RunKey

  /// Every run's labels are in one file.
  static let references = RunReferences(
    noiseFile: { _ in "labels.csv" },
    assets: { tree in
      guard tree["outside"] != nil, let key = try? Sample.generatorKey() else { return [] }
      return [.init(kind: "generator", key: key)]
    })
}
