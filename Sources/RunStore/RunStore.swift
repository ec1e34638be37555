import Foundation

/// The folder that holds every run, artefact and noise file, named by what they are made from.
///
/// ```
/// runs/<k1k2>/<key>/specification.json   what the key is the digest of
///                   metrics.jsonl        one line an epoch, to look at while it runs
///                   events.out.tfevents.plumbline    the same for TensorBoard
///                   checkpoint.bin       where to continue
///                   record.json          the result, written last
/// assets/<kind>/<key>/                   artefacts that runs share
/// noise/<file>.csv                       drawn labels
/// echo/<generator>/label-<k>.bin         modified images
/// slurm/<submission>/                    what was handed to Slurm
/// next/<report>.json                     what a budget was spent on, to go on with
/// locks/                                 who works on what
/// damaged/                               what was set aside
/// ```
///
/// A store is only a path: nothing is opened or created before the first write, so that a store can
/// be read from a read-only disk and moved as a folder. Several processes may use one store at a
/// time, and several machines where the folder is on a network file system; who works on a run holds its ``RunClaim``.
public struct RunStore: Hashable, Sendable {
  /// The store's folder.
  public let root: URL

  /// Names a store; the folder need not exist.
  public init(root: URL) { self.root = root.standardizedFileURL }

  /// The folder of a run.
  public func folder(of key: RunKey) -> URL {
    root.appendingPathComponent("runs/\(key.text.prefix(2))/\(key.text)", isDirectory: true)
  }

  /// The file that holds a run's measurements while it runs.
  public func metricsFile(of key: RunKey) -> URL {
    folder(of: key).appendingPathComponent("metrics.jsonl")
  }

  /// The run's measurements as TensorBoard reads them.
  public func eventsFile(of key: RunKey) -> URL {
    folder(of: key).appendingPathComponent(TensorBoardEvents.fileName)
  }

  /// Where the labels drawn under a name are kept; the name has no folder in it.
  public func noiseFile(named name: String) -> URL {
    precondition(!name.contains("/"), "noise file name \(name) names a folder")
    return root.appendingPathComponent("noise/\(name)")
  }

  func specificationFile(of key: RunKey) -> URL {
    folder(of: key).appendingPathComponent("specification.json")
  }

  func recordFile(of key: RunKey) -> URL { folder(of: key).appendingPathComponent("record.json") }

  /// How far a run is.
  ///
  /// Throws only a ``FileSystemError`` when the folder cannot be read; damage is a state.
  public func state(of key: RunKey) throws -> RunState {
    do {
      if let record = try record(of: key) {
        switch record.outcome {
        case .done: return .done
        case .failed(let failure): return .failed(failure)
        }
      }
      return try specification(of: key) == nil ? .absent : .started
    } catch let error as StoreError {
      return .damaged(error)
    }
  }

  /// The record of a run that ended, or nil when it has not.
  ///
  /// Throws ``StoreError/damaged(path:reason:)`` when the file was altered in any byte, or holds
  /// another run's record.
  public func record(of key: RunKey) throws -> RunRecord? {
    let file = recordFile(of: key)
    guard let data = try AtomicFile.contents(of: file) else { return nil }
    let record = try SealedJSON.decode(VersionedRecord.self, from: data, path: file.path).record
    guard record.key == key.text else {
      throw StoreError.damaged(path: file.path, reason: "it is the record of run \(record.key)")
    }
    let expected = try RunKey(of: record.specification)
    guard expected == key else {
      throw StoreError.damaged(
        path: file.path, reason: "its specification has the key \(expected.short)…")
    }
    return record
  }

  /// How a run ended, or nil when it has not: the digest of the whole record is checked, but its
  /// epochs are not read, which takes the most time.
  ///
  /// Throws like ``record(of:)``, save that the specification is not compared with the key.
  public func outcome(of key: RunKey) throws -> RunRecord.Outcome? {
    let file = recordFile(of: key)
    guard let data = try AtomicFile.contents(of: file) else { return nil }
    let ending = try SealedJSON.decode(Ending.self, from: data, path: file.path)
    guard RunRecord.readableSchemas.contains(ending.schema) else {
      throw StoreError.unknownSchema(
        path: file.path, found: ending.schema, supported: RunRecord.currentSchema)
    }
    guard ending.key == key.text else {
      throw StoreError.damaged(path: file.path, reason: "it is the record of run \(ending.key)")
    }
    return ending.outcome
  }

