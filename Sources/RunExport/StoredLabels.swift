import Foundation
import RunStore

/// Finds the file with the labels that a run was trained on.
struct StoredLabels {
  let store: RunStore
  let references: RunReferences
  /// The files by their digests, read when first needed.
  private var byDigest: [String: String]?
  private var checked: [String: String] = [:]

  init(store: RunStore, references: RunReferences) {
    self.store = store
    self.references = references
  }

  /// The name of the file, or nil when the store lacks it.
  ///
  /// - Throws: ``StoreError/damaged(path:reason:)`` when the file of that name holds other labels.
  mutating func file(of record: RunRecord) throws -> String? {
    guard let digest = RunReferences.labelDigest(of: record) else { return nil }
    if let name = references.noiseFile(record.specification), !name.contains("/") {
      guard let found = try self.digest(of: name) else { return nil }
      guard found == digest else {
        throw StoreError.damaged(
          path: store.noiseFile(named: name).path,
          reason: "its digest \(found.prefix(10))… is not \(digest.prefix(10))…, which run "
            + "\(record.key.prefix(10)) was trained on")
      }
      return name
    }
    if byDigest == nil {
      let folder = store.root.appendingPathComponent("noise", isDirectory: true)
      var found: [String: String] = [:]
      for name in try FolderSurvey.names(in: folder).reversed() where !name.hasPrefix(".") {
        if let digest = try self.digest(of: name) { found[digest] = name }
      }
      byDigest = found
    }
    return byDigest?[digest]
  }

  private mutating func digest(of name: String) throws -> String? {
    if let known = checked[name] { return known }
    guard let data = try AtomicFile.contents(of: store.noiseFile(named: name)) else { return nil }
    let digest = Digest.sha256(of: data)
    checked[name] = digest
    return digest
  }
}
