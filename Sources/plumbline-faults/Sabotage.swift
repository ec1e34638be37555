import ArgumentParser
import Foundation

/// Harm done behind the suite's back, by which it shows that it can fail.
enum Sabotage: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// Removes a finished record before the last call.
  case record
  /// Alters a finished table.
  case table

  /// Before the last call.
  func beforeLastCall(of trial: Trial) throws {
    guard self == .record else { return }
    if trial.finished.count == 0 {
      try trial.expectSuccess(of: try trial.start())
      try trial.finished.note(trial.store)
    }
    guard let key = trial.finished.one(&trial.chance) else { return }
    try FileManager.default.removeItem(
      at: trial.store.folder(of: key).appendingPathComponent("record.json"))
  }

  /// After a call.
  func afterCall(reports: URL) throws {
    guard self == .table else { return }
    let file = Reference.tableFile(in: reports)
    var table = try Data(contentsOf: file)
    table[table.endIndex - 2] ^= 1
    try table.write(to: file)
  }
}
