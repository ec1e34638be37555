import Foundation
import RunStore
import Synchronization

/// A series of trials, several side by side.
final class Suite: Sendable {
  private struct State {
    var next = 0
    var results: [TrialResult] = []
  }

  private let workplace: Workplace
  private let references: [Selection: Reference]
  private let faults: [(number: Int, fault: any Fault)]
  private let seed: UInt64
  private let sabotage: Sabotage?
  private let keepsAll: Bool
  private let state = Mutex(State())

  /// Prepares trials; nothing runs yet.
  init(
    workplace: Workplace, references: [Selection: Reference],
    faults: [(number: Int, fault: any Fault)], seed: UInt64, sabotage: Sabotage?, keepsAll: Bool
  ) {
    self.workplace = workplace
    self.references = references
    self.faults = faults
    self.seed = seed
    self.sabotage = sabotage
    self.keepsAll = keepsAll
  }

  /// Does the trials and returns the results of those that came to an end, in order.
  func run(lanes: Int, report: @escaping @Sendable (_ result: TrialResult, _ done: Int) -> Void)
    -> [TrialResult]
  {
    DispatchQueue.concurrentPerform(iterations: lanes) { _ in
      while !Interruption.isRequested, let (number, fault) = nextFault() {
        guard let result = perform(number, fault) else { continue }
        let done = state.withLock { state in
          state.results.append(result)
          return state.results.count
        }
        report(result, done)
      }
    }
    return state.withLock { $0.results.sorted { $0.number < $1.number } }
  }

  private func nextFault() -> (Int, any Fault)? {
    state.withLock { state in
      guard state.next < faults.count else { return nil }
      defer { state.next += 1 }
      return faults[state.next]
    }
  }

  /// One trial; nil when it was interrupted.
  private func perform(_ number: Int, _ fault: any Fault) -> TrialResult? {
    var chance = Chance(seed: seed, trial: number)
    let selection = fault.selection(&chance)
    var result = TrialResult(number: number, fault: fault.name, selection: selection)
    if let obstacle = fault.obstacle(in: workplace) {
      result.skipped = obstacle
      return result
    }
    guard let reference = references[selection] else {
      preconditionFailure("no undisturbed run of \(selection)")
    }
    let start = ContinuousClock.now
    let folder = workplace.scratch.appendingPathComponent("trial-\(number)", isDirectory: true)
    do {
      let trial = try Trial(
        number: number, workplace: workplace, reference: reference, chance: chance, folder: folder)
      trial.sabotage = sabotage
      defer { tidy(trial, keeps: keepsAll || result.failure != nil) }
      do {
        try fault.strike(trial)
        try trial.conclude()
      } catch is InterruptedError {
        return nil
      } catch let losses as LostResults {
        result.losses = losses.losses
      } catch let table as DifferentTable {
        result.hasDifferentTable = true
        result.problem = table.description
      } catch {
        result.problem = Self.text(of: error)
      }
      result.finished = trial.finishedBefore
      result.faults = trial.faults
      result.epochsLost = trial.epochsLost
      result.remarks = trial.remarks
    } catch {
      result.problem = Self.text(of: error)
    }
    result.seconds = (ContinuousClock.now - start) / .seconds(1)
    return result
  }

  /// Ends what a trial started and removes what it wrote, unless that is to be looked at.
  private func tidy(_ trial: Trial, keeps: Bool) {
    trial.stopAll()
    let manager = FileManager.default
    for disk in trial.disks {
      if keeps {
        try? manager.copyItem(
          at: disk.folder, to: trial.folder.appendingPathComponent("disk-contents"))
      }
      disk.unmount()
    }
    if !keeps { try? manager.removeItem(at: trial.folder) }
  }

  private static func text(of error: any Error) -> String {
    (error as? TrialProblem)?.description ?? ErrorReport(error).message
  }
}
