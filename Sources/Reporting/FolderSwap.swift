import Foundation
import RunStore

/// Replaces a folder by a freshly written one, never leaving half of either.
///
/// Two renames: the old folder steps aside, the new one takes its name. A process that dies between
/// them leaves the old one under a hidden name, from which ``recover()`` brings it back.
struct FolderSwap {
  /// The folder to be replaced.
  let folder: URL
  /// The hidden folder that the new contents are written to.
  let fresh: URL
  private let aside: URL
  private let prefix: String

  /// Prepares the replacement of a folder.
  init(folder: URL) {
    self.folder = folder
    prefix = ".\(folder.lastPathComponent)."
    let parent = folder.deletingLastPathComponent()
    let process = ProcessInfo.processInfo.processIdentifier
    fresh = parent.appendingPathComponent("\(prefix)\(process).new", isDirectory: true)
    aside = parent.appendingPathComponent("\(prefix)\(process).old", isDirectory: true)
  }

  /// Brings back or removes what processes that died left beside the folder.
  func recover() throws {
    let manager = FileManager.default
    let parent = folder.deletingLastPathComponent()
    let names = (try? manager.contentsOfDirectory(atPath: parent.path)) ?? []
    for name in names.sorted() where name.hasPrefix(prefix) {
      let parts = name.dropFirst(prefix.count).split(separator: ".")
      guard parts.count == 2, let process = Int32(parts[0]), ["new", "old"].contains(parts[1]),
        process == ProcessInfo.processInfo.processIdentifier || kill(process, 0) != 0
      else { continue }
      let left = parent.appendingPathComponent(name)
      if parts[1] == "old" && !manager.fileExists(atPath: folder.path) {
        try rename(left, to: folder)
      } else {
        try? manager.removeItem(at: left)
      }
    }
  }

  /// Copies the files of the old folder that are not among the names.
  func carryOver(except names: Set<String>) throws {
    let manager = FileManager.default
    guard manager.fileExists(atPath: folder.path) else { return }
    for name in try manager.contentsOfDirectory(atPath: folder.path) where !names.contains(name) {
      try manager.copyItem(
        at: folder.appendingPathComponent(name), to: fresh.appendingPathComponent(name))
    }
  }

  /// Puts the new folder in the old one's place.
  func exchange() throws {
    let manager = FileManager.default
    let existed = manager.fileExists(atPath: folder.path)
    if existed { try rename(folder, to: aside) }
    do {
      try rename(fresh, to: folder)
    } catch {
      if existed { try? rename(aside, to: folder) }
      throw error
    }
    if existed { try? manager.removeItem(at: aside) }
  }

  /// Removes the new folder.
  func abandon() { try? FileManager.default.removeItem(at: fresh) }

  private func rename(_ source: URL, to destination: URL) throws {
    guard Foundation.rename(source.path, destination.path) == 0 else {
      throw FileSystemError(path: destination.path, operation: .write, errorNumber: errno)
    }
  }
}
