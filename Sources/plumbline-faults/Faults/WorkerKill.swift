import Foundation

/// `SIGKILL` to a worker: the launcher goes on; in some trials to every worker that it starts, which it may give up on.
struct WorkerKill: Fault {
  var name: String { "worker" }
  var meaning: String { "SIGKILL of one worker, or of one after another; the launcher goes on" }
  var share: Int { 8 }

  func strike(_ trial: Trial) throws {
    let isPersistent = trial.chance.happens(0.25)
    let moment = trial.randomMoment()
    let sitting = try trial.start()
    guard try trial.wait(for: moment, of: sitting) else {
      return try trial.expectSuccess(of: sitting)
    }
    // Before the first worker is there, the moment is that of its start.
    var victims: [pid_t] = []
    try trial.reach(sitting) {
      victims = sitting.workers
      return !victims.isEmpty
    }
    guard isPersistent else {
      if let victim = trial.chance.one(of: victims.sorted()) {
        kill(victim, SIGKILL)
        try trial.struck()
      }
      try trial.expectSuccess(of: sitting)
      return try trial.finished.note(trial.store)
    }
    var killed: Set<pid_t> = []
    try trial.reach(sitting) {
      for victim in sitting.workers where kill(victim, SIGKILL) == 0 { killed.insert(victim) }
      return false
    }
    let ending = try trial.end(of: sitting)
    guard case .exit = ending else { throw TrialProblem("the launcher ended with \(ending)") }
    try trial.struck(killed.count)
  }
}
