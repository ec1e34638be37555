import Foundation
import RunStore

/// What lies in a folder or file: its bytes and when it last changed.
///
/// Links are counted and not followed.
struct FolderSurvey: Hashable {
  /// The sum of the files' lengths.
  var bytes = 0
  /// The latest change of any file in it, or of the folder itself.
  var changed = Date.distantPast

  /// Looks at a file or folder; one that is gone meanwhile is empty.
  init(_ item: URL) throws {
    var found = stat()
    guard lstat(item.path, &found) == 0 else {
      if errno == ENOENT { return }
      throw FileSystemError(path: item.path, operation: .read, errorNumber: errno)
    }
    let seconds =
      Double(found.st_mtim.tv_sec) + Double(found.st_mtim.tv_nsec) / 1_000_000_000
    changed = Date(timeIntervalSince1970: seconds)
    guard found.st_mode & S_IFMT == S_IFDIR else {
      bytes = Int(found.st_size)
      return
    }
    for name in try Self.names(in: item) {
      let part = try FolderSurvey(item.appendingPathComponent(name))
      bytes += part.bytes
      changed = max(changed, part.changed)
    }
  }

  /// The sorted names in a folder, hidden ones included; none when there is no such folder.
  static func names(in folder: URL) throws -> [String] {
    guard let stream = opendir(folder.path) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw FileSystemError(path: folder.path, operation: .read, errorNumber: errno)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// A date as ISO 8601 in UTC, as records write it.
  static func text(_ date: Date) -> String { date.formatted(.iso8601) }
}
