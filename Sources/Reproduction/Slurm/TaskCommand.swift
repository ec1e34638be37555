import ArgumentParser
import Experiments
import Foundation
import RunStore

/// Does one line of a submission's file of jobs; the scripts of job arrays call it.
///
/// On `SIGTERM` it saves a checkpoint at the end of the epoch and ends with status 75.
struct TaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "task", shouldDisplay: false)

  @Option var jobsFile: String
  @Option var line: Int
  @Option var store: String
  @OptionGroup var data: DataOptions
  @OptionGroup var execution: ExecutionOptions
  @Option var checkpointSeconds = 5.0

  /// Slurm waits 30 seconds between `SIGTERM` and `SIGKILL` unless it is configured otherwise.
  private static let graceSeconds = 25.0

  func run() throws {
    let file = URL(fileURLWithPath: jobsFile)
    guard let content = try AtomicFile.contents(of: file) else {
      throw FileSystemError(path: jobsFile, operation: .read, errorNumber: ENOENT)
    }
    let lines = content.split(separator: UInt8(ascii: "\n"))
    guard lines.indices.contains(line) else {
      throw SlurmError.noSuchTask(line: line, file: jobsFile)
    }
    let task = try CanonicalJSON.decodeStrictly(
      SlurmSubmission.Line.self, from: Data(lines[line]))
    let store = RunStore(root: URL(fileURLWithPath: store, isDirectory: true))
    let console = execution.console
    console.note(task.label)
    guard try !task.job.isDone(in: store) else {
      console.note("it is done already")
      return
    }
    var execution = execution
    execution.jobs = 1
    var launch = Launch(
      store: store, data: data.source, execution: execution,
      checkpointSeconds: checkpointSeconds)
    launch.graceSeconds = Self.graceSeconds
    // Slurm may tell the group and the script, and the script passes it on.
    launch.insistence = .ignored
    let report = try launch.perform(
      JobPlan(job: task.job, identifier: task.identifier, label: task.label))
    try Launch.check(report, console: console)
  }
}
