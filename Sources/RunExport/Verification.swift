import Foundation
import RunStore

/// Everything in a store, compared with what it was when it was written.
///
/// Looking changes nothing, not even a claim is taken, so that a store on a read-only disk can be looked at, and one that is
/// being worked on: what a writer has not finished is no damage. ``repair(of:)`` sets aside what is damaged.
///
/// Digests and seals find what happened to files, not what somebody did on purpose: who alters a record can write the digest
/// that goes with it. The record's epochs are compared with those of the run's other two files, though, and the digest of its
/// labels with the file of labels.
public struct Verification: Encodable, Hashable, Sendable {
  /// What is looked at.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable, CodingKeyRepresentable {
    /// What a run's key is the digest of.
    case specification = "specifications"
    /// The results of runs, and of their earlier failures.
    case record = "records"
    /// Where stopped and failed runs continue.
    case checkpoint = "checkpoints"
    /// Checkpoints of runs that are done, which nobody needs.
    case leftoverCheckpoint = "leftover checkpoints"
    /// The course of runs, one line an epoch.
    case metrics = "metrics files"
    /// The course of runs as TensorBoard reads it.
    case events = "event files"
    /// Artefacts that runs share.
    case asset = "assets"
    /// Half-made artefacts, which are continued.
    case unfinishedAsset = "unfinished assets"
    /// Drawn labels that a record tells the digest of.
    case noiseFile = "noise files"
    /// Drawn labels that no record tells the digest of: they are compared with the draw when a run reads them.
    case unprovenNoiseFile = "noise files of no record"
    /// Modified images.
    case image = "modified images"
    /// Who works on what.
    case claim = "claims"
    /// What writers were killed over.
    case temporaryFile = "temporary files"
    /// What was set aside before.
    case setAside = "things set aside"
    /// What is no run's and no artefact's.
    case stranger = "strangers"
  }

  /// How many of a kind were found.
  public struct Count: Encodable, Hashable, Sendable {
    /// What is as it was written.
    public var sound = 0
    /// What is not.
    public var damaged = 0
  }

  /// What ``repair(of:)`` does about a damage.
  public enum Remedy: String, Encodable, Hashable, Sendable {
    /// It is set aside; who needs it makes it again.
    case setAside = "set-aside"
    /// It is set aside and made again from what is there.
    case remake
    /// It is made absent in place, and made again by the next run.
    case clear
    /// It is left: it may be sound for another program or user.
    case leave
  }

  /// Something that is not what was written.
  public struct Damage: Encodable, Hashable, Sendable {
    /// What it is.
    public let kind: Kind
    /// Its path below the store's folder.
    public let path: String
    /// What is wrong with it.
    public let reason: String
    /// What is done about it.
    public let remedy: Remedy
    /// Whose claim has to be held meanwhile.
    let owner: RunPruning.Owner

    private enum CodingKeys: CodingKey { case kind, path, reason, remedy }
  }

  /// How many of each kind were found; kinds of which there is nothing are left out.
  public internal(set) var counts: [Kind: Count] = [:]
  /// What is damaged, by path.
  public internal(set) var damages: [Damage] = []
  /// What was not judged, one sentence each.
  public internal(set) var remarks: [String] = []

  /// The knowledge of specifications that was used, for looking again.
  let references: References

  /// Looks through a store; one that does not exist is empty.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - references: What specifications refer to; without it, labels are found by their digest alone.
  /// - Throws: ``FileSystemError`` when a folder cannot be listed.
  public init(of store: RunStore, references: RunReferences = .init()) throws {
    self.references = References(functions: references)
    var findings = Findings(store: store)
    var labels = LabelCheck(references: references)
    try findings.examineRuns { record in labels.add(record) }
    try labels.examine(&findings)
    try findings.examineAssets()
    try findings.examineRest()
    counts = findings.counts
    damages = findings.damages.sorted { ($0.path, $0.reason) < ($1.path, $1.reason) }
    remarks = findings.remarks
  }

  /// Whether nothing is damaged.
  public var isSound: Bool { damages.isEmpty }

  /// Adds what was found in a part of the store that another module knows how to read.
  ///
  /// - Parameters:
  ///   - kind: What was looked at.
  ///   - sound: How many were as they were written.
  ///   - damaged: How many were not.
  ///   - path: The file's path below the store's folder.
  ///   - reason: What is wrong with it; nil when nothing is.
  public mutating func add(
    _ kind: Kind, sound: Int, damaged: Int, path: String, reason: String?
  ) {
    counts[kind, default: Count()].sound += sound
    counts[kind, default: Count()].damaged += damaged
    guard let reason else { return }
    damages.append(
      Damage(kind: kind, path: path, reason: reason, remedy: .clear, owner: .nobody))
    damages.sort { ($0.path, $0.reason) < ($1.path, $1.reason) }
  }

  /// Adds a sentence on what was not judged.
  public mutating func add(remark: String) { remarks.append(remark) }

  /// A line for each damage, with what ``repair(of:)`` does about it, then the remarks, then a line for each kind.
  public var lines: [String] {
    let kinds = Kind.allCases.compactMap { kind -> String? in
      guard let count = counts[kind] else { return nil }
      switch kind {
      case .leftoverCheckpoint, .unfinishedAsset, .unprovenNoiseFile, .claim, .temporaryFile,
        .setAside:
        return "\(kind.rawValue): \(count.sound)"
          + (count.damaged == 0 ? "" : ", \(count.damaged) damaged")
      default: return "\(kind.rawValue): \(count.sound) sound, \(count.damaged) damaged"
      }
    }
    return damages.map { "damaged  \($0.path): \($0.reason) [\($0.remedy.rawValue)]" } + remarks
      + kinds
  }

  private enum CodingKeys: CodingKey { case counts, damages, remarks }

  /// References without a part in comparisons: functions cannot be compared.
  struct References: Hashable, Sendable {
    let functions: RunReferences

    static func == (left: Self, right: Self) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
  }
}
