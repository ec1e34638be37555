import Foundation
import RunStore

/// A hidden folder for work under way, which goes with the value; one that a killed process left is pruned as a temporary file.
final class ScratchFolder {
  let url: URL

  /// Creates one in a folder.
  init(in folder: URL, for purpose: String) throws {
    url = folder.appendingPathComponent(
      ".\(purpose)-\(UUID().uuidString.lowercased())\(RunStore.temporarySuffix)",
      isDirectory: true)
    try AtomicFile.createFolder(url)
  }

  /// Creates one beside a file that is to be written.
  convenience init(beside file: URL) throws {
    try self.init(in: file.deletingLastPathComponent(), for: file.lastPathComponent)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
