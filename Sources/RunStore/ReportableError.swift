import Foundation

/// An error that a user can act on: one clear line and the status that the command ends with.
public protocol ReportableError: Error, CustomStringConvertible {
  /// What happened, with path and values, and what to do next; one line.
  var message: String { get }
  /// The status that a command ends with when nothing handles the error.
  var exitStatus: ExitStatus { get }
}

extension ReportableError {
  /// The message.
  public var description: String { message }
}

/// The line and the status that stand for any error, whether or not it was made to be reported.
///
/// A ``ReportableError`` speaks for itself; a file error of Foundation is mapped by its system
/// error number; anything else is the program's own mistake, status 70.
public struct ErrorReport: Hashable, Sendable {
  /// What happened, in one line.
  public var message: String
  /// The status to end with.
  public var exitStatus: ExitStatus

  /// Describes an error.
  public init(_ error: any Error) {
    if let error = error as? any ReportableError {
      self.init(message: error.message, exitStatus: error.exitStatus)
    } else if let error = error as? CocoaError {
      self.init(error)
    } else if let error = error as? DecodingError {
      self.init(message: StoreError.describe(error), exitStatus: .badData)
    } else {
      self.init(message: "unexpected error: \(error)", exitStatus: .internalError)
    }
  }

  /// Creates a report from its parts; line breaks in the message become spaces.
  public init(message: String, exitStatus: ExitStatus) {
    self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    self.exitStatus = exitStatus
  }

  private init(_ error: CocoaError) {
    let path = error.filePath ?? error.url?.path ?? "a file"
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile, .fileReadNoPermission:
      self.init(
        FileSystemError(path: path, operation: .read, errorNumber: error.systemErrorNumber))
    case .fileWriteOutOfSpace, .fileWriteVolumeReadOnly, .fileWriteNoPermission:
      self.init(
        FileSystemError(path: path, operation: .write, errorNumber: error.systemErrorNumber))
    default:
      self.init(message: "\(path): \(error.localizedDescription)", exitStatus: .internalError)
    }
  }
}

extension CocoaError {
  /// The number of the system error beneath this one, or the one that its code stands for.
  fileprivate var systemErrorNumber: Int32 {
    if let code = (underlying as? POSIXError)?.code { return code.rawValue }
    switch code {
    case .fileNoSuchFile, .fileReadNoSuchFile: return ENOENT
    case .fileReadNoPermission, .fileWriteNoPermission: return EACCES
    case .fileWriteOutOfSpace: return ENOSPC
    case .fileWriteVolumeReadOnly: return EROFS
    default: return EIO
    }
  }
}
