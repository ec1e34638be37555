import Foundation
import RunStore

extension Verification.Findings {
  /// Looks at every artefact.
  mutating func examineAssets() throws {
    let assets = store.root.appendingPathComponent("assets", isDirectory: true)
    for kind in try FolderSurvey.names(in: assets) where !kind.hasPrefix(".") {
      let folder = assets.appendingPathComponent(kind, isDirectory: true)
      guard RunPruning.isFolder(folder) else {
        damaged(.stranger, folder, "no kind of asset has this name", .setAside)
        continue
      }
      for name in try FolderSurvey.names(in: folder) {
        let item = folder.appendingPathComponent(name, isDirectory: true)
        if name.hasPrefix(".") {
          if name.hasSuffix(RunPruning.unfinishedSuffix) { sound(.unfinishedAsset) }
        } else if let key = try? RunKey(name), RunPruning.isFolder(item) {
          try examineAsset(kind: kind, key: key, folder: item)
        } else {
          damaged(.stranger, item, "no asset has this name", .setAside)
        }
      }
    }
  }

  /// Looks at one artefact: its manifest, its files, and what else lies there.
  mutating func examineAsset(kind: String, key: RunKey, folder: URL) throws {
    let owner = RunPruning.Owner.asset(kind: kind, key: key)
    let reading = try Verification.Reading<Set<String>> {
      guard let files = try store.assetFiles(kind: kind, key: key) else { return nil }
      for (name, expected) in files.sorted(by: { $0.key < $1.key }) {
        try Self.check(folder.appendingPathComponent(name), expected)
      }
      return Set(files.keys)
    }
    switch reading {
    case .absent: return
    case .damaged(let reason, let isKept):
      damaged(.asset, folder, reason, isKept ? .leave : .setAside, owner: owner)
    case .sound(let named):
      sound(.asset)
      for name in try FolderSurvey.names(in: folder)
      where !named.contains(name) && name != RunStore.assetManifestName && !Self.isTemporary(name) {
        damaged(
          .stranger, folder.appendingPathComponent(name),
          "the asset's manifest does not name it", .setAside, owner: owner)
      }
    }
  }

  private static func check(_ file: URL, _ expected: RunStore.AssetFile) throws {
    let name = file.lastPathComponent
    var found = stat()
    guard stat(file.path, &found) == 0 else {
      throw StoreError.damaged(path: file.path, reason: "\(name) is missing")
    }
    guard Int(found.st_size) == expected.bytes else {
      throw StoreError.damaged(
        path: file.path, reason: "\(name) has \(found.st_size) bytes, not \(expected.bytes)")
    }
    let digest = try Digest.sha256(ofFile: file)
    guard digest == expected.sha256 else {
      throw StoreError.damaged(
        path: file.path,
        reason: "\(name) has the digest \(digest.prefix(10))…, not \(expected.sha256.prefix(10))…")
    }
  }
}