  /// The canonical specification of a run that was started, or nil when it was not.
  public func specification(of key: RunKey) throws -> Data? {
    let file = specificationFile(of: key)
    guard let data = try AtomicFile.contents(of: file) else { return nil }
    guard RunKey(canonical: data) == key else {
      throw StoreError.damaged(path: file.path, reason: "its digest is not the run's key")
    }
    return data
  }

  /// Stores a run's specification, and so starts it; a run that was started already is left as it
  /// is.
  ///
  /// Call with the run's ``RunClaim`` held. Also removes what a killed writer left in the folder.
  @discardableResult public func start(_ specification: some Encodable) throws -> RunKey {
    let canonical = try CanonicalJSON.encode(specification)
    let key = RunKey(canonical: canonical)
    if try self.specification(of: key) == nil {
      try AtomicFile.write(canonical, to: specificationFile(of: key))
    } else {
      AtomicFile.removeUnfinished(in: folder(of: key))
    }
    return key
  }

  /// Stores a run's record, durably, and removes its checkpoint.
  ///
  /// With `keepsCheckpoint` the run, once reopened, continues where it was. A record that is there stays as it is, and false is returned: another process has finished the run. Throws ``StoreError/keyMismatch(expected:found:)`` when the record's key is not its
  /// specification's.
  @discardableResult public func finish(
    _ record: RunRecord, keepsCheckpoint: Bool = false
  ) throws -> Bool {
    let key = try RunKey(of: record.specification)
    guard key.text == record.key else {
      throw StoreError.keyMismatch(expected: key.text, found: record.key)
    }
    let isNew = try AtomicFile.writeNew(try SealedJSON.encode(record), to: recordFile(of: key))
    if !keepsCheckpoint { unlink(checkpointFile(of: key).path) }
    return isNew
  }

  /// Lets a failed run be tried again: its record is kept beside the new one as
  /// `record.failed-<n>.json`.
  ///
  /// Returns false when the run has no record of a failure.
  @discardableResult public func reopen(_ key: RunKey) throws -> Bool {
    guard case .failed = try state(of: key) else { return false }
    var number = 1
    var kept = folder(of: key).appendingPathComponent("record.failed-1.json")
    while FileManager.default.fileExists(atPath: kept.path) {
      number += 1
      kept = folder(of: key).appendingPathComponent("record.failed-\(number).json")
    }
    try AtomicFile.rename(recordFile(of: key), to: kept)
    return true
  }

  /// Sets a run's folder aside under `damaged/`, as it is, and returns where it went; nil when
  /// there is none.
  ///
  /// Nothing is deleted. The run is absent afterwards. Call with the run's ``RunClaim`` held.
  @discardableResult public func quarantine(_ key: RunKey) throws -> URL? {
    try setAside(folder(of: key), as: key.text)
  }

  func setAside(_ item: URL, as name: String) throws -> URL? {
    guard FileManager.default.fileExists(atPath: item.path) else { return nil }
    let folder = root.appendingPathComponent("damaged", isDirectory: true)
    try AtomicFile.createFolder(folder)
    var number = 1
    var destination = folder.appendingPathComponent("\(name)-1")
    while FileManager.default.fileExists(atPath: destination.path) {
      number += 1
      destination = folder.appendingPathComponent("\(name)-\(number)")
    }
    try AtomicFile.rename(item, to: destination)
    return destination
  }
}

/// The part of a record that says how it ended.
private struct Ending: Decodable {
  var schema: Int
  var key: String
  var outcome: RunRecord.Outcome
}

/// A record whose layout version is looked at before anything else.
private struct VersionedRecord: Decodable {
  var record: RunRecord

  private enum CodingKeys: CodingKey { case schema }

  init(from decoder: any Decoder) throws {
    let schema = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .schema)
    guard RunRecord.readableSchemas.contains(schema) else {
      throw StoreError.unknownSchema(
        path: "record", found: schema, supported: RunRecord.currentSchema)
    }
    record = try RunRecord(from: decoder)
    record.schema = RunRecord.currentSchema
  }
}
