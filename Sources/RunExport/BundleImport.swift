import Foundation
import RunStore

/// What a store takes over from a bundle, and what it does not.
public struct BundleImport: Encodable, Hashable, Sendable {
  /// What became of a run or an asset.
  public enum Fate: String, Encodable, Hashable, Sendable, CaseIterable {
    /// It is in the store now.
    case taken
    /// The store had it, with the same results.
    case present
    /// The store had it, with other results, and keeps its own.
    case different
    /// It was not taken: another process works on it, or what the store has in its place is damaged.
    case blocked
  }

  /// A run or an asset of the bundle.
  public struct Item: Encodable, Hashable, Sendable {
    /// The run's id, or kind and id of the asset.
    public let name: String
    /// What became of it.
    public let fate: Fate
    /// Why it was not taken, where that needs a word.
    public let reason: String?
  }

  /// The bundle's runs, in the order of their keys.
  public private(set) var runs: [Item] = []
  /// The bundle's assets.
  public private(set) var assets: [Item] = []

  /// Takes over what the store lacks.
  ///
  /// Each run is adopted under its claim, its record last, so that whatever happens on the way no run is half there. What the
  /// store has is never replaced.
  ///
  /// - Parameters:
  ///   - bundle: The bundle, checked.
  ///   - store: The store.
  ///   - references: What specifications refer to.
  ///   - isDryRun: Whether to tell only what would be done.
  /// - Throws: ``FileSystemError`` when something cannot be written; runs adopted before stay.
  public init(
    of bundle: OpenedBundle, into store: RunStore, references: RunReferences = .init(),
    isDryRun: Bool = false
  ) throws {
    let adoption = BundleAdoption(source: bundle.store, store: store, isDryRun: isDryRun)
    let folder = bundle.store.root.appendingPathComponent("assets", isDirectory: true)
    for kind in try FolderSurvey.names(in: folder) {
      for name in try FolderSurvey.names(in: folder.appendingPathComponent(kind)) {
        let (fate, reason) = try adoption.adopt(kind: kind, key: RunKey(name))
        assets.append(Item(name: "\(kind) \(name)", fate: fate, reason: reason))
      }
    }
    var labels = StoredLabels(store: bundle.store, references: references)
    for key in try bundle.store.keys() {
      guard let record = try bundle.store.record(of: key) else { continue }
      let (fate, reason) = try adoption.adopt(record, key: key, labels: labels.file(of: record))
      runs.append(Item(name: key.text, fate: fate, reason: reason))
    }
  }

  /// The number of runs and assets of a fate.
  public func count(_ fate: Fate) -> Int { (runs + assets).count { $0.fate == fate } }

  /// Whether everything in the bundle is in the store now, or would be, with the same results.
  public var isComplete: Bool { count(.different) == 0 && count(.blocked) == 0 }

  /// A line for each run and asset that was not taken for a reason, then the counts.
  public var lines: [String] {
    func counts(_ items: [Item], _ name: String) -> String {
      "\(name): "
        + Fate.allCases.map { fate in "\(items.count { $0.fate == fate }) \(fate.rawValue)" }
        .joined(separator: ", ")
    }
    return (assets + runs).compactMap { item in
      item.reason.map { "\(item.fate.rawValue)  \(item.name): \($0)" }
    } + (assets.isEmpty ? [] : [counts(assets, "assets")]) + [counts(runs, "runs")]
  }
}
