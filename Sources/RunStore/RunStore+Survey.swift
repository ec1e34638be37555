import Foundation

extension RunStore {
  /// What a store holds, counted.
  public struct Summary: Codable, Hashable, Sendable {
    /// Runs with a record that says done.
    public var done = 0
    /// Runs with a record that says failed.
    public var failed = 0
    /// Runs without a record.
    public var started = 0
    /// What is wrong, one line for each damaged run.
    public var damaged: [String] = []

    /// Creates the summary of an empty store.
    public init() {}
  }

  /// The keys of all runs that have a folder, sorted.
  ///
  /// A folder under `runs/` that is no run's throws ``StoreError/damaged(path:reason:)``; hidden
  /// names are passed over.
  public func keys() throws -> [RunKey] {
    let runs = root.appendingPathComponent("runs", isDirectory: true)
    var keys: [RunKey] = []
    for prefix in try names(in: runs) {
      let folder = runs.appendingPathComponent(prefix, isDirectory: true)
      for name in try names(in: folder) {
        guard let key = try? RunKey(name), name.hasPrefix(prefix) else {
          throw StoreError.damaged(
            path: folder.appendingPathComponent(name).path, reason: "no run has this name")
        }
        keys.append(key)
      }
    }
    return keys.sorted()
  }

  /// The records of all runs that ended, sorted by key.
  ///
  /// The first damaged record throws; none is passed over.
  public func records() throws -> [RunRecord] {
    try keys().compactMap { try record(of: $0) }
  }

  /// What the store holds; damage is counted, not thrown.
  public func summary() throws -> Summary {
    var summary = Summary()
    for key in try keys() {
      switch try state(of: key) {
      case .absent: break
      case .started: summary.started += 1
      case .done: summary.done += 1
      case .failed: summary.failed += 1
      case .damaged(let error): summary.damaged.append(error.message)
      }
    }
    return summary
  }

  private func names(in folder: URL) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { !$0.hasPrefix(".") }
    } catch {
      throw FileSystemError(path: folder.path, operation: .read, errorNumber: EACCES)
    }
  }
}
