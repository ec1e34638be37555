import Foundation
import RunStore

/// What lies in the folder of a store, found without opening anything.
struct StoreContents {
  let root: URL

  /// Files with the role that they have in the store.
  enum Role: String, CaseIterable, Sendable {
    case record, specification, checkpoint, metrics, events
    case assetManifest = "asset manifest"
    case assetFile = "asset file"
    case progress = "progress of an asset"
    case noise, echo
    case lease
  }

  /// The number of results: records and finished assets.
  var resultCount: Int { records.count + members("assets", named: "manifest.json").count }

  /// The records' files.
  var records: [URL] { members("runs", named: "record.json") }

  /// The checkpoints' files.
  var checkpoints: [URL] { members("runs", named: "checkpoint.bin") }

  /// The files of measurements, each written anew whenever a run is begun or continued.
  var metrics: [URL] { members("runs", named: "metrics.jsonl") }

  /// The unfinished assets' folders.
  var unfinishedAssets: [URL] {
    folders(in: root.appendingPathComponent("assets")).flatMap { kind in
      folders(in: kind).filter { $0.lastPathComponent.hasSuffix(".unfinished") }
    }
  }

  /// The claims' files.
  var leases: [URL] {
    names(in: root.appendingPathComponent("locks")).filter { $0.hasSuffix(".lock") }
      .map { root.appendingPathComponent("locks/\($0)") }
  }

  /// All files by role; what has none is left out.
  var files: [Role: [URL]] {
    var result: [Role: [URL]] = [:]
    for path in (FileManager.default.subpaths(atPath: root.path) ?? []).sorted() {
      let file = root.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
        !isFolder.boolValue, let role = Self.role(of: path)
      else { continue }
      result[role, default: []].append(file)
    }
    return result
  }

  /// The bytes of all files, in whole pages, as a file system in memory counts them.
  var pageBytes: Int {
    let page = 4096
    return (FileManager.default.subpaths(atPath: root.path) ?? []).reduce(0) { sum, path in
      var status = stat()
      guard lstat(root.appendingPathComponent(path).path, &status) == 0 else { return sum }
      guard status.st_mode & S_IFMT == S_IFREG else { return sum }
      return sum + (Int(status.st_size) + page - 1) / page * page
    }
  }

  private static func role(of path: String) -> Role? {
    let parts = path.split(separator: "/").map(String.init)
    guard let top = parts.first, let name = parts.last, !name.hasSuffix(".tmp") else { return nil }
    switch (top, name) {
    case ("runs", "record.json"): return .record
    case ("runs", "specification.json"): return .specification
    case ("runs", "checkpoint.bin"): return .checkpoint
    case ("runs", "metrics.jsonl"): return .metrics
    case ("runs", _) where name.hasPrefix("events."): return .events
    case ("assets", _) where path.contains(".unfinished/"): return .progress
    case ("assets", "manifest.json"): return .assetManifest
    case ("assets", _): return .assetFile
    case ("noise", _): return .noise
    case ("echo", _): return .echo
    case ("locks", _): return .lease
    default: return nil
    }
  }

  /// Files of a name two folders below a folder of the store, sorted.
  private func members(_ folder: String, named name: String) -> [URL] {
    folders(in: root.appendingPathComponent(folder)).flatMap { folders(in: $0) }
      .filter { !$0.lastPathComponent.hasPrefix(".") }
      .map { $0.appendingPathComponent(name) }
      .filter { access($0.path, F_OK) == 0 }
  }

  private func folders(in folder: URL) -> [URL] {
    names(in: folder).map { folder.appendingPathComponent($0, isDirectory: true) }
  }

  private func names(in folder: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }
}
