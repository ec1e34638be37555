/// Something that happened in a pool.
public enum PoolEvent: Hashable, Sendable {
  /// A worker took an item.
  case started(label: String, worker: Int)
  /// An item is finished.
  case finished(label: String, seconds: Double)
  /// An item failed.
  case failed(label: String, WorkFailure)
  /// An item cannot start any more.
  case skipped(label: String, reason: String)
  /// A worker died, and its item is tried once more.
  case restarted(label: String, reason: String)
  /// The pool goes on with fewer workers.
  case reduced(workers: Int, reason: String)
  /// One worker alone takes more memory than the pool may; it goes on.
  case overLimit(reason: String)
  /// The pool was told to stop and waits for its workers, at most so many seconds.
  case stopping(grace: Double)
}

/// The state of a pool at one moment.
public struct PoolSnapshot: Hashable, Sendable {
  /// One worker that has an item.
  public struct Worker: Hashable, Sendable {
    /// The worker's number, from 1.
    public var number: Int
    /// The item's label.
    public var label: String
    /// How far the item is, once the worker has said so.
    public var progress: WorkProgress?
    /// Seconds since the worker took the item.
    public var seconds: Double

    /// Creates a worker's state.
    public init(number: Int, label: String, progress: WorkProgress?, seconds: Double) {
      self.number = number
      self.label = label
      self.progress = progress
      self.seconds = seconds
    }
  }

  /// Items in the list.
  public var total: Int
  /// Items that are finished.
  public var finished: Int
  /// Items that failed.
  public var failed: Int
  /// Items that cannot start any more.
  public var skipped: Int
  /// The workers that have an item, by number.
  public var workers: [Worker]
  /// The share of the whole cost that is done, in 0...1.
  public var fraction: Double
  /// The forecast of seconds until everything is settled.
  public var secondsLeft: Double
  /// Seconds since the start.
  public var seconds: Double
  /// Whether the pool was told to stop.
  public var isStopping: Bool
  /// Items that another process is at work on, to be looked at again.
  public var elsewhere: Int

  /// Creates a snapshot.
  public init(
    total: Int, finished: Int, failed: Int, skipped: Int, workers: [Worker], fraction: Double,
    secondsLeft: Double, seconds: Double, isStopping: Bool, elsewhere: Int = 0
  ) {
    self.total = total
    self.finished = finished
    self.failed = failed
    self.skipped = skipped
    self.workers = workers
    self.fraction = fraction
    self.secondsLeft = secondsLeft
    self.seconds = seconds
    self.isStopping = isStopping
    self.elsewhere = elsewhere
  }

  /// Items that are settled one way or another.
  public var settled: Int { finished + failed + skipped }
}

/// Somebody who follows what a pool does; called on the thread that runs the pool.
public protocol PoolObserver: AnyObject {
  /// Something happened.
  func pool(did event: PoolEvent, snapshot: PoolSnapshot)
  /// Time passed; called about ten times a second.
  func pool(at snapshot: PoolSnapshot)
  /// The pool has ended, in whatever way; called last and always.
  func poolEnded(snapshot: PoolSnapshot)
}
