import Foundation
import RunStore

extension Trial {
  /// Expects a call to end with success and the right table.
  func expectSuccess(of sitting: Sitting, reports: URL? = nil) throws {
    let ending = try end(of: sitting)
    guard ending == .exit(0) else {
      throw TrialProblem("expected success, found \(ending): \(sitting.lastWords)")
    }
    try sabotage?.afterCall(reports: reports ?? self.reports)
    try expectTable(in: reports ?? self.reports)
  }

  /// Expects the undisturbed table in a folder of reports.
  ///
  /// - Throws: ``DifferentTable``.
  func expectTable(in reports: URL) throws {
    let file = Reference.tableFile(in: reports)
    guard let table = try? Data(contentsOf: file), table == reference.table else {
      throw DifferentTable(file: file)
    }
  }

  /// Expects that nothing finished was lost by now.
  ///
  /// - Throws: ``LostResults``.
  func expectNothingLost() throws {
    let losses = finished.losses(in: store)
    if !losses.isEmpty { throw LostResults(losses: losses) }
  }

  /// Runs the command to its end, and expects the undisturbed table, every run's record once, nothing lost, nobody left.
  func conclude() throws {
    try expectNothingLost()
    try finished.note(store)
    try sabotage?.beforeLastCall(of: self)
    try expectSuccess(of: try start())
    try expectNothingLost()
    try expectAllRuns()
    try expectQuiet()
  }

  private func expectAllRuns() throws {
    let keys = try store.keys()
    guard keys == reference.keys else {
      throw TrialProblem(
        "expected the \(reference.keys.count) runs of the undisturbed store, found \(keys.count)")
    }
    for key in keys {
      let state = try store.state(of: key)
      guard state == .done else { throw TrialProblem("\(key.short) is \(state), not done") }
    }
  }

  /// Expects that a kill left sound checkpoints, and counts the measured epochs that are not in them.
  func noteFaultLosses() throws {
    for file in contents.metrics {
      guard let key = try? RunKey(file.deletingLastPathComponent().lastPathComponent),
        try store.record(of: key) == nil
      else { continue }
      let measured = try store.metrics(of: key).count
      switch try store.loadCheckpoint(of: key) {
      case .none: epochsLost = max(epochsLost, measured)
      case .intact(let checkpoint): epochsLost = max(epochsLost, measured - checkpoint.epoch)
      case .damaged(let reason, _):
        throw TrialProblem("the kill left a damaged checkpoint: \(reason.message)")
      }
    }
    guard epochsLost <= 1 else {
      throw TrialProblem("\(epochsLost) measured epochs are in no checkpoint, expected at most 1")
    }
  }
}

/// A table that is not the undisturbed one.
struct DifferentTable: Error, CustomStringConvertible {
  let file: URL

  /// What was expected.
  var description: String {
    "\(file.path) is not the undisturbed table"
      + (FileManager.default.fileExists(atPath: file.path) ? "" : ": it is missing")
  }
}

/// Finished results that are gone or different.
struct LostResults: Error, CustomStringConvertible {
  let losses: [String]

  /// What became of them.
  var description: String { losses.joined(separator: "; ") }
}
