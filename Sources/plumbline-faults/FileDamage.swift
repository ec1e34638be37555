import Foundation
import RunStore

/// Damage to one file of a store, and what must follow: the undisturbed table all the same, or status 65 with the file's name.
struct FileDamage {
  /// The file.
  let file: URL
  /// Its role.
  let role: StoreContents.Role
  /// What becomes of its bytes.
  let damaged: Data

  /// One bit changed; nil for an empty file.
  init?(flipping file: URL, role: StoreContents.Role, chance: inout Chance) throws {
    var bytes = try Data(contentsOf: file)
    guard !bytes.isEmpty else { return nil }
    bytes[bytes.startIndex + chance.whole(0...bytes.count - 1)] ^= 1 << UInt8(chance.whole(0...7))
    (self.file, self.role, damaged) = (file, role, bytes)
  }

  /// The end cut off at a random byte; nil for an empty file.
  init?(cutting file: URL, role: StoreContents.Role, chance: inout Chance) throws {
    let bytes = try Data(contentsOf: file)
    guard !bytes.isEmpty else { return nil }
    let rest = Data(bytes.prefix(chance.whole(0...bytes.count - 1)))
    (self.file, self.role, damaged) = (file, role, rest)
  }

  /// Damages the file, runs the command, and repairs the store where the command asks for that.
  func strike(_ trial: Trial) throws {
    try trial.struck()
    // In place, past the store's own atomic writes.
    try damaged.write(to: file)
    let folder = file.deletingLastPathComponent()
    // A damaged record is lost by definition; it must be noticed and set aside.
    if role == .record { trial.finished.excuse(try RunKey(folder.lastPathComponent)) }
    let isNeeded = role == .checkpoint && access(folder.path + "/record.json", F_OK) != 0
    let sitting = try trial.start()
    let ending = try trial.end(of: sitting)
    switch ending {
    case .exit(ExitStatus.success.rawValue) where role != .record:
      try trial.expectTable(in: trial.reports)
      if isNeeded { try expectSetAside(in: trial) }
    case .exit(ExitStatus.badData.rawValue):
      guard sitting.errors.contains(file.path) || sitting.errors.contains("\(folder.path) ") else {
        throw TrialProblem("status 65 does not name \(file.path): \(sitting.lastWords)")
      }
      try Repair(trial: trial).apply(to: file, role: role)
      if role != .lease { try expectSetAside(in: trial) }
    default:
      throw TrialProblem(
        "\(role.rawValue) \(file.path) damaged: expected "
          + (role == .record ? "status 65" : "success or status 65")
          + ", found \(ending): \(sitting.lastWords)")
    }
  }

  /// Expects the damaged bytes under `damaged/`: nothing is deleted.
  private func expectSetAside(in trial: Trial) throws {
    let folder = trial.root.appendingPathComponent("damaged", isDirectory: true)
    let paths = FileManager.default.subpaths(atPath: folder.path) ?? []
    for path in paths
    where (try? Data(contentsOf: folder.appendingPathComponent(path))) == damaged { return }
    throw TrialProblem("the damaged \(role.rawValue) was not set aside in \(folder.path)")
  }
}
