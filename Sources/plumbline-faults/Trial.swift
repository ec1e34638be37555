import Foundation
import RunStore

/// One trial: a store of its own, the calls that work on it, and what must be found at its end.
final class Trial {
  /// Its number, counted from 1.
  let number: Int
  /// Its folder.
  let folder: URL
  let workplace: Workplace
  let reference: Reference
  /// Where its randomness comes from.
  var chance: Chance
  /// The folder of the store now.
  var root: URL
  /// The folder that reports go to.
  var reports: URL
  /// The workers of a call.
  var jobs: Int
  /// What every call from now on finds in its environment besides.
  var environment: [String: String] = [:]
  /// The faults that struck.
  private(set) var faults = 0
  /// The results that were finished when the last fault struck.
  private(set) var finishedBefore = 0
  /// What must never be lost.
  var finished = FinishedResults()
  /// The most epochs that were measured and are to be trained again after a fault.
  var epochsLost = 0
  /// File systems to be taken away at the end.
  var disks: [ScratchDisk] = []
  /// Harm that the suite is to notice.
  var sabotage: Sabotage?
  /// What could not be done on this machine, for people.
  var remarks: [String] = []
  private var sittings: [Sitting] = []

  init(
    number: Int, workplace: Workplace, reference: Reference, chance: Chance, folder: URL
  ) throws {
    self.number = number
    self.workplace = workplace
    self.reference = reference
    self.chance = chance
    self.folder = folder
    root = folder.appendingPathComponent("runs", isDirectory: true)
    reports = folder.appendingPathComponent("reports", isDirectory: true)
    jobs = self.chance.happens(0.3) ? 2 : 1
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// The store now.
  var store: RunStore { RunStore(root: root) }
  /// What lies in the store now.
  var contents: StoreContents { StoreContents(root: root) }

  /// Starts the command that every trial repeats.
  func start(reports: URL? = nil) throws -> Sitting {
    let sitting = try Sitting(
      workplace.program,
      reference.selection.arguments + [
        "--store", root.path, "--reports", (reports ?? self.reports).path, "--jobs", String(jobs),
      ],
      environment: Workplace.environment(adding: environment),
      errors: folder.appendingPathComponent("errors-\(sittings.count + 1)"))
    sittings.append(sitting)
    return sitting
  }

  /// Runs another program to its end.
  func run(_ program: URL, _ arguments: [String]) throws -> (ending: Sitting.Ending, errors: String)
  {
    let sitting = try Sitting(
      program, arguments, environment: Workplace.environment(adding: environment),
      errors: folder.appendingPathComponent("errors-\(sittings.count + 1)"))
    sittings.append(sitting)
    return (try end(of: sitting), sitting.errors)
  }

  /// Waits for the end of a call.
  func end(of sitting: Sitting) throws -> Sitting.Ending {
    try sitting.wait(atMost: workplace.patience)
  }

  /// Waits for a moment of a call.
  ///
  /// - Returns: Whether the call is still under way then.
  func wait(for moment: Moment, of sitting: Sitting) throws -> Bool {
    let contents = contents
    let delay: Double
    switch moment {
    case .start(let seconds): delay = seconds
    case .results(let count, let seconds):
      delay = seconds
      try reach(sitting) { contents.resultCount >= count }
    case .checkpoint(let seconds):
      delay = seconds
      try reach(sitting) { !contents.checkpoints.isEmpty }
    }
    return try !sitting.wait(atMost: delay) { false }
  }

  /// Waits until something is so or the call has ended; longer than patience is a hang.
  func reach(_ sitting: Sitting, _ isReached: () -> Bool) throws {
    if try !sitting.wait(atMost: workplace.patience, until: isReached) {
      throw TrialProblem(
        "hangs: nothing happens for \(Int(workplace.patience)) s: \(sitting.lastWords)")
    }
  }

  /// A random moment for a call that starts with the store as it is.
  func randomMoment() -> Moment {
    Moment.random(of: reference, found: contents.resultCount, chance: &chance)
  }

  /// Starts a call and kills all of it at a moment.
  ///
  /// - Parameters:
  ///   - moment: When.
  ///   - sparesWorkers: Whether only the launcher is killed, and the workers are left to notice.
  /// - Returns: Whether it was killed; a call that ended before must have ended well.
  /// - Throws: ``TrialProblem`` for what the kill left, and what waiting throws.
  @discardableResult
  func startAndKill(at moment: Moment, sparesWorkers: Bool = false) throws -> Bool {
    let sitting = try start()
    guard try wait(for: moment, of: sitting) else {
      try expectSuccess(of: sitting)
      return false
    }
    if sparesWorkers {
      sitting.signal(SIGKILL)
      _ = try end(of: sitting)
    } else {
      sitting.killAll()
      try noteFaultLosses()
    }
    try struck()
    return true
  }

  /// Counts faults that strike now, and notes what is finished.
  func struck(_ count: Int = 1) throws {
    faults += count
    try finished.note(store)
    finishedBefore = max(finishedBefore, finished.count)
  }

  /// Makes the store a copy of the finished one.
  func copyFinishedStore() throws {
    try FileManager.default.copyItem(at: reference.store, to: root)
    try finished.note(store)
  }

  /// Ends everything that the trial started.
  ///
  /// - Returns: Whether processes were left.
  @discardableResult func stopAll() -> Bool {
    sittings.reduce(false) { found, sitting in sitting.killAll() || found }
  }

  /// Waits until no process of the trial is left, for the short time that workers have to notice the launcher's death.
  func expectQuiet() throws {
    let limit = ContinuousClock.now + .seconds(10)
    while let left = sittings.first(where: { !SessionProcesses.members(of: $0.leader).isEmpty }) {
      try Interruption.check()
      guard ContinuousClock.now < limit else {
        throw TrialProblem("process \(left.leader) left workers behind for more than 10 s")
      }
      usleep(20_000)
    }
  }
}
