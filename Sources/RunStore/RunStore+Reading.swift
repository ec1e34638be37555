import Foundation

/// What is looked at without being changed: for checks and for carrying runs elsewhere.
extension RunStore {
  /// The name of a run's specification in its folder.
  public static let specificationName = "specification.json"
  /// The name of a run's record in its folder.
  public static let recordName = "record.json"
  /// The name of a run's checkpoint in its folder.
  public static let checkpointName = "checkpoint.bin"
  /// What the names of unfinished files, which begin with a dot, end with.
  public static let temporarySuffix = AtomicFile.temporarySuffix

  /// Reads a run's checkpoint and leaves it where it is; nil when there is none.
  ///
  /// - Throws: ``StoreError/damaged(path:reason:)`` when any byte of it was altered, and ``FileSystemError``.
  public func checkpoint(of key: RunKey) throws -> Checkpoint? {
    let file = checkpointFile(of: key)
    guard let data = try AtomicFile.contents(of: file) else { return nil }
    return try Checkpoint(encoded: data, path: file.path)
  }

  /// A file's content as an asset's manifest tells it.
  public struct AssetFile: Codable, Hashable, Sendable {
    /// The length.
    public var bytes: Int
    /// The digest, in lower-case hexadecimal.
    public var sha256: String
  }

  /// The name of the list of an asset's files in its folder.
  public static let assetManifestName = "manifest.json"

  /// The files that an asset had when it was made, by name; nil when the store lacks the asset.
  ///
  /// The files themselves are not looked at.
  ///
  /// - Throws: ``StoreError/damaged(path:reason:)`` when the manifest is missing or was altered, and ``FileSystemError``.
  public func assetFiles(kind: String, key: RunKey) throws -> [String: AssetFile]? {
    struct Manifest: Decodable { var files: [String: AssetFile] }
    let folder = root.appendingPathComponent("assets/\(kind)/\(key.text)", isDirectory: true)
    guard AtomicFile.isFolder(folder) else { return nil }
    let file = folder.appendingPathComponent(Self.assetManifestName)
    guard let data = try AtomicFile.contents(of: file) else {
      throw StoreError.damaged(path: folder.path, reason: "it has no \(Self.assetManifestName)")
    }
    return try SealedJSON.decode(Manifest.self, from: data, path: file.path).files
  }
}
