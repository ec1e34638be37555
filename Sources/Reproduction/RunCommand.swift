import ArgumentParser
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
  @OptionGroup var launcher: LauncherOptions

  @Option(help: "The least seconds between two checkpoints of a run.")
  var checkpointSeconds = 5.0

  /// In less time it is the start of the workers that counts.
  private static var leastSecondsCompared: Double { 10 }

  func run() throws {
    var request = try options.request(for: Item.self)
    let device = try execution.checkedDevice()
    request.device = device.description
    request.threads = execution.threads
    _ = try execution.workerCount(on: device)
    let cells = try request.cells()
    let store = options.runStore
    // A store that cannot be written is told before anything is read or trained.
    try AtomicFile.createFolder(store.root)
    let plan = try JobPlan(
      runs: cells.map { ($0.label, $0.specification) }, store: store,
      analyses: try Item.analyses(of: request))
    let console = execution.console
    let work =
      cells.isEmpty
      ? "no cells, \(plan.entries.count) job(s) to do"
      : "\(cells.count) cells, \(plan.runCount) runs to train"
    console.note("\(Item.title), profile \(request.profile.identifier): \(work), on \(device)")
    var report: PoolReport?
    if !plan.entries.isEmpty {
      // Missing or damaged data ends the command here, before any worker starts.
      let shelf = DataShelf(source: options.data.source, device: .cpu)
      for data in Set(request.benchmarks.map(\.data)) { try shelf.check(data) }
      for noise in Set(cells.map(\.specification.noise)) where noise.needsGivenLabels {
        for benchmark in request.benchmarks {
          _ = try shelf.givenLabels(noise, for: benchmark.data)
        }
      }
      if launcher.launcher == .slurm {
        try submit(plan, request: request, store: store, console: console)
        return
      }
      report = try Launch(
        store: store, data: options.data.source, execution: execution,
        checkpointSeconds: checkpointSeconds
      ).perform(plan)
      if let report, report.seconds >= Self.leastSecondsCompared {
        let comparison = ForecastComparison(
          nominal: plan, workers: try execution.workerCount(on: device), actual: report.seconds)
        console.note(comparison.note)
      }
    }
    try RenderCommand<Item>.render(options, request: request, console: console)
    try Launch.check(report, console: console)
  }
}
