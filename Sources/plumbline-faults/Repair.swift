import Foundation
import RunStore

/// Takes what is damaged out of a store, without deleting it.
struct Repair {
  let trial: Trial

  /// Repairs the store, of which one file is damaged.
  ///
  /// `plumbline runs verify --repair` does it; a version that has no such command leaves it to the user, who moves the file
  /// away, or the folder of an asset.
  func apply(to file: URL, role: StoreContents.Role) throws {
    let repair = try trial.run(
      trial.workplace.plumbline, ["runs", "verify", "--repair", "--store", trial.root.path])
    if repair.ending == .exit(ExitStatus.usage.rawValue) { return try moveAway(file, role: role) }
    guard repair.ending == .exit(0) else {
      throw TrialProblem(
        "runs verify --repair: expected success, found \(repair.ending): \(repair.errors)")
    }
  }

  private func moveAway(_ file: URL, role: StoreContents.Role) throws {
    let isAsset = role == .assetManifest || role == .assetFile
    let item = isAsset ? file.deletingLastPathComponent() : file
    let folder = trial.root.appendingPathComponent("damaged", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      at: item, to: folder.appendingPathComponent(item.lastPathComponent))
  }
}
