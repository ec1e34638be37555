import Foundation

/// `SIGTERM`, as a scheduler sends it: status 75, and the same command continues.
struct Termination: Fault {
  var name: String { "term" }
  var meaning: String { "SIGTERM to the launcher or to all processes" }
  var share: Int { 6 }

  func strike(_ trial: Trial) throws { try StopSignal(number: SIGTERM).strike(trial) }
}

/// `SIGINT`, as Ctrl-C sends it, once or twice.
struct Interrupt: Fault {
  var name: String { "int" }
  var meaning: String { "SIGINT to the launcher or to all processes, once or twice" }
  var share: Int { 4 }

  func strike(_ trial: Trial) throws { try StopSignal(number: SIGINT).strike(trial) }
}

/// A signal that asks for the end.
private struct StopSignal {
  let number: Int32

  func strike(_ trial: Trial) throws {
    let reachesAll = trial.chance.happens(0.5)
    let isRepeated = number == SIGINT && trial.chance.happens(0.3)
    let moment = trial.randomMoment()
    let sitting = try trial.start()
    guard try trial.wait(for: moment, of: sitting) else {
      return try trial.expectSuccess(of: sitting)
    }
    let workers = sitting.workers
    if reachesAll { for worker in workers { kill(worker, number) } }
    sitting.signal(number)
    // With workers before and after, the pool was certainly at work.
    let isAtWork = !workers.isEmpty && !sitting.workers.isEmpty
    try trial.struck()
    if isRepeated {
      usleep(50_000)
      sitting.signal(number)
    }
    let ending = try trial.end(of: sitting)
    switch ending {
    case .exit(0): try trial.expectTable(in: trial.reports)
    case .exit(75):
      guard sitting.errors.contains("the same command continues") else {
        throw TrialProblem("status 75 without saying how to continue: \(sitting.lastWords)")
      }
    // Before and after the workers' time a signal has its usual effect.
    case .signal(number) where !isAtWork || isRepeated: break
    default:
      throw TrialProblem("expected status 75, found \(ending): \(sitting.lastWords)")
    }
    try trial.finished.note(trial.store)
  }
}
