/// What became of every item of a list.
public struct PoolReport: Hashable, Sendable {
  /// What became of one item.
  public enum Result: Hashable, Sendable {
    /// The worker finished it, in so many seconds of this call.
    case finished(seconds: Double)
    /// It failed.
    case failed(WorkFailure)
    /// It never started because one that it needs failed; the reason names that one.
    case skipped(reason: String)
    /// It was not finished because the pool was told to stop; the same call continues it.
    case interrupted
  }

  /// The results by item name; every item has one.
  public var results: [String: Result]
  /// Whether the pool was told to stop before everything was settled.
  public var isInterrupted: Bool
  /// Seconds from start to end.
  public var seconds: Double

  /// The items that failed, with their failures, sorted by name.
  public var failures: [(id: String, failure: WorkFailure)] {
    results.compactMap { id, result in
      if case .failed(let failure) = result { return (id, failure) }
      return nil
    }
    .sorted { $0.id < $1.id }
  }

  /// Creates a report.
  public init(results: [String: Result], isInterrupted: Bool, seconds: Double) {
    self.results = results
    self.isInterrupted = isInterrupted
    self.seconds = seconds
  }
}
