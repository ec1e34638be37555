import ArgumentParser
import Datasets
import Experiments
import Foundation
import Reporting
import RunStore
import Workers

/// Trains what is missing, then writes the report.
struct RunCommand<Item: Reproduction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "run", abstract: "Train what is missing, then write the report.")
  }

  @OptionGroup var options: RequestOptions
  @OptionGroup var execution: ExecutionOptions

  @Option(help: "The least seconds between two checkpoints of a run.")
  var checkpointSeconds = 5.0

  func run() throws {
    let request = try options.request(for: Item.self)
    let device = try execution.checkedDevice()
    _ = try execution.workerCount(on: device)
    let cells = try request.cells()
    let store = options.runStore
    // A store that cannot be written is told before anything is read or trained.
    try AtomicFile.createFolder(store.root)
    let plan = try JobPlan(
      runs: cells.map { ($0.label, $0.specification) }, store: store,
      extras: request.extraJobs())
    let console = Console(isQuiet: execution.quiet)
    let missing = plan.runCount
    console.note(
      "\(Item.title), profile \(request.profile.identifier): \(cells.count) cells, "
        + "\(missing) runs to train, on \(device)")
    var report: PoolReport?
    if !plan.entries.isEmpty {
      // Missing or damaged data ends the command here, before any worker starts.
      _ = try DatasetCatalog.load(request.profile.data.dataset, from: options.dataFolder)
      report = try Launch(
        options: options, execution: execution, checkpointSeconds: checkpointSeconds
      ).perform(plan)
    }
    if let report, report.isInterrupted {
      throw ResumableError(
        message:
          "stopped; finished runs are kept in \(options.store), and the same command continues "
          + "the others where they were")
    }
    try RenderCommand<Item>.render(options, request: request, console: console)
    let failures = report?.failures ?? []
    if !failures.isEmpty { console.note("\(failures.count) job(s) failed; the report says which") }
    // A diverged run is a result; anything else is an error.
    if let serious = failures.first(where: { $0.failure.cause != .nonFinite }) {
      throw FailedJobsError(
        message: "\(serious.id.prefix(10)): \(serious.failure.message)",
        exitStatus: serious.failure.exitStatus)
    }
  }
}

/// Work that was stopped and can be continued.
struct ResumableError: ReportableError {
  let message: String
  var exitStatus: ExitStatus { .resumable }
}

/// Work of which a part failed for another reason than its own result.
struct FailedJobsError: ReportableError {
  let message: String
  let exitStatus: ExitStatus
}
