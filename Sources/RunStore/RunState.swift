/// How far a run is, as its folder shows.
public enum RunState: Hashable, Sendable {
  /// Nothing is stored.
  case absent
  /// Its specification is stored and no record: it is running, or was stopped and can be continued.
  case started
  /// Its record says that every epoch was trained.
  case done
  /// Its record says that it ended early, and why.
  case failed(RunRecord.Failure)
  /// What is stored is not what was written; the error tells path and reason.
  case damaged(StoreError)
}
