import Foundation
import RunStore

/// A store that cannot be written from some moment on, and later can.
struct ReadOnlyStore: Fault {
  private static let room = 256 << 20

  var name: String { "read-only" }
  var meaning: String { "the store's file system made read-only, later writable again" }
  var share: Int { 4 }

  func obstacle(in workplace: Workplace) -> String? {
    workplace.canMount ? nil : "no right to mount a file system"
  }

  func strike(_ trial: Trial) throws {
    let disk = try ScratchDisk(at: trial.folder.appendingPathComponent("disk"), bytes: Self.room)
    trial.disks.append(disk)
    trial.root = disk.folder.appendingPathComponent("runs", isDirectory: true)
    let moment = trial.randomMoment()
    let sitting = try trial.start()
    guard try trial.wait(for: moment, of: sitting) else {
      return try trial.expectSuccess(of: sitting)
    }
    // It cannot be done while a file is open for writing, so it is tried between two writes.
    var isReadOnly = false
    while sitting.poll() == nil && !isReadOnly {
      try Interruption.check()
      isReadOnly = disk.setReadOnly(true)
      if !isReadOnly { usleep(500) }
    }
    if isReadOnly { try trial.struck() }
    let ending = try trial.end(of: sitting)
    switch ending {
    case .exit(0): try trial.expectTable(in: trial.reports)
    case .exit(ExitStatus.cannotCreate.rawValue) where sitting.errors.contains("read-only"): break
    default:
      throw TrialProblem(
        "expected status 73 and 'the file system is read-only', "
          + "found \(ending): \(sitting.lastWords)")
    }
    try trial.finished.note(trial.store)
    guard !isReadOnly || disk.setReadOnly(false) else {
      throw TrialProblem("cannot make \(disk.folder.path) writable again")
    }
  }
}
