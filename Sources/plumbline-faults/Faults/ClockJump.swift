import Foundation

/// A clock that is set forward and back by days: while a call works and between two calls, with the dates of all files.
struct ClockJump: Fault {
  private static let day = 86_400.0

  var name: String { "clock" }
  var meaning: String { "clock set by days during and between calls, dates of files moved" }
  var share: Int { 2 }

  func obstacle(in workplace: Workplace) -> String? {
    workplace.clockLibrary == nil ? "no libPlumblineClock.so beside this program" : nil
  }

  func strike(_ trial: Trial) throws {
    let clock = trial.folder.appendingPathComponent("clock")
    trial.environment["LD_PRELOAD"] = trial.workplace.clockLibrary?.path
    trial.environment["PLUMBLINE_CLOCK"] = clock.path
    let isForward = trial.chance.happens(0.5)
    try set(clock, days: isForward ? -10 : 10)
    try trial.startAndKill(at: trial.randomMoment())
    let days = trial.chance.real(1...30)
    try moveDates(in: trial.root, days: isForward ? days : -days)
    let moment = trial.randomMoment()
    let sitting = try trial.start()
    if try trial.wait(for: moment, of: sitting) {
      try set(clock, days: isForward ? 10 : -10)
      try trial.struck()
    }
    try trial.expectSuccess(of: sitting)
  }

  /// Sets the clock of the calls that have it.
  private func set(_ clock: URL, days: Int64) throws {
    let bytes = withUnsafeBytes(of: days * Int64(Self.day)) { Data($0) }
    // In place: the calls have the file mapped.
    if FileManager.default.fileExists(atPath: clock.path) {
      let handle = try FileHandle(forWritingTo: clock)
      try handle.write(contentsOf: bytes)
      try handle.close()
    } else {
      try bytes.write(to: clock)
    }
  }

  private func moveDates(in root: URL, days: Double) throws {
    let manager = FileManager.default
    guard manager.fileExists(atPath: root.path) else { return }
    for path in ["."] + (manager.subpaths(atPath: root.path) ?? []) {
      let item = root.appendingPathComponent(path).path
      let date = (try manager.attributesOfItem(atPath: item)[.modificationDate] as? Date) ?? Date()
      try manager.setAttributes(
        [.modificationDate: date.addingTimeInterval(days * Self.day)], ofItemAtPath: item)
    }
  }
}
