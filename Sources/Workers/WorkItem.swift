import Foundation

/// One piece of work that a worker process does from beginning to end.
public struct WorkItem: Codable, Hashable, Sendable {
  /// The item's name, unique in its list; for a run, its key.
  public var id: String
  /// What people read, for example `ce symmetric-50 seed 0`.
  public var label: String
  /// The items that must have finished before this one starts.
  public var dependencies: [String]
  /// What the worker needs to know, as JSON; the pool does not look inside.
  public var payload: Data
  /// The forecast of seconds that one worker takes; at least 0.
  ///
  /// Only ratios matter for the order; once something has been measured, only ratios matter for the
  /// time left too.
  public var cost: Double

  /// Creates an item.
  public init(
    id: String, label: String, dependencies: [String] = [], payload: Data, cost: Double = 1
  ) {
    self.id = id
    self.label = label
    self.dependencies = dependencies
    self.payload = payload
    self.cost = cost
  }
}
