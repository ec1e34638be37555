import Foundation
import RunStore

/// What could be removed from a store to free space, and why: a plan that removes nothing until ``apply(to:)``.
///
/// Only what can be made again is in it. The record of a run that is done, and its folder, are in it only when the run is
/// named. Trained generators and extractors, noise files and what was set aside are never in it.
public struct RunPruning: Encodable, Hashable, Sendable {
  /// Why something can go.
  public enum Reason: String, Encodable, Hashable, Sendable, CaseIterable {
    /// The checkpoint of a run that nobody continued for long; the run starts anew with its first epoch.
    case oldCheckpoint = "old-checkpoint"
    /// The checkpoint of a run that has ended.
    case leftoverCheckpoint = "leftover-checkpoint"
    /// The folder of a run that failed; it is tried again when it is asked for.
    case failedRun = "failed-run"
    /// The folder of a run that was named.
    case namedRun = "named-run"
    /// A file that a writer was killed over.
    case temporaryFile = "temporary-file"
    /// The half-made artefact that nobody continued for long.
    case unfinishedAsset = "unfinished-asset"
    /// The modified images of a generator that no stored run uses.
    case unusedImages = "unused-images"
    /// What was handed to Slurm long ago: scripts, logs and a copy of the program.
    case oldSubmission = "old-submission"
  }

  /// What to look for.
  public struct Options: Hashable, Sendable {
    /// The least seconds since the last change of an unfinished run, artefact or image cache, a fortnight if not set.
    public var unfinishedAge: Double
    /// The least seconds since the last change of a temporary file, an hour if not set.
    public var temporaryAge: Double
    /// Whether failed runs go.
    public var includesFailed: Bool
    /// Runs that go whatever their state, done ones too.
    public var named: Set<RunKey>

    /// Creates options.
    public init(
      unfinishedAge: Double = 14 * 86_400, temporaryAge: Double = 3_600,
      includesFailed: Bool = true, named: Set<RunKey> = []
    ) {
      self.unfinishedAge = unfinishedAge
      self.temporaryAge = temporaryAge
      self.includesFailed = includesFailed
      self.named = named
    }
  }

  /// One thing that can go.
  public struct Item: Encodable, Hashable, Sendable {
    /// Its path below the store's folder.
    public let path: String
    /// Why it can go.
    public let reason: Reason
    /// The bytes that this frees.
    public let bytes: Int
    /// When it last changed; it stays when it changed since.
    let changed: Date
    /// Whose claim has to be held while it goes.
    let owner: Owner

    private enum CodingKeys: CodingKey {
      case path, reason, bytes
    }
  }

  /// Who may be at work on something.
  enum Owner: Hashable, Sendable {
    case nobody
    case run(RunKey)
    case asset(kind: String, key: RunKey)
  }

  /// What can go, by path.
  public private(set) var items: [Item] = []
  /// What was left alone because something could not be judged, one sentence each.
  public private(set) var remarks: [String] = []

  /// The bytes that applying the plan frees.
  public var bytes: Int { items.reduce(0) { $0 + $1.bytes } }

  /// Looks through a store; nothing is changed.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - options: What to look for.
  ///   - now: The time that ages count from.
  /// - Throws: ``FileSystemError`` when a folder cannot be read, and ``PruningError`` when a named run is not there.
  public init(of store: RunStore, options: Options = .init(), now: Date = Date()) throws {
    var plan = Plan(root: store.root, options: options, now: now)
    try plan.addRuns(in: store)
    try plan.addAssets()
    try plan.addImages(usedBy: store)
    try plan.addSubmissions()
    try plan.addTemporaries(in: store.root)
    items = plan.items.sorted { $0.path < $1.path }
    remarks = plan.remarks
  }
}

/// A run was named that the store does not have.
public struct PruningError: ReportableError, Hashable {
  /// The runs.
  public var missing: [RunKey]

  /// The runs and what to do.
  public var message: String {
    "the store has no run \(missing.map(\.short).joined(separator: ", ")); list the runs to see their ids"
  }

  /// 64: the command line is wrong.
  public var exitStatus: ExitStatus { .usage }
}
