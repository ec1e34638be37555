import Foundation
import Testing

@testable import Plotting

/// Reference files of the plotting tests.
enum Fixtures {
  static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/plots")

  static func data(_ name: String) throws -> Data {
    try Data(contentsOf: directory.appendingPathComponent(name))
  }

  /// Compares a text with a reference file; a missing file is written, and the test fails.
  static func expect(
    _ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = directory.appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: file.path) else {
      try Data(text.utf8).write(to: file)
      Issue.record(
        "wrote the missing reference \(file.path); read it, then run again",
        sourceLocation: sourceLocation)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    let pairs = zip(expected.split(separator: "\n"), text.split(separator: "\n"))
    let first = pairs.enumerated().first { $0.element.0 != $0.element.1 }
    #expect(
      text == expected,
      "first difference at \(String(describing: first)) of \(name)",
      sourceLocation: sourceLocation)
  }

  /// Makes an empty folder of its own for a test.
  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plotting-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
