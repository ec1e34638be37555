import ArgumentParser
import Experiments
import Foundation
import Reporting
import Reproduction
import RunStore

/// Trains one cell and prints what it measured.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train one cell: any data, noise, method, network and seed.",
    discussion:
      "The run goes to the store that the tables share; asking for it again trains nothing.")

  @OptionGroup var cell: CellOptions

  @Option(help: "The least seconds between two checkpoints.")
  var checkpointSeconds = 5.0

  @Flag(help: "Print the run's specification and train nothing.")
  var dryRun = false

  func run() throws {
    let (specification, source) = try cell.specification()
    let key = try specification.key()
    if dryRun {
      Console.result(String(decoding: try CanonicalJSON.encode(specification), as: UTF8.self))
      return
    }
    let store = cell.runStore
    let console = cell.execution.console
    try AtomicFile.createFolder(store.root)
    let label = "\(cell.method) \(specification.noise.identifier) seed \(cell.seed)"
    let plan = try JobPlan(runs: [(label, specification)], store: store)
    console.note("\(key.short) \(label)\(plan.entries.isEmpty ? ", cached" : "")")
    if !plan.entries.isEmpty {
      let report = try Launch(
        store: store, data: source, execution: cell.execution,
        checkpointSeconds: checkpointSeconds
      ).perform(plan)
      try Launch.check(report, console: console)
    }
    guard let record = try store.record(of: key) else {
      throw FailedJobsError(message: "the run left no record", exitStatus: .internalError)
    }
    if case .failed(let failure) = record.outcome {
      Console.result("failed (\(failure.cause.rawValue)): \(failure.message)")
    }
    for rule in SelectionRule.allCases {
      guard let value = rule.select(from: record)?.value else { continue }
      Console.result(String(format: "%6.2f %%  ", 100 * value) + rule.markedName)
    }
    Console.result("record  \(store.folder(of: key).relativePath)")
  }
}

/// Forecasts what one cell will cost.
struct ForecastCellCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecast hours, disk and download of one cell after measuring a few steps.",
    discussion: "A table's forecast: make forecast, with the table's variables.")

  @OptionGroup var cell: CellOptions
  @OptionGroup var energy: EnergyOptions

  func run() throws {
    let (specification, source) = try cell.specification()
    let forecast = try CostForecast(
      [(cell.method, specification)], store: cell.runStore, data: source,
      execution: cell.execution, energy: energy)
    Console.result(forecast.text)
  }
}
