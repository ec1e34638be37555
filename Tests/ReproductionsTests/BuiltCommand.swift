import Foundation

/// An executable of the package, run as a user would run it.
struct BuiltCommand {
  /// What a run of it left behind.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  private let executable: URL
  /// What is added to the environment.
  var environment: [String: String] = [:]

  /// The executable that the package builds beside the tests.
  init(name: String) {
    executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent(name)
  }

  /// An executable anywhere.
  init(path: URL) { executable = path }

  /// Runs it to its end in a folder.
  func run(_ arguments: [String], in folder: URL) throws -> Outcome {
    let process = try process(arguments, in: folder)
    let errors = folder.appendingPathComponent("errors-\(UUID().uuidString)")
    FileManager.default.createFile(atPath: errors.path, contents: nil)
    process.standardError = try FileHandle(forWritingTo: errors)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  /// Starts it as the leader of a process group of its own, and kills the whole group with `SIGKILL` after some time.
  ///
  /// - Returns: Whether it was still running when it was killed.
  func runAndKill(_ arguments: [String], after seconds: Double, in folder: URL) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["setsid", "--wait", executable.path] + arguments
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    Thread.sleep(forTimeInterval: seconds)
    guard process.isRunning else { return false }
    // setsid forks when it leads a group already; the group is the one its child leads.
    for leader in try children(of: process.processIdentifier) + [process.processIdentifier] {
      kill(-leader, SIGKILL)
      kill(leader, SIGKILL)
    }
    process.waitUntilExit()
    return true
  }

  private func children(of parent: Int32) throws -> [Int32] {
    let list = try String(
      contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
    return list.split(separator: " ").compactMap { Int32($0) }
  }

  private func process(_ arguments: [String], in folder: URL) throws -> Process {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    if !environment.isEmpty {
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    }
    return process
  }
}

/// A folder that goes when the test ends.
final class ScratchFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-tests-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func file(_ path: String) -> URL { url.appendingPathComponent(path) }
}

/// Whether the default data set is on this machine.
let hasFashionMNIST = FileManager.default.fileExists(
  atPath: "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")
