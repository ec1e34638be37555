import Foundation
import RunStore

/// What was finished at some moment of a trial, to be found again ever after.
struct FinishedResults {
  /// A run's record.
  private struct Entry {
    var epochs: [EpochRecord]
    /// The digest of the file: a record that is there is never replaced.
    var digest: String
  }

  private var records: [RunKey: Entry] = [:]

  /// The number of results.
  var count: Int { records.count }

  /// Adds what a store has finished.
  ///
  /// - Throws: ``TrialProblem`` for a record that cannot be read: no fault but a deliberate one damages a record.
  mutating func note(_ store: RunStore) throws {
    do {
      for key in try store.keys() where records[key] == nil {
        guard let record = try store.record(of: key), case .done = record.outcome else { continue }
        records[key] = Entry(epochs: record.epochs, digest: try Self.digest(of: key, in: store))
      }
    } catch let error as any ReportableError {
      throw TrialProblem("after the fault: \(error.message)")
    }
  }

  /// No longer expects a run, since its record was damaged on purpose.
  mutating func excuse(_ key: RunKey) { records[key] = nil }

  /// What a store has lost, one line a result.
  func losses(in store: RunStore) -> [String] {
    records.sorted { $0.key < $1.key }.compactMap { key, entry in
      guard let record = try? store.record(of: key) else { return "\(key.short) is gone" }
      if record.epochs != entry.epochs { return "\(key.short) has other epochs" }
      let digest = try? Self.digest(of: key, in: store)
      return digest == entry.digest ? nil : "\(key.short) was trained again"
    }
  }

  /// A run that is expected, chosen by chance; nil when none is.
  func one(_ chance: inout Chance) -> RunKey? { chance.one(of: records.keys.sorted()) }

  private static func digest(of key: RunKey, in store: RunStore) throws -> String {
    try Digest.sha256(ofFile: store.folder(of: key).appendingPathComponent("record.json"))
  }
}
