import RunStore

/// What keeps a pool from working at all; the failure of one item is no error but a result.
public enum WorkerError: ReportableError, Hashable {
  /// Two items have the same name.
  case duplicateItem(String)
  /// An item waits for one that is not in the list.
  case unknownDependency(item: String, dependency: String)
  /// Items wait for each other.
  case cycle([String])
  /// The worker's executable cannot be started.
  case cannotStart(path: String, reason: String)
  /// Workers end before they can take an item.
  case endsAtOnce(ending: String, lastLines: [String], exitStatus: ExitStatus)

  /// What happened, with the values.
  public var message: String {
    switch self {
    case .duplicateItem(let id): return "the work list names \(id) twice"
    case .unknownDependency(let item, let dependency):
      return "\(item) waits for \(dependency), which is not in the work list"
    case .cycle(let items): return "these wait for each other: \(items.joined(separator: ", "))"
    case .cannotStart(let path, let reason):
      return "cannot start the worker \(path): \(reason); build the program again"
    case .endsAtOnce(let ending, let lastLines, _):
      let words = lastLines.isEmpty ? "it wrote nothing" : lastLines.joined(separator: " | ")
      return "workers end before they take any work (\(ending)): \(words)"
    }
  }

  /// 66 for a missing executable, the worker's own status when it ends at once, else 70.
  public var exitStatus: ExitStatus {
    switch self {
    case .duplicateItem, .unknownDependency, .cycle: return .internalError
    case .cannotStart: return .inputMissing
    case .endsAtOnce(_, _, let status): return status
    }
  }
}
