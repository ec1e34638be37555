import Foundation
import RunStore

extension Verification {
  /// What a repair did.
  public struct Repair: Encodable, Hashable, Sendable {
    /// A damage that something was done about.
    public struct Step: Encodable, Hashable, Sendable {
      /// What was damaged, by its path below the store's folder.
      public let path: String
      /// Where it lies now, below the store's folder; nil when there was nothing to set aside.
      public let setAside: String?
      /// Whether it was made again from what is there.
      public let isRemade: Bool
    }

    /// A damage that nothing was done about.
    public struct Skip: Encodable, Hashable, Sendable {
      /// What is damaged, by its path below the store's folder.
      public let path: String
      /// Why it stays.
      public let reason: String
    }

    /// What was done.
    public fileprivate(set) var steps: [Step] = []
    /// What stays.
    public fileprivate(set) var skipped: [Skip] = []

    /// A line for each step, and for what stays.
    public var lines: [String] {
      steps.map { step in
        let place = step.setAside.map { "set aside as \($0)" } ?? "was missing"
        return "repaired  \(step.path): \(place)" + (step.isRemade ? ", made again" : "")
      } + skipped.map { "left  \($0.path): \($0.reason)" }
    }
  }

  /// Sets what is damaged aside under `damaged/`, and makes again what can be made from what is there.
  ///
  /// Nothing is deleted: everything lies in a folder of its own, beside an `origin.json` that tells path and reason. Only
  /// what is damaged goes; a run's folder goes as a whole when nothing sound in it tells which run it is, an asset's because
  /// its manifest speaks of all its files. The claim of the run or asset is held meanwhile, and it is looked at once more
  /// before; what another process works on stays.
  ///
  /// - Throws: ``FileSystemError`` when something cannot be moved or written; what was done before stays done.
  public func repair(of store: RunStore) throws -> Repair {
    var repair = Repair()
    let groups = Dictionary(grouping: damages.filter { $0.remedy != .clear }, by: \.owner)
    for (owner, damages) in groups.sorted(by: { ($0.value[0].path) < ($1.value[0].path) }) {
      let claim: RunClaim?
      switch owner {
      case .nobody: claim = nil
      case .run(let key): claim = try store.tryClaim(key)
      case .asset(let kind, let key): claim = try store.tryClaimAsset(kind: kind, key: key)
      }
      if claim == nil, owner != .nobody {
        repair.skipped += damages.map {
          .init(path: $0.path, reason: "another process is at work on it")
        }
        continue
      }
      try withExtendedLifetime(claim) {
        try apply(try current(damages, of: owner, in: store), to: store, &repair)
      }
    }
    return repair
  }

  /// What is still damaged now that the claim is held.
  private func current(
    _ damages: [Damage], of owner: RunPruning.Owner, in store: RunStore
  ) throws -> [Damage] {
    var findings = Findings(store: store)
    switch owner {
    case .nobody: return damages.filter { exists($0, in: store) }
    case .run(let key):
      _ = try findings.examine(key)
      // The comparison of labels takes all records: it stands while the record is there.
      let own = Set(findings.damages.map(\.path))
      return findings.damages
        + damages.filter {
          $0.kind == .record && !own.contains($0.path) && exists($0, in: store)
            && $0.reason.hasPrefix(LabelCheck.reasonPrefix)
        }
    case .asset(let kind, let key):
      try findings.examineAsset(
        kind: kind, key: key,
        folder: store.root.appendingPathComponent("assets/\(kind)/\(key.text)", isDirectory: true))
      return findings.damages
    }
  }

  private func exists(_ damage: Damage, in store: RunStore) -> Bool {
    RunPruning.exists(store.root.appendingPathComponent(damage.path))
  }

  private func apply(_ damages: [Damage], to store: RunStore, _ repair: inout Repair) throws {
    // All goes before anything is made, so that nothing new takes the place of what is damaged.
    var places: [Damage: String] = [:]
    for damage in damages where damage.remedy != .leave {
      places[damage] = try Self.setAside(damage, in: store)
    }
    for damage in damages {
      if damage.remedy == .leave {
        repair.skipped.append(.init(path: damage.path, reason: damage.reason))
        continue
      }
      var isRemade = false
      if damage.remedy == .remake, case .run(let key) = damage.owner {
        isRemade = try remake(damage.kind, of: key, in: store)
      }
      repair.steps.append(
        .init(path: damage.path, setAside: places[damage], isRemade: isRemade))
    }
  }

  /// Makes a file of a run from its record, its checkpoint or its lines; what those do not tell stays missing.
  private func remake(_ kind: Kind, of key: RunKey, in store: RunStore) throws -> Bool {
    let record = try store.record(of: key)
    if kind == .specification {
      guard let record else { return false }
      let file = store.folder(of: key).appendingPathComponent(RunStore.specificationName)
      try AtomicFile.write(try CanonicalJSON.encode(record.specification), to: file)
      return true
    }
    let told = try record?.epochs ?? store.checkpoint(of: key)?.epochs
    guard let epochs = try told ?? RunCourse(of: key, in: store).metrics.content else {
      return false
    }
    if kind == .metrics {
      let lines = try epochs.map {
        try CanonicalJSON.encode($0, nonFinite: .text) + Data("\n".utf8)
      }
      try AtomicFile.write(lines.reduce(Data(), +), to: store.metricsFile(of: key))
    } else {
      let now = Date().timeIntervalSince1970
      let records = epochs.map { TensorBoardEvents.record(of: $0, time: now) }
      try AtomicFile.write(
        records.reduce(TensorBoardEvents.header(time: now), +), to: store.eventsFile(of: key))
    }
    return true
  }

  /// Moves something to a folder of its own under `damaged/`; returns its new path, or nil when it is not there.
  private static func setAside(_ damage: Damage, in store: RunStore) throws -> String? {
    let item = store.root.appendingPathComponent(damage.path)
    guard RunPruning.exists(item) else { return nil }
    let aside = store.root.appendingPathComponent("damaged", isDirectory: true)
    try AtomicFile.createFolder(aside)
    let name = damage.path.split(separator: "/").dropFirst().suffix(2).joined(separator: "-")
    var number = 1
    var folder = aside.appendingPathComponent("\(name)-1", isDirectory: true)
    while mkdir(folder.path, 0o777) != 0 {
      guard errno == EEXIST else { throw ExportFile.failure(folder) }
      number += 1
      folder = aside.appendingPathComponent("\(name)-\(number)", isDirectory: true)
    }
    let origin = ["path": damage.path, "reason": damage.reason]
    let note = item.lastPathComponent == "origin.json" ? "origin-1.json" : "origin.json"
    try AtomicFile.write(
      try CanonicalJSON.encode(origin), to: folder.appendingPathComponent(note))
    let place = folder.appendingPathComponent(item.lastPathComponent)
    guard rename(item.path, place.path) == 0 else { throw ExportFile.failure(item) }
    return "damaged/\(folder.lastPathComponent)/\(item.lastPathComponent)"
  }
}
