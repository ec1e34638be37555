import Foundation
import RunStore

/// Takes runs and assets over from one store, which nobody else writes to, into another.
struct BundleAdoption {
  typealias Result = (fate: BundleImport.Fate, reason: String?)

  let source: RunStore
  let store: RunStore
  let isDryRun: Bool

  private static let busy: Result = (.blocked, "another process is at work on it; import again")

  /// Takes an asset over, as a whole and in one step.
  func adopt(kind: String, key: RunKey) throws -> Result {
    let path = "assets/\(kind)/\(key.text)"
    let place = store.root.appendingPathComponent(path)
    func look() throws -> Result? {
      guard RunPruning.exists(place) else { return nil }
      switch try Verification.Reading({ try store.assetFiles(kind: kind, key: key) }) {
      case .absent: return (.blocked, "the store has something else in its place")
      case .damaged(let reason, _):
        return (.blocked, "the store's own is damaged: \(reason); see plumbline runs verify")
      case .sound(let files):
        return try files == source.assetFiles(kind: kind, key: key)
          ? (.present, nil) : (.different, "the store's own has other files")
      }
    }
    if let result = try look() { return result }
    if isDryRun { return (.taken, nil) }
    guard let claim = try store.tryClaimAsset(kind: kind, key: key) else { return Self.busy }
    return try withExtendedLifetime(claim) {
      if let result = try look() { return result }
      try AtomicFile.createFolder(place.deletingLastPathComponent())
      guard rename(source.root.appendingPathComponent(path).path, place.path) == 0 else {
        throw ExportFile.failure(place)
      }
      return (.taken, nil)
    }
  }

  /// Takes a run over with its labels, its record last.
  func adopt(_ record: RunRecord, key: RunKey, labels: String?) throws -> Result {
    if let result = try obstacle(record, key: key, labels: labels) { return result }
    if isDryRun { return (.taken, nil) }
    guard let claim = try store.tryClaim(key) else { return Self.busy }
    return try withExtendedLifetime(claim) {
      if let result = try obstacle(record, key: key, labels: labels) { return result }
      if let labels {
        try copy(source.noiseFile(named: labels), to: store.noiseFile(named: labels))
      }
      try store.start(record.specification)
      // What an interrupted run left of its course is not the record's.
      unlink(file(RunStore.checkpointName, of: key, in: store).path)
      try store.resetMetrics(to: record.epochs, of: key)
      for name in ["metrics.jsonl", TensorBoardEvents.fileName] {
        try copy(file(name, of: key, in: source), to: file(name, of: key, in: store))
      }
      guard let bytes = try AtomicFile.contents(of: file(RunStore.recordName, of: key, in: source)),
        try AtomicFile.writeNew(bytes, to: file(RunStore.recordName, of: key, in: store))
      else { return Self.busy }
      return (.taken, nil)
    }
  }

  /// Why a run is not taken over; nil when nothing is in the way.
  private func obstacle(_ record: RunRecord, key: RunKey, labels: String?) throws -> Result? {
    switch try Verification.Reading({ try store.record(of: key) }) {
    case .sound(let own):
      return RunComparison.difference(own, record).map { (.different, "store and bundle: \($0)") }
        ?? (.present, nil)
    case .damaged(let reason, _):
      return (.blocked, "the store's record is damaged: \(reason); see plumbline runs verify")
    case .absent: break
    }
    if ListedState(record.outcome) == .failed,
      RunPruning.exists(file(RunStore.checkpointName, of: key, in: store))
    {
      return (.blocked, "it failed there, and the store has begun it")
    }
    let specification = try Verification.Reading { try store.specification(of: key) }
    if case .damaged(let reason, _) = specification {
      return (
        .blocked, "the store's specification is damaged: \(reason); see plumbline runs verify"
      )
    }
    if let labels, let own = try AtomicFile.contents(of: store.noiseFile(named: labels)),
      own != (try AtomicFile.contents(of: source.noiseFile(named: labels)))
    {
      return (.blocked, "the store's noise/\(labels) has other labels; see plumbline runs verify")
    }
    return nil
  }

  private func file(_ name: String, of key: RunKey, in store: RunStore) -> URL {
    store.folder(of: key).appendingPathComponent(name)
  }

  private func copy(_ source: URL, to place: URL) throws {
    guard let data = try AtomicFile.contents(of: source) else { return }
    try AtomicFile.write(data, to: place)
  }
}
