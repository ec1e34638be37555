import ArgumentParser
import Experiments
import Foundation
import RunStore

/// Lists the cells, whether each is cached, and forecasts the time of the rest.
struct ListCommand<Item: Reproduction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list", abstract: "List the cells and forecast the time of what is missing.")
  }

  @OptionGroup var options: RequestOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var energy: EnergyOptions

  func run() throws {
    var request = try options.request(for: Item.self, needsData: false)
    request.device = try execution.checkedDevice().description
    request.threads = execution.threads
    let store = options.runStore
    let cells = try request.cells()
    for cell in cells {
      Console.result("\(cell.key.short)  \(try state(of: cell.key, in: store))  \(cell.label)")
    }
    let analyses = try Item.analyses(of: request)
    for analysis in analyses {
      let isDone = try Job.analysis(analysis).isDone(in: store)
      Console.result(
        "\(try analysis.key().short)  \(isDone ? "cached " : "absent ")  \(analysis.label)")
    }
    let forecast = try CostForecast(
      cells.map { ($0.label, $0.specification) }, analyses: analyses, store: store,
      data: options.data.source, execution: execution, energy: energy)
    guard forecast.jobs == 0 else {
      Console.result(forecast.text)
      return
    }
    Console.result(
      cells.isEmpty
        ? "no cells: \(Item.title) trains nothing of its own, and nothing is left to measure"
        : "\(cells.count) cells, all cached")
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
