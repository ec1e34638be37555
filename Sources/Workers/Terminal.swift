import Foundation

/// What is known of the place that standard error goes to.
public struct Terminal: Hashable, Sendable {
  /// Whether lines can be overwritten: a terminal that is not `dumb`.
  public var isLive: Bool
  /// Whether colours are wanted: a live terminal, and `NO_COLOR` unset or empty.
  public var hasColour: Bool
  /// Whether the locale is UTF-8.
  public var isUnicode: Bool

  /// Describes a place.
  public init(isLive: Bool, hasColour: Bool, isUnicode: Bool) {
    self.isLive = isLive
    self.hasColour = hasColour
    self.isUnicode = isUnicode
  }

  /// Describes a place from whether it is a terminal and from environment variables.
  public init(isTerminal: Bool, environment: [String: String]) {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    isLive = isTerminal && environment["TERM"] != "dumb" && environment["TERM"]?.isEmpty == false
    hasColour = isLive && (environment["NO_COLOR"] ?? "").isEmpty
    isUnicode = (locale ?? "").lowercased().replacing("-", with: "").contains("utf8")
  }

  /// Describes this process's standard error.
  public static var standardError: Terminal {
    Terminal(
      isTerminal: isatty(STDERR_FILENO) == 1, environment: ProcessInfo.processInfo.environment)
  }

  /// Columns and rows of the terminal behind standard error, now; 80 by 24 where it does not say.
  static func size() -> (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
    else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
