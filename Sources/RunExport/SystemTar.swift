import Foundation
import RunStore

/// The system's `tar` (GNU), which reads and writes archives through its standard input and output, so that no file name is
/// taken for an option or for another machine's.
struct SystemTar {
  /// The folder that its complaints are written to.
  let scratch: URL

  /// Writes files of a folder as an archive whose bytes depend on nothing but their names and contents.
  ///
  /// - Parameters:
  ///   - paths: The files, in the order of the archive.
  ///   - folder: The folder.
  ///   - archive: The file to write.
  /// - Throws: ``TarError``, and ``FileSystemError`` when a file cannot be written.
  func create(_ paths: [String], of folder: URL, as archive: URL) throws {
    let list = scratch.appendingPathComponent("list")
    try AtomicFile.write(Data(paths.map { $0 + "\0" }.joined().utf8), to: list, durable: false)
    try run(
      [
        "--create", "--file=-", "--format=gnu", "--no-recursion", "--owner=0", "--group=0",
        "--numeric-owner", "--mode=0644", "--mtime=@0", "--hard-dereference", "--null",
        "--verbatim-files-from", "--files-from=\(list.path)",
      ], in: folder, input: nil, output: archive)
  }

  /// The names in an archive as they are written there, links upwards and first slashes included; special characters escaped.
  func names(in archive: URL) throws -> [String] {
    let output = scratch.appendingPathComponent("names")
    try run(
      ["--list", "--absolute-names", "--quoting-style=escape", "--file=-"], in: scratch,
      input: archive, output: output)
    let text = String(decoding: try AtomicFile.contents(of: output) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").map(String.init)
  }

  /// The content of one file of an archive.
  func contents(of name: String, in archive: URL) throws -> Data {
    let output = scratch.appendingPathComponent("member")
    try run(
      ["--extract", "--to-stdout", "--file=-", name], in: scratch, input: archive, output: output)
    return try AtomicFile.contents(of: output) ?? Data()
  }

  /// Unpacks an archive into an empty folder; nothing that is there is replaced or followed.
  func unpack(_ archive: URL, into folder: URL) throws {
    try run(
      [
        "--extract", "--file=-", "--keep-old-files", "--touch", "--no-same-owner",
        "--no-same-permissions",
      ], in: folder, input: archive, output: nil)
  }

  private func run(
    _ arguments: [String], in folder: URL, input: URL?, output: URL?
  ) throws {
    let complaints = scratch.appendingPathComponent("complaints")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar"] + arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .filter { $0.key != "TAR_OPTIONS" && !$0.key.hasPrefix("LC_") }
      .merging(["LC_ALL": "C"]) { $1 }
    process.standardInput = try input.map(Self.reader) ?? FileHandle.nullDevice
    process.standardOutput = try output.map(Self.writer) ?? FileHandle.nullDevice
    process.standardError = try Self.writer(complaints)
    do {
      try process.run()
    } catch {
      throw TarError(reason: "tar cannot be started", exitStatus: .unavailable)
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = String(
        decoding: try AtomicFile.contents(of: complaints) ?? Data(), as: UTF8.self)
      throw TarError(
        reason: text.split(separator: "\n").first.map(String.init)
          ?? "tar ended with status \(process.terminationStatus)",
        exitStatus: input == nil ? .cannotCreate : .badData)
    }
  }

  private static func reader(_ file: URL) throws -> FileHandle {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileSystemError(path: file.path, operation: .read, errorNumber: errno)
    }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private static func writer(_ file: URL) throws -> FileHandle {
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw ExportFile.failure(file) }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}

/// What `tar` complained of.
struct TarError: ReportableError {
  var reason: String
  var exitStatus: ExitStatus

  var message: String { "\(reason); bundles need GNU tar and space for their files" }
}
