import Foundation

/// The same command twice at the same time on one store: both end well, and no run is trained twice.
struct TwoLaunchers: Fault {
  var name: String { "twins" }
  var meaning: String { "two launchers at once on one store; each run is trained once" }
  var share: Int { 3 }

  func strike(_ trial: Trial) throws {
    let sharesReports = trial.chance.happens(0.5)
    let delay = trial.chance.real(0...0.5 * trial.reference.seconds)
    let reports = [
      trial.reports,
      sharesReports ? trial.reports : trial.folder.appendingPathComponent("reports-2"),
    ]
    var trainings = TrainingCount(contents: trial.contents)
    let first = try trial.start(reports: reports[0])
    _ = try first.wait(atMost: delay) {
      trainings.look()
      return false
    }
    let overlap = first.poll() == nil
    let second = try trial.start(reports: reports[1])
    for sitting in [first, second] {
      try trial.reach(sitting) {
        trainings.look()
        return false
      }
    }
    if overlap { try trial.struck() }
    for (sitting, reports) in zip([first, second], reports) {
      try trial.expectSuccess(of: sitting, reports: reports)
    }
    try trainings.expectOnce()
    try trial.finished.note(trial.store)
  }
}

/// How often each run of a store was begun, by the files of measurements that were there: every beginning writes a new one.
struct TrainingCount {
  let contents: StoreContents
  private var files: [URL: Set<UInt64>] = [:]

  init(contents: StoreContents) { self.contents = contents }

  /// Notes the files that are there now.
  mutating func look() {
    for file in contents.metrics {
      var status = stat()
      if stat(file.path, &status) == 0 { files[file, default: []].insert(UInt64(status.st_ino)) }
    }
  }

  /// Expects that no run was begun more than once.
  func expectOnce() throws {
    for (file, numbers) in files.sorted(by: { $0.key.path < $1.key.path }) where numbers.count > 1 {
      throw TrialProblem("\(file.path) was begun \(numbers.count) times, expected once")
    }
  }
}
