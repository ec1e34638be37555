import Features
import RunStore

extension FeatureError: ReportableError {
  /// What was expected, what was found and what to do.
  public var message: String { description }
  /// 64 for an option outside what the rows allow, 69 for a search that failed, else 65.
  public var exitStatus: ExitStatus {
    switch self {
    case .outOfRange: return .usage
    case .unreachable, .graph: return .unavailable
    case .empty, .notFinite, .tooLarge, .mismatched, .oneClass, .smallClass: return .badData
    }
  }
}
