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

  func run() throws {
    let request = try options.request(for: Item.self, needsData: false)
    let store = options.runStore
    let cells = try request.cells()
    for cell in cells {
      Console.result("\(cell.key.short)  \(try state(of: cell.key, in: store))  \(cell.label)")
    }
    let forecast = try CostForecast(
      cells.map { ($0.label, $0.specification) }, analyses: try Item.analyses(of: request), store: store,
      data: options.data.source, execution: execution)
    Console.result(
      forecast.jobs == 0 ? "\(cells.count) cells, all cached" : forecast.text)
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
