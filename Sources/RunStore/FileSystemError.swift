import Foundation

/// A refusal of the operating system, with the path, the cause in words, and what to do about it.
public struct FileSystemError: ReportableError, Hashable {
  /// What was being done.
  public enum Operation: String, Hashable, Sendable {
    /// Reading a file or folder.
    case read
    /// Writing, creating, renaming or locking a file or folder.
    case write
  }

  /// The file or folder that it happened to.
  public var path: String
  /// What was being done.
  public var operation: Operation
  /// The system's error number (`errno`).
  public var errorNumber: Int32

  /// Creates an error from a system error number.
  public init(path: String, operation: Operation, errorNumber: Int32) {
    self.path = path
    self.operation = operation
    self.errorNumber = errorNumber
  }

  /// The cause in words.
  public var cause: String {
    switch errorNumber {
    case ENOSPC: return "the disk is full"
    case EDQUOT: return "the disk quota is used up"
    case EROFS: return "the file system is read-only"
    case EACCES, EPERM: return "permission denied"
    case ENOENT: return "no such file or folder"
    case EMFILE, ENFILE: return "too many open files"
    case ENOTSUP, ENOSYS: return "this file system has no hard links"
    case ENOTDIR: return "a part of the path is a file, not a folder"
    default: return String(cString: strerror(errorNumber))
    }
  }

  /// What the user can do.
  public var remedy: String {
    switch (errorNumber, operation) {
    case (ENOSPC, _), (EDQUOT, _):
      return "free some space and run the same command again; what is finished is kept"
    case (EROFS, _), (EACCES, .write), (EPERM, .write), (ENOTDIR, _):
      return "make the folder writable or name another one"
    case (EACCES, .read), (EPERM, .read): return "make the file readable"
    case (ENOENT, .read): return "check the path"
    case (ENOTSUP, _), (ENOSYS, _): return "keep the runs on another file system (STORE=)"
    case (EMFILE, _), (ENFILE, _): return "raise the limit (ulimit -n)"
    default: return "run the same command again; what is finished is kept"
    }
  }

  /// What happened, with path, cause and remedy.
  public var message: String { "cannot \(operation.rawValue) \(path): \(cause); \(remedy)" }

  /// 66 when something cannot be read, 73 when something cannot be written.
  public var exitStatus: ExitStatus { operation == .read ? .inputMissing : .cannotCreate }
}
