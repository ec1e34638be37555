import RunStore

/// Why an item failed.
public struct WorkFailure: Error, Codable, Hashable, Sendable {
  /// The class of the cause.
  public var cause: RunRecord.Failure.Cause
  /// What happened, in one line.
  public var message: String
  /// The status that the error asks for when it ends a command.
  public var exitStatus: ExitStatus
  /// The last lines that the worker wrote to its standard error.
  public var lastLines: [String]

  /// Creates a failure.
  public init(
    cause: RunRecord.Failure.Cause, message: String, exitStatus: ExitStatus = .failure,
    lastLines: [String] = []
  ) {
    self.cause = cause
    self.message = message
    self.exitStatus = exitStatus
    self.lastLines = lastLines
  }

  /// Classes an error that ended an item: damaged or missing data is `data`, a failure stays
  /// itself, all else is `other`.
  public init(_ error: any Error) {
    if let failure = error as? WorkFailure {
      self = failure
      return
    }
    let report = ErrorReport(error)
    let isData = report.exitStatus == .badData || report.exitStatus == .inputMissing
    self.init(
      cause: isData ? .data : .other, message: report.message, exitStatus: report.exitStatus)
  }
}
