/// How far an execution is.
public struct ExecutionProgress: Hashable, Sendable {
  /// What is being done, for example `train` or `generate`.
  public var stage: String
  /// The parts done: epochs or batches.
  public var done: Int
  /// All parts.
  public var total: Int
  /// The last training loss, if there is one.
  public var loss: Double?
  /// Images a second, if measured.
  public var imagesPerSecond: Double?
}

/// How work reports its progress and learns that it should stop.
public struct ExecutionWatch {
  /// Called with what is done so far.
  public let report: (ExecutionProgress) -> Void
  /// Asked between parts of the work.
  public let isStopped: () -> Bool

  /// Creates a watch.
  public init(
    report: @escaping (ExecutionProgress) -> Void = { _ in },
    isStopped: @escaping () -> Bool = { false }
  ) {
    self.report = report
    self.isStopped = isStopped
  }

  /// Reports parts done of all parts of a stage.
  ///
  /// - Throws: ``StoppedError`` when the work should stop.
  func advance(_ stage: String, _ done: Int, of total: Int) throws {
    report(
      ExecutionProgress(stage: stage, done: done, total: total, loss: nil, imagesPerSecond: nil))
    if isStopped() { throw StoppedError() }
  }
}

/// Thrown out of nested work that was asked to stop.
struct StoppedError: Error {}
