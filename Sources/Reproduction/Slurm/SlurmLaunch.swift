import Foundation
import RunStore

/// Hands a submission to Slurm.
struct SlurmLaunch {
  /// The most tasks of an array where Slurm cannot be asked: its own default, less the index 0.
  static let defaultArraySize = 1000

  /// The most tasks of an array as this cluster has it.
  ///
  /// - Throws: ``SlurmError/unavailable(reason:)`` when Slurm does not answer.
  static func arraySize() throws -> Int {
    let answer = try run("scontrol", ["show", "config"])
    guard answer.status == 0 else {
      throw SlurmError.unavailable(reason: answer.errors)
    }
    let line = answer.output.split(separator: "\n").first { $0.hasPrefix("MaxArraySize") }
    let size = line?.split(separator: "=").last.flatMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    // An array of indices 0...n-1 needs MaxArraySize of n.
    return max(1, size ?? defaultArraySize)
  }

  /// Runs the script that hands everything over, and returns what it says.
  ///
  /// - Parameters:
  ///   - submission: What was written.
  ///   - waits: Whether to wait for the report.
  /// - Returns: A line for each job: its number and its script.
  /// - Throws: ``SlurmError`` when a script is refused; what was handed over before is taken back.
  static func submit(_ submission: SlurmSubmission, waits: Bool) throws -> [String] {
    let script = submission.folder.appendingPathComponent("submit.sh").path
    let answer = try run(script, waits ? ["--wait"] : [])
    let jobs = answer.output.split(separator: "\n").map(String.init)
    // With --wait, sbatch ends with the status of the report, which says it itself.
    let isHandedOver = jobs.count == submission.scripts.count - 1
    guard answer.status == 0 || (waits && isHandedOver) else {
      throw SlurmError.refused(script: script, reason: answer.errors)
    }
    return jobs
  }

  private static func run(
    _ command: String, _ arguments: [String]
  ) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [command] + arguments
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw SlurmError.unavailable(reason: ErrorReport(error).message)
    }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let words = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let said = String(decoding: words, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
      .split(separator: "\n").joined(separator: " ")
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      said.isEmpty ? "it ended with status \(process.terminationStatus)" : said
    )
  }
}
