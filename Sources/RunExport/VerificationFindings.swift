import Foundation
import RunStore

extension Verification {
  /// What was found so far.
  struct Findings {
    let store: RunStore
    var counts: [Kind: Count] = [:]
    var damages: [Damage] = []
    var remarks: [String] = []

    init(store: RunStore) { self.store = store }

    mutating func sound(_ kind: Kind, count: Int = 1) {
      counts[kind, default: Count()].sound += count
    }

    mutating func damaged(
      _ kind: Kind, _ item: URL, _ reason: String, _ remedy: Remedy,
      owner: RunPruning.Owner = .nobody
    ) {
      counts[kind, default: Count()].damaged += 1
      damages.append(
        Damage(
          kind: kind, path: path(of: item), reason: reason, remedy: remedy, owner: owner))
    }

    mutating func merge(_ other: Findings) {
      for (kind, count) in other.counts {
        counts[kind, default: Count()].sound += count.sound
        counts[kind, default: Count()].damaged += count.damaged
      }
      damages += other.damages
      remarks += other.remarks
    }

    func path(of item: URL) -> String {
      String(item.path.dropFirst(store.root.path.count).drop { $0 == "/" })
    }

    // MARK: - What is neither run, labels nor asset

    /// The folders that the suite keeps in a store.
    private static let known: Set = [
      "runs", "assets", "noise", "locks", "damaged", "echo", "slurm", "next",
    ]

    /// Counts claims, temporary files and what was set aside, and names what the suite knows nothing of.
    mutating func examineRest() throws {
      let root = store.root
      let claims = try FolderSurvey.names(in: root.appendingPathComponent("locks"))
      if !claims.isEmpty { sound(.claim, count: claims.count { !$0.hasPrefix(".") }) }
      let aside = try FolderSurvey.names(in: root.appendingPathComponent("damaged"))
      if !aside.isEmpty { sound(.setAside, count: aside.count) }
      for name in try FolderSurvey.names(in: root)
      where !Self.known.contains(name) && !name.hasPrefix(".") {
        remarks.append("\(name) is no part of a store and stays.")
      }
      let temporaries = try countTemporaries(in: root)
      if temporaries > 0 { sound(.temporaryFile, count: temporaries) }
    }

    private func countTemporaries(in folder: URL) throws -> Int {
      try FolderSurvey.names(in: folder).reduce(0) { count, name in
        let item = folder.appendingPathComponent(name)
        if Findings.isTemporary(name) { return count + 1 }
        guard RunPruning.isFolder(item), folder != store.root || name != "damaged" else {
          return count
        }
        return count + (try countTemporaries(in: item))
      }
    }

    static func isTemporary(_ name: String) -> Bool {
      name.hasPrefix(".") && name.hasSuffix(RunStore.temporarySuffix)
    }
  }

  /// What was found where something is looked for.
  enum Reading<Value> {
    case absent
    case sound(Value)
    /// It cannot be read; `isKept` when another program or user may be able to.
    case damaged(String, isKept: Bool)

    init(_ read: () throws -> Value?) throws {
      do {
        self = try read().map(Reading.sound) ?? .absent
      } catch let error as StoreError {
        switch error {
        case .damaged(_, let reason): self = .damaged(reason, isKept: false)
        case .unknownSchema(_, let found, let supported):
          self = .damaged(
            "it has layout version \(found), this program reads version \(supported)", isKept: true)
        default: self = .damaged(error.message, isKept: false)
        }
      } catch let error as FileSystemError {
        self = .damaged("it cannot be read: \(error.cause)", isKept: true)
      }
    }

    var value: Value? {
      if case .sound(let value) = self { return value }
      return nil
    }

    var isKept: Bool {
      if case .damaged(_, let isKept) = self { return isKept }
      return false
    }
  }
}
