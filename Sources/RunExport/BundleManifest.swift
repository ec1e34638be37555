import Foundation
import RunStore

/// The list of a bundle's files, which is made last and carries the digest of itself.
struct BundleManifest: Codable, Hashable {
  /// The version of this layout.
  static let currentVersion = 1
  /// The name of the manifest in a bundle.
  static let name = "manifest.json"

  /// A file's content.
  struct File: Codable, Hashable {
    var bytes: Int
    var sha256: String
  }

  var version = Self.currentVersion
  /// The files by their paths, which are those of a store.
  var files: [String: File] = [:]

  init() {}

  /// Reads a manifest.
  init(_ data: Data, path: String) throws {
    struct Version: Decodable { var version: Int }
    let version = try SealedFile.decode(Version.self, from: data, path: path).version
    guard version == Self.currentVersion else {
      throw StoreError.unknownSchema(path: path, found: version, supported: Self.currentVersion)
    }
    self = try SealedFile.decode(BundleManifest.self, from: data, path: path)
    if let stranger = files.keys.sorted().first(where: { !Self.isPlace($0) }) {
      throw StoreError.damaged(path: path, reason: "it names \(stranger), which no store has")
    }
  }

  /// Whether a path is one that a bundle's file can have: relative, without links upwards, of a run, its labels or an asset.
  static func isPlace(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.contains("\0") }) else {
      return false
    }
    switch (parts.first, parts.count) {
    case ("noise", 2): return true
    case ("assets", 4): return (try? RunKey(parts[2])) != nil
    case ("runs", 4):
      return (try? RunKey(parts[2])) != nil && parts[2].hasPrefix(parts[1]) && parts[1].count == 2
        && runFiles.contains(parts[3])
    default: return false
    }
  }

  /// The files of a run that a bundle takes along.
  static let runFiles = [
    RunStore.specificationName, RunStore.recordName, "metrics.jsonl", TensorBoardEvents.fileName,
  ]
}

/// A file that is no bundle of runs, or is not the one that was written.
public struct BundleError: ReportableError, Hashable {
  /// The file.
  public var path: String
  /// What is wrong with it.
  public var reason: String

  /// The file, what is wrong and what to do.
  public var message: String {
    "\(path): expected a bundle as plumbline runs bundle writes it, \(reason); nothing was taken from it, "
      + "make or fetch it again"
  }

  /// 65: its data is not what its digests promise.
  public var exitStatus: ExitStatus { .badData }
}
