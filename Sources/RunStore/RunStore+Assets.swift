import Foundation

extension RunStore {
  /// The list of an asset's files that is written last.
  private struct Manifest: Codable {
    struct File: Codable {
      var bytes: Int
      var sha256: String
    }
    var files: [String: File]
  }

  private static let manifestName = "manifest.json"

  /// Where an asset lies once it is published.
  private func assetFolder(kind: String, key: RunKey) -> URL {
    precondition(!kind.contains("/") && !kind.hasPrefix("."), "asset kind \(kind) is no plain name")
    return root.appendingPathComponent("assets/\(kind)/\(key.text)", isDirectory: true)
  }

  /// The folder of an artefact that runs share, or nil when it has not been made.
  ///
  /// Every file is compared with the digest of the day it was made unless `verify` is false; a
  /// difference throws ``StoreError/damaged(path:reason:)``.
  public func asset(kind: String, key: RunKey, verify: Bool = true) throws -> URL? {
    let folder = assetFolder(kind: kind, key: key)
    guard AtomicFile.isFolder(folder) else { return nil }
    let file = folder.appendingPathComponent(Self.manifestName)
    guard let data = try AtomicFile.contents(of: file) else {
      throw StoreError.damaged(path: folder.path, reason: "it has no \(Self.manifestName)")
    }
    let manifest = try SealedJSON.decode(Manifest.self, from: data, path: file.path)
    if verify {
      for (name, expected) in manifest.files.sorted(by: { $0.key < $1.key }) {
        let member = folder.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: member.path) else {
          throw StoreError.damaged(path: member.path, reason: "it is missing")
        }
        let found = try Digest.sha256(ofFile: member)
        guard found == expected.sha256 else {
          throw StoreError.damaged(
            path: member.path,
            reason: "its digest is \(found.prefix(10))…, not \(expected.sha256.prefix(10))…")
        }
      }
    }
    return folder
  }

  /// Returns an artefact, and makes it first where it is missing.
  ///
  /// `make` gets a private folder and leaves regular files in it (no folders); the folder takes its
  /// final name in one step, so a killed maker leaves no half asset. Only one process makes an
  /// asset at a time; others wait for it. When `continues` is true the private folder keeps its
  /// files after a failure or a kill, and `make` finds them there the next time. Returns nil when
  /// `isStopped` answers true while waiting.
  public func asset(
    kind: String, key: RunKey, continues: Bool = false, isStopped: () -> Bool = { false },
    make: (URL) throws -> Void
  ) throws -> URL? {
    if let folder = try asset(kind: kind, key: key) { return folder }
    guard let claim = try claim(named: "\(kind)-\(key.text)", isStopped: isStopped) else {
      return nil
    }
    return try withExtendedLifetime(claim) {
      if let folder = try asset(kind: kind, key: key) { return folder }
      let folder = assetFolder(kind: kind, key: key)
      let work = folder.deletingLastPathComponent()
        .appendingPathComponent(".\(key.text).unfinished", isDirectory: true)
      if !continues { try? FileManager.default.removeItem(at: work) }
      try AtomicFile.createFolder(work)
      AtomicFile.removeUnfinished(in: work)
      try make(work)
      try seal(work)
      do {
        try AtomicFile.rename(work, to: folder)
      } catch let error as FileSystemError where [EEXIST, ENOTEMPTY].contains(error.errorNumber) {
        // Our claim was succeeded while this process was paused, and the asset has been made.
        try FileManager.default.removeItem(at: work)
      }
      try AtomicFile.synchronizeFolder(folder.deletingLastPathComponent())
      return folder
    }
  }

  /// Sets an artefact aside under `damaged/` and returns where it went; nil when there is none.
  @discardableResult public func quarantineAsset(kind: String, key: RunKey) throws -> URL? {
    try setAside(assetFolder(kind: kind, key: key), as: "\(kind)-\(key.text)")
  }

  private func seal(_ folder: URL) throws {
    var manifest = Manifest(files: [:])
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name != Self.manifestName {
      let file = folder.appendingPathComponent(name)
      precondition(!AtomicFile.isFolder(file), "asset holds a folder: \(file.path)")
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      manifest.files[name] = Manifest.File(
        bytes: (attributes[.size] as? Int) ?? 0, sha256: try Digest.sha256(ofFile: file))
    }
    try AtomicFile.write(
      try SealedJSON.encode(manifest), to: folder.appendingPathComponent(Self.manifestName))
  }
}
