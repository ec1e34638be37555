import Foundation

/// A worker stopped for longer than its lease, while another launcher finishes its run, and then continued.
struct PausedWorker: Fault {
  /// What makes a lease short enough to wait for.
  static let shortLease = ["PLUMBLINE_LEASE_SECONDS": "2"]

  var name: String { "pause" }
  var meaning: String { "a worker stopped for longer than its lease, and continued later" }
  var share: Int { 2 }

  func strike(_ trial: Trial) throws {
    trial.environment = Self.shortLease
    trial.jobs = 1
    let delay = trial.chance.real(0...0.4)
    let first = try trial.start()
    let contents = trial.contents
    try trial.reach(first) { !contents.leases.isEmpty }
    guard try !first.wait(atMost: delay, until: { false }) else {
      return try trial.expectSuccess(of: first)
    }
    let workers = first.workers
    for worker in workers { kill(worker, SIGSTOP) }
    defer { for worker in workers { kill(worker, SIGCONT) } }
    if !workers.isEmpty && !contents.leases.isEmpty { try trial.struck() }
    let reports = trial.folder.appendingPathComponent("reports-2")
    try trial.expectSuccess(of: try trial.start(reports: reports), reports: reports)
    try trial.finished.note(trial.store)
    for worker in workers { kill(worker, SIGCONT) }
    try trial.expectSuccess(of: first)
  }
}
