/// A tensor file that cannot be read or written.
public struct TensorFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is, for the exit status.
  public enum Kind: Hashable, Sendable {
    /// The file is not there or may not be read.
    case unreadable
    /// The content is not what the format allows.
    case malformed
  }
  /// The kind of fault.
  public let kind: Kind
  /// The file.
  public let path: String
  /// What was expected and what was found.
  public let reason: String

  /// Creates an error about a file.
  public init(_ kind: Kind, path: String, reason: String) {
    self.kind = kind
    self.path = path
    self.reason = reason
  }

  /// One line that names the file and the fault.
  public var description: String { "\(path): \(reason)" }
}
