import Foundation
import RunStore

/// A folder where runs lie, whatever is in it.
struct StoredRun: Hashable {
  /// The folder's name.
  var name: String
  /// The folder.
  var folder: URL
  /// The run's key, or nil when no run has such a name at such a place.
  var key: RunKey?

  /// All folders and files where the runs of a store lie, sorted by name; hidden ones are left out.
  static func all(in store: RunStore) throws -> [StoredRun] {
    let runs = store.root.appendingPathComponent("runs", isDirectory: true)
    var found: [StoredRun] = []
    for prefix in try FolderSurvey.names(in: runs) where !prefix.hasPrefix(".") {
      let folder = runs.appendingPathComponent(prefix, isDirectory: true)
      let names = try FolderSurvey.names(in: folder)
      if names.isEmpty && prefix.utf8.count != 2 {
        found.append(StoredRun(name: prefix, folder: folder, key: nil))
      }
      for name in names where !name.hasPrefix(".") {
        let key = name.hasPrefix(prefix) && prefix.count == 2 ? try? RunKey(name) : nil
        found.append(StoredRun(name: name, folder: folder.appendingPathComponent(name), key: key))
      }
    }
    return found.sorted { $0.name < $1.name }
  }

  /// The specification of a run that was started, as a tree; nil when there is none.
  func specification(in store: RunStore) throws -> JSONValue? {
    guard let key, let data = try store.specification(of: key) else { return nil }
    return try CanonicalJSON.decode(JSONValue.self, from: data)
  }
}
