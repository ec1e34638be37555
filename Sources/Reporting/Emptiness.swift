import Plotting
import RunStore

/// Why a cell, or one seed of it, has no number.
public enum Emptiness: Hashable, Sendable {
  /// It was never started.
  case notRun
  /// It is running, or was stopped and can be continued.
  case started
  /// It ended early.
  case failed(RunRecord.Failure)
  /// Its record cannot be read.
  case damaged(message: String)
  /// It ended, but measured no finite number.
  case noNumber
  /// The method does not apply to this noise, for a reason.
  case notApplicable(reason: String)
  /// Data or weights that it needs are not here.
  case unavailable(reason: String)

  /// The reason in a word or two, for a table's cell.
  public var label: String {
    switch self {
    case .notRun: return "not run"
    case .started: return "not finished"
    case .failed(let failure):
      return failure.cause == .nonFinite ? "diverged" : "failed: \(failure.cause.rawValue)"
    case .damaged: return "record damaged"
    case .noNumber: return "no finite number"
    case .notApplicable: return "not applicable"
    case .unavailable: return "not available"
    }
  }

  /// The reason in a sentence, with what the run itself said.
  public var explanation: String {
    switch self {
    case .notRun: return "not run"
    case .started: return "running, or stopped and resumable"
    case .failed(let failure): return "failed (\(failure.cause.rawValue)): \(failure.message)"
    case .damaged(let message): return "record damaged: \(message)"
    case .noNumber: return "ended without a finite test accuracy"
    case .notApplicable(let reason): return "not applicable: \(reason)"
    case .unavailable(let reason): return "not available: \(reason)"
    }
  }

  /// The mark of the reason in figures.
  public var absence: Absence {
    switch self {
    case .notRun: return .notRun
    case .started: return Absence(mark: "…", explanation: "not finished")
    case .failed(let failure): return failure.cause == .nonFinite ? .diverged : .failed
    case .damaged: return Absence(mark: "!", explanation: "record damaged")
    case .noNumber: return .failed
    case .notApplicable: return Absence(mark: "/", explanation: "not applicable")
    case .unavailable: return .unavailable
    }
  }
}
