import RunStore

/// A file of numbers that a command cannot use.
struct StatisticsInputError: ReportableError, Hashable {
  let message: String
  let exitStatus: ExitStatus

  /// A file whose contents are not what the command needs: 65.
  static func badData(_ path: String, _ reason: String) -> StatisticsInputError {
    StatisticsInputError(message: "\(path): \(reason)", exitStatus: .badData)
  }

  /// Options that do not fit the file: 64.
  static func usage(_ message: String) -> StatisticsInputError {
    StatisticsInputError(message: message, exitStatus: .usage)
  }
}
