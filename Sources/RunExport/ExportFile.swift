import Foundation
import RunStore

/// A file that is written under a hidden name beside its place, and takes its name when it is whole.
enum ExportFile {
  /// Writes a file by a body that gets the hidden name; on failure nothing is left and the old file stays.
  static func replace(_ file: URL, by body: (URL) throws -> Void) throws {
    let folder = file.deletingLastPathComponent()
    try AtomicFile.createFolder(folder)
    let temporary = folder.appendingPathComponent(".\(file.lastPathComponent).\(getpid()).tmp")
    unlink(temporary.path)
    do {
      try body(temporary)
      try synchronize(temporary)
      guard rename(temporary.path, file.path) == 0 else { throw failure(file) }
    } catch {
      unlink(temporary.path)
      throw error
    }
  }

  private static func synchronize(_ file: URL) throws {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(file) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(file) }
  }

  static func failure(_ file: URL) -> FileSystemError {
    FileSystemError(path: file.path, operation: .write, errorNumber: errno)
  }
}
