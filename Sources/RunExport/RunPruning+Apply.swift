import Foundation
import RunStore

extension RunPruning {
  /// What applying a plan did.
  public struct Outcome: Encodable, Hashable, Sendable {
    /// Something of the plan that stayed.
    public struct Kept: Encodable, Hashable, Sendable {
      /// Its path below the store's folder.
      public var path: String
      /// Why it stayed.
      public var reason: String
    }
    /// What was removed.
    public fileprivate(set) var removed: [Item] = []
    /// What stayed after all.
    public fileprivate(set) var kept: [Kept] = []

    /// The bytes that were freed.
    public var bytes: Int { removed.reduce(0) { $0 + $1.bytes } }
  }

  /// Removes what the plan names from the store that it was made of.
  ///
  /// What another process has the claim of, and what changed since the plan was made, stays. A folder first takes a hidden
  /// name, so that one that is removed in part is no run.
  ///
  /// - Throws: ``FileSystemError`` when something cannot be removed; what was removed before is gone.
  public func apply(to store: RunStore) throws -> Outcome {
    var outcome = Outcome()
    for item in items {
      let place = store.root.appendingPathComponent(item.path)
      let claim: RunClaim?
      switch item.owner {
      case .nobody: claim = nil
      case .run(let key): claim = try store.tryClaim(key)
      case .asset(let kind, let key): claim = try store.tryClaimAsset(kind: kind, key: key)
      }
      if claim == nil, item.owner != .nobody {
        outcome.kept.append(.init(path: item.path, reason: "another process is at work on it"))
        continue
      }
      try withExtendedLifetime(claim) {
        if !Self.exists(place) {
          outcome.kept.append(.init(path: item.path, reason: "it is gone already"))
        } else if try FolderSurvey(place).changed != item.changed {
          outcome.kept.append(.init(path: item.path, reason: "it changed since the plan was made"))
        } else {
          try remove(place)
          outcome.removed.append(item)
        }
      }
    }
    return outcome
  }

  private func remove(_ item: URL) throws {
    var doomed = item
    if Self.isFolder(item), !item.lastPathComponent.hasPrefix(".") {
      doomed = item.deletingLastPathComponent()
        .appendingPathComponent(".\(item.lastPathComponent).pruned\(Self.temporarySuffix)")
      guard rename(item.path, doomed.path) == 0 else { throw ExportFile.failure(item) }
    }
    do {
      try FileManager.default.removeItem(at: doomed)
    } catch  where Self.exists(doomed) {
      throw FileSystemError(path: doomed.path, operation: .write, errorNumber: EACCES)
    }
  }
}
