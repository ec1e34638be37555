/// A data file that cannot be used.
public struct DatasetError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is, for the exit status.
  public enum Kind: Hashable, Sendable {
    /// The file is not there or may not be read.
    case missing
    /// The file's content is not what it should be.
    case damaged
    /// There is no data set of that name, or it lacks what was asked of it.
    case unknown
  }
  /// The kind of fault.
  public let kind: Kind
  /// One line: the file, what was expected, what was found, what to do.
  public let description: String

  /// Creates an error; control characters, which names in damaged files may hold, are shown as question marks.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = String(
      String.UnicodeScalarView(
        description.unicodeScalars.map { Self.isPrintable($0) ? $0 : "?" }))
  }

  /// Whether a character neither breaks the line nor commands a terminal.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return false
    default: return true
    }
  }
}
