import Foundation

extension RunStore {
  /// What is found where a run's checkpoint is looked for.
  public enum StoredCheckpoint: Hashable, Sendable {
    /// There is none; the run starts with its first epoch.
    case none
    /// The run continues here.
    case intact(Checkpoint)
    /// There was one and it was damaged: it lies at `setAside` now, and the run starts with its
    /// first epoch.
    case damaged(reason: StoreError, setAside: URL?)

    /// The checkpoint to continue from, if any.
    public var checkpoint: Checkpoint? {
      if case .intact(let checkpoint) = self { return checkpoint }
      return nil
    }
  }

  func checkpointFile(of key: RunKey) -> URL {
    folder(of: key).appendingPathComponent("checkpoint.bin")
  }

  /// Replaces a run's checkpoint in one step.
  ///
  /// Without `durable` a loss of power may leave a file that ``loadCheckpoint(of:)`` finds damaged,
  /// and then the run starts anew; a killed process never does.
  public func saveCheckpoint(
    _ checkpoint: Checkpoint, of key: RunKey, durable: Bool = false
  ) throws {
    try AtomicFile.write(
      try checkpoint.encoded(), to: checkpointFile(of: key), durable: durable)
  }

  /// Reads a run's checkpoint; a damaged one is set aside under `damaged/`.
  public func loadCheckpoint(of key: RunKey) throws -> StoredCheckpoint {
    let file = checkpointFile(of: key)
    guard let data = try AtomicFile.contents(of: file) else { return .none }
    do {
      return .intact(try Checkpoint(encoded: data, path: file.path))
    } catch let error as StoreError {
      return .damaged(
        reason: error, setAside: try setAside(file, as: "\(key.text)-checkpoint.bin"))
    }
  }

  /// Appends one epoch's measurements to the file that shows a run's course while it runs.
  public func appendMetrics(_ epoch: EpochRecord, of key: RunKey) throws {
    var line = try CanonicalJSON.encode(epoch, nonFinite: .text)
    line.append(UInt8(ascii: "\n"))
    try AtomicFile.append(line, to: metricsFile(of: key))
    try AtomicFile.append(
      TensorBoardEvents.record(of: epoch, time: Date().timeIntervalSince1970),
      to: eventsFile(of: key))
  }

  /// Makes the file of measurements hold these epochs and no others, for a run that starts or
  /// continues.
  ///
  /// Pass the checkpoint's epochs: epochs after them will be trained, and appended, again.
  public func resetMetrics(to epochs: [EpochRecord], of key: RunKey) throws {
    var lines = Data()
    for epoch in epochs {
      lines.append(try CanonicalJSON.encode(epoch, nonFinite: .text))
      lines.append(UInt8(ascii: "\n"))
    }
    try AtomicFile.write(lines, to: metricsFile(of: key), durable: false)
    let now = Date().timeIntervalSince1970
    let events = epochs.map { TensorBoardEvents.record(of: $0, time: now) }
    try AtomicFile.write(
      events.reduce(TensorBoardEvents.header(time: now), +), to: eventsFile(of: key),
      durable: false)
  }

  /// The measurements of a run so far; a last line that is not whole is left out, since it is being
  /// written.
  public func metrics(of key: RunKey) throws -> [EpochRecord] {
    let file = metricsFile(of: key)
    guard let data = try AtomicFile.contents(of: file),
      let end = data.lastIndex(of: UInt8(ascii: "\n"))
    else { return [] }
    do {
      return try data[..<end].split(separator: UInt8(ascii: "\n")).map {
        try CanonicalJSON.decode(EpochRecord.self, from: Data($0))
      }
    } catch let error as StoreError {
      throw StoreError.damaged(path: file.path, reason: error.message)
    }
  }
}
