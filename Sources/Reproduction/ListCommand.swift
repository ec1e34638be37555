import ArgumentParser
import Experiments
import Foundation
import RunStore
import Torch
import Workers

/// Lists the cells, whether each is cached, and forecasts the time of the rest.
struct ListCommand<Item: Reproduction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list", abstract: "List the cells and forecast the time of what is missing.")
  }

  @OptionGroup var options: RequestOptions
  @OptionGroup var execution: ExecutionOptions

  func run() throws {
    let request = try options.request(for: Item.self)
    let store = options.runStore
    let cells = try request.cells()
    for cell in cells {
      Console.result("\(cell.key.short)  \(try state(of: cell.key, in: store))  \(cell.label)")
    }
    let plan = try JobPlan(
      runs: cells.map { ($0.label, $0.specification) }, store: store,
      extras: request.extraJobs())
    guard !plan.entries.isEmpty else {
      Console.result("\(cells.count) cells, all cached")
      return
    }
    let device = try execution.checkedDevice()
    Runtime.threads = execution.threads
    Runtime.keepFreedMemory()
    let rates = RateMeasurement(profile: request.profile, device: device).rates()
    let workers = try execution.workerCount(on: device)
    let seconds = plan.entries.map { JobCost.nominalSeconds(of: $0.job, rates: rates) }
    // No plan is shorter than its longest chain, which starts with the generator.
    let wall = max(seconds.reduce(0, +) / Double(workers), seconds.max() ?? 0)
    Console.result(
      "\(cells.count) cells, \(plan.runCount) runs and \(plan.entries.count - plan.runCount) shared "
        + "jobs to do: about \(DurationText.short(seconds: wall)) with \(workers) worker(s) on \(device)"
    )
  }

  private func state(of key: RunKey, in store: RunStore) throws -> String {
    switch try store.state(of: key) {
    case .absent: return "absent "
    case .started: return "started"
    case .done: return "cached "
    case .failed: return "failed "
    case .damaged: return "damaged"
    }
  }
}
