import RunStore

/// Why the reports of a folder cannot be read.
public enum LedgerError: ReportableError, Hashable {
  /// There is no folder of reports.
  case missingFolder(path: String)
  /// A file of a report is not what a report's writer writes.
  case damaged(path: String, reason: String)

  /// What happened, with the path, and what to do next.
  public var message: String {
    switch self {
    case .missingFolder(let path):
      return "no folder of reports at \(path): name it by --reports, or make a report first"
    case .damaged(let path, let reason):
      return "\(path) is damaged: \(reason); write that report again (make reports)"
    }
  }

  /// 66 for a missing folder, 65 for a damaged file.
  public var exitStatus: ExitStatus {
    if case .missingFolder = self { return .inputMissing }
    return .badData
  }
}
