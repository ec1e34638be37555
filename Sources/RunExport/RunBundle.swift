import Foundation
import RunStore

/// Ended runs of a store as one file, to be carried elsewhere.
///
/// A bundle is a tar archive of the runs' specifications, records and courses, the labels they were trained on and, if asked
/// for, the assets they used, at the paths that they have in a store, with a manifest of all digests. The same runs give the
/// same bytes.
///
/// The digests prove that the bundle is what was written, not that its numbers were measured: who alters a record can write
/// every digest again. Compare it with another bundle or store of the same runs; equal specifications on one platform give
/// equal numbers.
public struct RunBundle {
  /// What was written.
  public struct Summary: Codable, Hashable, Sendable {
    /// The number of runs.
    public var runs = 0
    /// The number of files with labels.
    public var noiseFiles = 0
    /// The number of assets.
    public var assets = 0
    /// The bytes of all files.
    public var bytes = 0
  }

  private let store: RunStore
  private let names: RunNames
  private let filter: RunFilter
  private let references: RunReferences
  private let includesAssets: Bool

  /// Prepares a bundle; runs that have no record are not in it, whatever the filter.
  public init(
    _ store: RunStore, names: RunNames = .init(), filter: RunFilter = .init(),
    references: RunReferences = .init(), includesAssets: Bool = false
  ) {
    self.store = store
    self.names = names
    self.filter = filter
    self.references = references
    self.includesAssets = includesAssets
  }

  /// Writes the bundle; the file is whole or not there.
  ///
  /// - Throws: ``StoreError`` for the first run, file of labels or asset that is damaged, ``FileSystemError``, and the
  ///   complaint of `tar`.
  @discardableResult public func write(to file: URL) throws -> Summary {
    let scratch = try ScratchFolder(beside: file)
    var contents = Contents(store: store, folder: scratch.url.appendingPathComponent("content"))
    try AtomicFile.createFolder(contents.folder)
    var labels = StoredLabels(store: store, references: references)
    for key in try store.keys() {
      guard let record = try store.record(of: key) else { continue }
      let facts = RunFacts(specification: record.specification, noise: record.noise, names: names)
      guard filter.passes(facts, ListedState(record.outcome)) else { continue }
      try refuseDamage { _ = try $0.examine(key) }
      for name in BundleManifest.runFiles {
        try contents.add("runs/\(key.text.prefix(2))/\(key.text)/\(name)")
      }
      contents.summary.runs += 1
      if let name = try labels.file(of: record), try contents.add("noise/\(name)") {
        contents.summary.noiseFiles += 1
      }
      for asset in includesAssets ? references.assets(record.specification) : [] {
        try add(asset, to: &contents)
      }
    }
    try AtomicFile.write(
      try SealedFile.encode(contents.manifest),
      to: contents.folder.appendingPathComponent(BundleManifest.name), durable: false)
    let paths = (contents.manifest.files.keys + [BundleManifest.name]).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    try ExportFile.replace(file) {
      try SystemTar(scratch: scratch.url).create(paths, of: contents.folder, as: $0)
    }
    return contents.summary
  }

  private func add(_ asset: RunReferences.Asset, to contents: inout Contents) throws {
    let path = "assets/\(asset.kind)/\(asset.key.text)"
    guard let files = try store.assetFiles(kind: asset.kind, key: asset.key) else { return }
    if contents.manifest.files["\(path)/\(RunStore.assetManifestName)"] != nil { return }
    try refuseDamage {
      try $0.examineAsset(
        kind: asset.kind, key: asset.key, folder: store.root.appendingPathComponent(path))
    }
    for name in files.keys.sorted() + [RunStore.assetManifestName] {
      try contents.add("\(path)/\(name)")
    }
    contents.summary.assets += 1
  }

  private func refuseDamage(
    _ examine: (inout Verification.Findings) throws -> Void
  ) throws {
    var findings = Verification.Findings(store: store)
    try examine(&findings)
    if let damage = findings.damages.first {
      throw StoreError.damaged(
        path: store.root.appendingPathComponent(damage.path).path, reason: damage.reason)
    }
  }

  /// The files of a bundle in the making.
  private struct Contents {
    let store: RunStore
    let folder: URL
    var manifest = BundleManifest()
    var summary = Summary()

    /// Copies a file of the store; returns false when it is not there, or in the bundle already.
    @discardableResult mutating func add(_ path: String) throws -> Bool {
      guard manifest.files[path] == nil,
        let data = try AtomicFile.contents(of: store.root.appendingPathComponent(path))
      else { return false }
      try AtomicFile.write(data, to: folder.appendingPathComponent(path), durable: false)
      manifest.files[path] = .init(bytes: data.count, sha256: Digest.sha256(of: data))
      summary.bytes += data.count
      return true
    }
  }
}
