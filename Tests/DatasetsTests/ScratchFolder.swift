import Datasets
import Foundation
import Testing

/// A folder for a test's files, which goes with the object.
final class ScratchFolder {
  let url: URL

  init(_ files: [String: Data] = [:]) throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (path, data) in files { try write(data, to: path) }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file, making the folders above it.
  func write(_ data: Data, to path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }
}

/// Expects a body to throw a data set error of a kind whose one line holds all parts.
func expectDatasetError(
  _ kind: DatasetError.Kind, _ parts: [String], sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  let error = #expect(throws: DatasetError.self, sourceLocation: sourceLocation, performing: body)
  #expect(error?.kind == kind, sourceLocation: sourceLocation)
  let line = error?.description ?? ""
  #expect(!line.contains("\n"), sourceLocation: sourceLocation)
  for part in parts {
    #expect(line.contains(part), "'\(part)' in '\(line)'", sourceLocation: sourceLocation)
  }
}
