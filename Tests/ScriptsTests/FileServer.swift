import Foundation
import TestSupport

/// A local HTTP server of small files for the whole test run; see range-server.py.
final class FileServer: Sendable {
  /// The server, started at its first use.
  static let shared = Result { try FileServer() }

  /// Whether this machine has what the server and the script need.
  static let isPossible = ["python3", "curl"].allSatisfy { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  /// The folder whose folders are served.
  let root: URL
  /// The server ends when this closes, with this process at the latest.
  private let input: Pipe
  private let port: Int

  private init() throws {
    root = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-fetch-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    let process = Process()
    let output = Pipe()
    input = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3",
      URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("range-server.py").path,
      root.path,
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw CocoaError(.fileReadUnknown)
    }
    self.port = port
  }

  /// The address under which a folder is served in a manner, for example `plain` or `cut`.
  func address(_ manner: String, of folder: URL) -> String {
    "http://127.0.0.1:\(port)/\(manner)/\(folder.lastPathComponent)"
  }

  /// The requests for files of a folder so far, each as manner, name and range.
  func requests(of folder: URL) -> [String] {
    let log = folder.appendingPathComponent("requests")
    guard let text = try? String(contentsOf: log, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").map(String.init)
  }
}
