/// What can keep a figure from being made or written.
public enum PlotError: Error, Hashable, Sendable {
  /// Cairo refused an operation; `message` is its own explanation.
  case cairo(operation: String, message: String)
  /// A file or folder could not be written; `reason` is the system's explanation.
  case unwritable(path: String, reason: String)
  /// A number to be drawn is infinite or not a number; `item` says which.
  case notFinite(chart: String, item: String)
  /// The data or the axis cannot be drawn as asked; `reason` says why.
  case unsuitable(chart: String, reason: String)
}

extension PlotError: CustomStringConvertible {
  /// The error in one line.
  public var description: String {
    switch self {
    case .cairo(let operation, let message):
      "cairo could not \(operation): \(message)"
    case .unwritable(let path, let reason):
      "cannot write \(path): \(reason); choose a folder that can be written"
    case .notFinite(let chart, let item):
      "\(chart): \(item) is not a finite number; pass it as missing, with the reason"
    case .unsuitable(let chart, let reason):
      "\(chart): \(reason)"
    }
  }
}
