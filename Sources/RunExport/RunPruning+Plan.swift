import Foundation
import RunStore

extension RunPruning {
  /// A plan in the making.
  struct Plan {
    let root: URL
    let options: Options
    let now: Date
    var items: [Item] = []
    var remarks: [String] = []
    /// Paths that go as a whole, so that nothing in them is listed again.
    private var covered: Set<String> = []

    init(root: URL, options: Options, now: Date) {
      self.root = root
      self.options = options
      self.now = now
    }

    // MARK: - Runs

    mutating func addRuns(in store: RunStore) throws {
      var missing = options.named
      for run in try StoredRun.all(in: store) {
        guard let key = run.key else {
          remarks.append("\(path(of: run.folder)) is no run's and stays.")
          continue
        }
        missing.remove(key)
        if options.named.contains(key) {
          try add(run.folder, .namedRun, owner: .run(key))
          continue
        }
        let checkpoint = run.folder.appendingPathComponent(RunPruning.checkpointName)
        switch try store.state(of: key) {
        case .done: try add(checkpoint, .leftoverCheckpoint, owner: .run(key))
        case .failed:
          if options.includesFailed {
            try add(run.folder, .failedRun, owner: .run(key))
          } else {
            try add(checkpoint, .leftoverCheckpoint, owner: .run(key))
          }
        case .started, .absent:
          // The newest file of the whole folder counts: a run that has just been continued is at work.
          if isOld(try FolderSurvey(run.folder).changed, options.unfinishedAge) {
            try add(checkpoint, .oldCheckpoint, owner: .run(key))
          }
        case .damaged(let error): remarks.append("\(key.short) stays: \(error.message).")
        }
      }
      guard missing.isEmpty else { throw PruningError(missing: missing.sorted()) }
    }

    // MARK: - Artefacts and images

    mutating func addAssets() throws {
      let assets = root.appendingPathComponent("assets", isDirectory: true)
      for kind in try FolderSurvey.names(in: assets) where !kind.hasPrefix(".") {
        let folder = assets.appendingPathComponent(kind, isDirectory: true)
        for name in try FolderSurvey.names(in: folder) where name.hasPrefix(".") {
          guard name.hasSuffix(RunPruning.unfinishedSuffix),
            let key = try? RunKey(
              String(name.dropFirst().dropLast(RunPruning.unfinishedSuffix.count)))
          else { continue }
          let item = folder.appendingPathComponent(name)
          if isOld(try FolderSurvey(item).changed, options.unfinishedAge) {
            try add(item, .unfinishedAsset, owner: .asset(kind: kind, key: key))
          }
        }
      }
    }

    /// Adds the image caches whose generator is in no stored specification, at whatever place.
    mutating func addImages(usedBy store: RunStore) throws {
      let echo = root.appendingPathComponent("echo", isDirectory: true)
      let caches = try FolderSurvey.names(in: echo).compactMap { try? RunKey($0) }
      if caches.isEmpty { return }
      var unused = Set(caches)
      for run in try StoredRun.all(in: store) {
        guard let key = run.key else { continue }
        do {
          let recorded = { try store.record(of: key)?.specification }
          if let specification = try run.specification(in: store) ?? recorded() {
            unused.subtract(try RunPruning.keys(in: specification))
          }
        } catch let error as StoreError {
          remarks.append("All modified images stay, since a run may use them: \(error.message).")
          return
        }
      }
      for key in unused.sorted() {
        let folder = echo.appendingPathComponent(key.text, isDirectory: true)
        // Images may be under way for a run that has not started yet.
        if isOld(try FolderSurvey(folder).changed, options.unfinishedAge) {
          try add(folder, .unusedImages, owner: .nobody)
        }
      }
    }

    // MARK: - Submissions

    mutating func addSubmissions() throws {
      let submissions = root.appendingPathComponent("slurm", isDirectory: true)
      for name in try FolderSurvey.names(in: submissions) where !name.hasPrefix(".") {
        let folder = submissions.appendingPathComponent(name, isDirectory: true)
        // Its logs change while its tasks run; only those that wait for weeks leave it as it is.
        if isOld(try FolderSurvey(folder).changed, options.unfinishedAge) {
          try add(folder, .oldSubmission, owner: .nobody)
        }
      }
    }

    // MARK: - Temporary files

    mutating func addTemporaries(in folder: URL) throws {
      for name in try FolderSurvey.names(in: folder) {
        let item = folder.appendingPathComponent(name)
        if covered.contains(path(of: item)) { continue }
        if name.hasPrefix("."), name.hasSuffix(RunPruning.temporarySuffix) {
          if isOld(try FolderSurvey(item).changed, options.temporaryAge) {
            try add(item, .temporaryFile, owner: .nobody)
          }
        } else if RunPruning.isFolder(item), folder != root || name != "damaged" {
          try addTemporaries(in: item)
        }
      }
    }

    // MARK: -

    private func isOld(_ date: Date, _ age: Double) -> Bool {
      now.timeIntervalSince(date) >= age
    }

    /// Adds something unless it is not there.
    private mutating func add(_ item: URL, _ reason: Reason, owner: Owner) throws {
      guard RunPruning.exists(item) else { return }
      let survey = try FolderSurvey(item)
      items.append(
        Item(
          path: path(of: item), reason: reason, bytes: survey.bytes, changed: survey.changed,
          owner: owner))
      covered.insert(path(of: item))
    }

    private func path(of item: URL) -> String {
      String(item.path.dropFirst(root.path.count).drop { $0 == "/" })
    }
  }

  static let checkpointName = "checkpoint.bin"
  static let unfinishedSuffix = ".unfinished"
  static let temporarySuffix = ".tmp"

  /// Whether there is anything, a link included, of this name.
  static func exists(_ item: URL) -> Bool {
    var found = stat()
    return lstat(item.path, &found) == 0
  }

  /// Whether this is a folder itself and no link to one.
  static func isFolder(_ item: URL) -> Bool {
    var found = stat()
    return lstat(item.path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
  }

  /// The keys of a tree and of every object in it.
  static func keys(in value: JSONValue) throws -> Set<RunKey> {
    switch value {
    case .object(let members):
      try members.values.reduce(into: [try RunKey(of: value)]) { $0.formUnion(try keys(in: $1)) }
    case .array(let values): try values.reduce(into: []) { $0.formUnion(try keys(in: $1)) }
    default: []
    }
  }
}
