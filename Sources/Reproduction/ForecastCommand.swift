import ArgumentParser
import Experiments
import Foundation
import RunStore
import Torch
import Workers

/// Forecasts what a request will cost: cells, hours, disk and download.
struct ForecastCommand<Item: Reproduction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "forecast",
      abstract: "Forecast cells, hours, disk and download after measuring a few steps.")
  }

  @OptionGroup var options: RequestOptions
  @OptionGroup var execution: ExecutionOptions

  func run() throws {
    var request = try options.request(for: Item.self, needsData: false)
    request.device = try execution.checkedDevice().description
    request.threads = execution.threads
    let store = options.runStore
    let cells = try request.cells()
    let forecast = try CostForecast(
      cells.map { ($0.label, $0.specification) }, analyses: try Item.analyses(of: request),
      store: store,
      data: options.data.source, execution: execution)
    Console.result(
      "\(Item.title), profile \(request.profile.identifier)\n" + forecast.text)
  }
}
