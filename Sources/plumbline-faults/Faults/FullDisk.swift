import RunStore

/// A disk that is full at some moment, and has room again later.
struct FullDisk: Fault {
  private static let page = 4096
  private static let room = 256 << 20

  var name: String { "full-disk" }
  var meaning: String { "the store on a disk that is too small, then enlarged" }
  var share: Int { 5 }

  func obstacle(in workplace: Workplace) -> String? {
    workplace.canMount ? nil : "no right to mount a file system"
  }

  func strike(_ trial: Trial) throws {
    let pages = trial.chance.whole(1...trial.reference.pageBytes / Self.page * 5 / 4)
    let disk = try ScratchDisk(
      at: trial.folder.appendingPathComponent("disk"), bytes: pages * Self.page)
    trial.disks.append(disk)
    trial.root = disk.folder.appendingPathComponent("runs", isDirectory: true)
    if trial.chance.happens(0.3) {
      trial.reports = disk.folder.appendingPathComponent("reports", isDirectory: true)
    }
    let sitting = try trial.start()
    let ending = try trial.end(of: sitting)
    if ending == .exit(0) {
      try trial.expectTable(in: trial.reports)
    } else {
      guard ending == .exit(ExitStatus.cannotCreate.rawValue), sitting.errors.contains("full")
      else {
        throw TrialProblem(
          "expected status 73 and 'the disk is full' at \(pages) pages, "
            + "found \(ending): \(sitting.lastWords)")
      }
      try trial.struck()
    }
    try disk.resize(bytes: Self.room)
  }
}
