import RunStore

/// A run that a table was planned with, and how far it is.
public struct PlannedRun: Sendable {
  /// How far a run is.
  public enum Outcome: Hashable, Sendable {
    /// It was trained to its end, or failed; the record says which.
    indirect case recorded(RunRecord)
    /// It is running, or was stopped and can be continued.
    case started
    /// It was never started.
    case notRun
    /// Its record cannot be read; the message tells why.
    case damaged(message: String)
  }

  /// The cell that the run belongs to.
  public var address: CellAddress
  /// The run's root seed.
  public var seed: Int
  /// The run's key: 64 hexadecimal digits.
  public var key: String
  /// How far the run is.
  public var outcome: Outcome

  /// Creates a planned run.
  public init(address: CellAddress, seed: Int, key: String, outcome: Outcome) {
    self.address = address
    self.seed = seed
    self.key = key
    self.outcome = outcome
  }

  /// The first ten digits of the key, as reports print them.
  public var shortID: String { String(key.prefix(10)) }

  /// The command that reruns the run, or shows it when it is stored.
  public var command: String { Self.command(shortID: shortID) }

  /// The command that reruns the run with a short identifier.
  public static func command(shortID: String) -> String { "make cell ID=\(shortID)" }

  /// The record of a run that was trained to its end.
  public var finishedRecord: RunRecord? {
    guard case .recorded(let record) = outcome, record.outcome == .done else { return nil }
    return record
  }

  /// The record of a run that ended, whether done or failed.
  public var record: RunRecord? {
    guard case .recorded(let record) = outcome else { return nil }
    return record
  }

  /// Why the run gives no number under a rule; nil when it gives one.
  func emptiness(under rule: SelectionRule) -> Emptiness? {
    switch outcome {
    case .notRun: return .notRun
    case .started: return .started
    case .damaged(let message): return .damaged(message: message)
    case .recorded(let record):
      if case .failed(let failure) = record.outcome { return .failed(failure) }
      return rule.select(from: record) == nil ? .noNumber : nil
    }
  }
}
