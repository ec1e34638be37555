import RunStore

/// What can be wrong with a file of published numbers.
public enum PublishedTableError: ReportableError, Hashable {
  /// The file cannot be read.
  case unreadable(path: String, reason: String)
  /// The first line does not name the columns.
  case wrongHeader(path: String, expected: String, found: String)
  /// A line is not as it must be.
  case wrongLine(path: String, line: Int, reason: String)
  /// Two lines give the same number.
  case duplicate(path: String, line: Int, firstLine: Int)

  /// What happened, with path and line, and what to do next.
  public var message: String {
    switch self {
    case .unreadable(let path, let reason):
      return "cannot read the published numbers in \(path): \(reason); check the path"
    case .wrongHeader(let path, let expected, let found):
      return "\(path), line 1: expected the columns '\(expected)', found '\(found)'"
    case .wrongLine(let path, let line, let reason):
      return "\(path), line \(line): \(reason)"
    case .duplicate(let path, let line, let firstLine):
      return "\(path), line \(line): gives the same number as line \(firstLine); remove one"
    }
  }

  /// 66 when the file cannot be read, else 65.
  public var exitStatus: ExitStatus {
    if case .unreadable = self { return .inputMissing }
    return .badData
  }
}
