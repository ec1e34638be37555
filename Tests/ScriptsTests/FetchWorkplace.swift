import Foundation
import TestSupport

/// A folder with files to fetch, their list, a server, and a place for the data; it goes when the
/// test ends.
final class FetchWorkplace {
  /// What a call of the script gave.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The names and contents of the files to fetch, the data set `one` having two, `two` one.
  static let files: [(dataset: String, name: String, content: Data)] = [
    ("one", "a.bin", pattern(3, count: 50_000)), ("one", "b.bin", pattern(5, count: 700)),
    ("two", "c.bin", pattern(7, count: 30_000)),
  ]
  /// The SHA-256 of each, by sha256sum.
  private static let digests = [
    "a.bin": "5a164e6c534e2c7bab9a7a9129c5e66b14dc75ddb417a1cf6456ad72bbbc4167",
    "b.bin": "4f529fd700123797ae1cd68b0f0112b837de88517d53c46213491db9619d6ac1",
    "c.bin": "996167bcd06198c681d14da5b5cef5654f81f322796b120699234b1f87ae5e19",
  ]
  /// The script.
  static let script = Fixture.folder.deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("scripts/fetch-data")

  /// The folder of this test.
  let folder: URL
  /// The folder of the files that are served.
  let served: URL
  private let server: FileServer

  init() throws {
    server = try FileServer.shared.get()
    let name = UUID().uuidString
    served = server.root.appendingPathComponent(name, isDirectory: true)
    folder = server.root.appendingPathComponent("\(name)-work", isDirectory: true)
    for url in [served, folder] {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    for file in Self.files { try file.content.write(to: served.appendingPathComponent(file.name)) }
    try list("plain")
  }

  deinit {
    for url in [served, folder] { try? FileManager.default.removeItem(at: url) }
  }

  /// The address of the served files, served in a manner.
  func address(_ manner: String) -> String { server.address(manner, of: served) }

  /// The requests so far, each as manner, name and range.
  var requests: [String] { server.requests(of: served) }

  /// The folder that the script fetches into.
  var data: URL { folder.appendingPathComponent("data", isDirectory: true) }

  /// Writes the list of files, all of them served in a manner, with another size if asked.
  func list(_ manner: String, size: Int? = nil) throws {
    try list(at: address(manner), size: size)
  }

  /// Writes the list of files, all of them at an address, with another size if asked.
  func list(at address: String, size: Int? = nil) throws {
    var text = "# A comment.\n\nnote two Be warned: the terms of two.\n"
    for file in Self.files {
      let count = size ?? file.content.count
      let digest = Self.digests[file.name] ?? ""
      text += "file \(file.dataset) \(file.name) \(count) \(digest) \(address)/\(file.name)\n"
    }
    try Data(text.utf8).write(to: folder.appendingPathComponent("list"))
  }

  /// Runs the script to its end.
  ///
  /// - Parameters:
  ///   - arguments: Its arguments.
  ///   - extra: Variables beside those that every call has; an empty text removes one.
  /// - Returns: Its exit status and what it wrote.
  /// - Throws: What starting a process throws.
  func fetch(_ arguments: [String] = [], _ extra: [String: String] = [:]) throws -> Outcome {
    let run = try start(arguments, extra)
    run.process.waitUntilExit()
    return Outcome(
      status: run.process.terminationStatus,
      output: try String(contentsOf: run.output, encoding: .utf8),
      errors: try String(contentsOf: run.errors, encoding: .utf8))
  }

  /// Starts the script.
  func start(
    _ arguments: [String] = [], _ extra: [String: String] = [:]
  ) throws -> (process: Process, output: URL, errors: URL) {
    let process = Process()
    process.executableURL = Self.script
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let usual = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder.path,
      "DATA_DIR": data.path, "PLUMBLINE_DATA_MANIFEST": folder.appendingPathComponent("list").path,
    ]
    process.environment = usual.merging(extra) { $1 }.filter { !$0.value.isEmpty }
    let place = folder.appendingPathComponent(UUID().uuidString)
    let output = place.appendingPathExtension("out")
    let errors = place.appendingPathExtension("err")
    for url in [output, errors] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try Self.withoutBlockedSignals { try process.run() }
    return (process, output, errors)
  }

  /// Threads of a test runner may block signals, and a child inherits that; a shell does not undo it.
  private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
    var none = sigset_t()
    var usual = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &usual)
    defer { pthread_sigmask(SIG_SETMASK, &usual, nil) }
    try body()
  }

  /// The content of a file in the data folder, or nil if there is none.
  func fetched(_ name: String) -> Data? {
    try? Data(contentsOf: data.appendingPathComponent(name))
  }

  /// The names in the data folder.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: data.path)) ?? []).sorted()
  }

  /// Writes a file into the data folder.
  func place(_ content: Data, as name: String) throws {
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    try content.write(to: data.appendingPathComponent(name))
  }

  /// Bytes that do not repeat soon.
  private static func pattern(_ step: Int, count: Int) -> Data {
    Data((0..<count).map { UInt8(($0 * step + $0 / 251 * 13) % 256) })
  }
}
