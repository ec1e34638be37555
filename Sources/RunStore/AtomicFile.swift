import Foundation
import Synchronization

/// Writes files that are either there whole or not there.
public enum AtomicFile {
  private static let counter = Atomic<Int>(0)

  /// What the names of unfinished files end with; such files begin with a dot.
  static let temporarySuffix = ".tmp"

  /// Replaces a file's contents in one step.
  ///
  /// The bytes go to a hidden file in the same folder, which then takes the name; a reader sees the
  /// old contents or the new ones. A durable file also survives a loss of power after the return
  /// (file and folder are synchronised). Missing folders are created. On failure the hidden file is
  /// removed and a ``FileSystemError`` is thrown.
  public static func write(_ data: Data, to file: URL, durable: Bool = true) throws {
    let folder = file.deletingLastPathComponent()
    try withFolder(folder) { try writeOnce(data, to: file, in: folder, durable: durable) }
  }

  /// Writes a durable file unless one of the name is there, in one step, and tells whether it did.
  ///
  /// Of several that write the same name at the same time exactly one does. The file system must have
  /// hard links.
  public static func writeNew(_ data: Data, to file: URL) throws -> Bool {
    guard let descriptor = try create(data, at: file) else { return false }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(file, errno) }
    try synchronizeFolder(file.deletingLastPathComponent())
    return true
  }

  /// Creates a file with its contents in one step and returns it open for writing, or nil when there
  /// is one of the name.
  static func create(_ data: Data, at file: URL) throws -> Int32? {
    let folder = file.deletingLastPathComponent()
    return try withFolder(folder) {
      let temporary = temporaryFile(for: file, in: folder)
      let descriptor = open(temporary.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw failure(file, errno) }
      defer { unlink(temporary.path) }
      do {
        try writeAll(data, to: descriptor, file: file)
        guard link(temporary.path, file.path) == 0 || isNamedTwice(descriptor) else {
          let number = errno
          guard number == EEXIST else { throw failure(file, number) }
          close(descriptor)
          return nil
        }
        return descriptor
      } catch {
        close(descriptor)
        throw error
      }
    }
  }

  /// Whether a link was made after all: a network file system may lose the answer that says so.
  private static func isNamedTwice(_ descriptor: Int32) -> Bool {
    let number = errno
    defer { errno = number }
    var found = stat()
    return fstat(descriptor, &found) == 0 && found.st_nlink == 2
  }

  private static func withFolder<Result>(_ folder: URL, _ body: () throws -> Result) throws
    -> Result
  {
    do {
      return try body()
    } catch let error as FileSystemError where error.errorNumber == ENOENT {
      try createFolder(folder)
      return try body()
    }
  }

  /// Creates a folder and those above it; an existing one is left as it is.
  public static func createFolder(_ folder: URL) throws {
    if mkdir(folder.path, 0o777) == 0 { return }
    let number = errno
    switch number {
    case EEXIST where isFolder(folder): return
    case ENOENT where folder.pathComponents.count > 1:
      try createFolder(folder.deletingLastPathComponent())
      guard mkdir(folder.path, 0o777) == 0 || errno == EEXIST else { throw failure(folder, errno) }
    default: throw failure(folder, number == EEXIST ? ENOTDIR : number)
    }
  }

  /// Renames a file or an empty or absent destination folder in one step.
  static func rename(_ source: URL, to destination: URL) throws {
    guard Foundation.rename(source.path, destination.path) == 0 else {
      throw failure(destination, errno)
    }
  }

  /// Makes a folder's list of names survive a loss of power.
  static func synchronizeFolder(_ folder: URL) throws {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(folder, errno) }
    defer { close(descriptor) }
    // Some network file systems cannot synchronise a folder; the file itself is safe by then.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw failure(folder, errno)
    }
  }

  /// Removes what writers that were killed left in a folder.
  static func removeUnfinished(in folder: URL) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasPrefix(".") && name.hasSuffix(temporarySuffix) {
      unlink(folder.appendingPathComponent(name).path)
    }
  }

  /// Appends bytes to a file, creating it where it is missing.
  static func append(_ data: Data, to file: URL) throws {
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(file, errno) }
    defer { close(descriptor) }
    try writeAll(data, to: descriptor, file: file)
  }

  /// The whole contents of a file, or nil when there is no such file.
  public static func contents(of file: URL) throws -> Data? {
    try numberedContents(of: file)?.data
  }

  /// The whole contents of a file with the file's number in its file system, or nil when there is no
  /// such file.
  static func numberedContents(of file: URL) throws -> (data: Data, number: UInt64)? {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      if errno == ENOENT { return nil }
      throw FileSystemError(path: file.path, operation: .read, errorNumber: errno)
    }
    var found = stat()
    fstat(descriptor, &found)
    do {
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      return (try handle.readToEnd() ?? Data(), UInt64(found.st_ino))
    } catch {
      throw FileSystemError(path: file.path, operation: .read, errorNumber: EIO)
    }
  }

  static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// A hidden name that no process of any machine uses for anything else.
  private static func temporaryFile(for file: URL, in folder: URL) -> URL {
    let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
    return folder.appendingPathComponent(
      ".\(file.lastPathComponent).\(processName)-\(number)\(temporarySuffix)")
  }

  private static let processName: String = {
    var generator = SystemRandomNumberGenerator()
    return "\(getpid())-" + String(generator.next() as UInt32, radix: 16)
  }()

  private static func writeOnce(
    _ data: Data, to file: URL, in folder: URL, durable: Bool
  ) throws {
    let temporary = temporaryFile(for: file, in: folder)
    let descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(file, errno) }
    var isOpen = true
    do {
      try writeAll(data, to: descriptor, file: file)
      if durable && fsync(descriptor) != 0 { throw failure(file, errno) }
      isOpen = false
      guard close(descriptor) == 0 else { throw failure(file, errno) }
      guard Foundation.rename(temporary.path, file.path) == 0 else { throw failure(file, errno) }
    } catch {
      if isOpen { close(descriptor) }
      unlink(temporary.path)
      throw error
    }
    if durable { try synchronizeFolder(folder) }
  }

  private static func writeAll(_ data: Data, to descriptor: Int32, file: URL) throws {
    try data.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw failure(file, errno) }
        rest = rest.dropFirst(count)
      }
    }
  }

  private static func failure(_ file: URL, _ number: Int32) -> FileSystemError {
    FileSystemError(path: file.path, operation: .write, errorNumber: number)
  }
}
