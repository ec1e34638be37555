/// How a worker left an item.
public enum WorkOutcome: Hashable, Sendable {
  /// The work is done and stored.
  case finished
  /// The work ended with a failure, which is stored if it is to be.
  case failed(WorkFailure)
  /// Another process is at work on it; the item is to be handed out again later.
  case busy
  /// The worker was asked to stop, and left the work so that it can be continued.
  case stopped
}
