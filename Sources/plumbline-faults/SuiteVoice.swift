import Foundation
import Synchronization

/// What the suite tells people while it works and at its end.
final class SuiteVoice: Sendable {
  private struct State {
    var faults = 0
    var failures = 0
  }

  private static let linesInLog = 20

  private let trials: Int
  private let command: String
  private let folder: URL
  private let start = ContinuousClock.now
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let state = Mutex(State())

  /// Speaks of a number of trials, which `command` repeats, in a folder.
  init(trials: Int, command: String, folder: URL) {
    self.trials = trials
    self.command = command
    self.folder = folder
  }

  /// Writes a line for people.
  func say(_ line: String) { write((isTerminal ? "\r\u{1b}[K" : "") + line + "\n") }

  /// Tells of a trial that ended.
  func tell(_ result: TrialResult, done: Int) {
    let (faults, failures) = state.withLock { state in
      state.faults += result.faults
      state.failures += result.failure == nil ? 0 : 1
      return (state.faults, state.failures)
    }
    if let failure = result.failure {
      say(
        "trial \(result.number) (\(result.fault), \(result.selection.rawValue)): \(failure)\n"
          + "  repeat: \(command) --only \(result.number)\n"
          + "  kept: \(folder.appendingPathComponent("trial-\(result.number)").path)")
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let rest = Int((seconds / Double(done) * Double(trials - done)).rounded())
    let line =
      "\(done)/\(trials) trials, \(faults) faults, \(failures) failed, "
      + "about \(rest / 60) min \(rest % 60) s left"
    if isTerminal {
      write("\r\u{1b}[K" + line)
    } else if done % max(1, trials / Self.linesInLog) == 0 {
      say(line)
    }
  }

  /// Prints the figures.
  func end(_ tally: Tally, results: [TrialResult], seconds: Double) {
    if isTerminal { write("\r\u{1b}[K") }
    var lines = [tally.text, ""]
    lines += Set(results.compactMap { result in result.skipped.map { "\(result.fault): \($0)" } })
      .sorted().map { "skipped \($0)" }
    if Interruption.isRequested { lines.append("stopped after \(results.count) trials") }
    lines.append(
      "\(tally.total.trials) trials in \(Int(seconds)) s; most measured epochs that a kill cost: "
        + "\(tally.epochsLost); " + (tally.isClean ? "nothing lost, no table differs" : "FAILED"))
    FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
