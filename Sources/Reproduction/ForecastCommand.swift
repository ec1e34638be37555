import ArgumentParser
import Experiments
import Foundation
import RunStore
import Torch
import Workers

/// Forecasts what a request will cost: cells, hours, energy, disk and download.
struct ForecastCommand<Item: Reproduction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "forecast",
      abstract: "Forecast cells, hours, energy, disk and download after measuring a few steps.")
  }

  @OptionGroup var options: RequestOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var energy: EnergyOptions

  @Flag(help: "One line for each profile; --profile all is the same.")
  var allProfiles = false

  @Flag(
    help: "Do the work in a store of its own and compare; status 1 when it is 1.5 times off.")
  var check = false

  func run() throws {
    if allProfiles || options.profile == Self.allName {
      try forecastAll()
      return
    }
    let store = options.runStore
    guard check else {
      let (request, forecast) = try forecast(options, in: store)
      Console.result("\(Item.title), profile \(request.profile.identifier)\n" + forecast.text)
      return
    }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-forecast-\(UUID().uuidString)", isDirectory: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try AtomicFile.createFolder(folder)
    try compare(in: RunStore(root: folder))
  }

  private static var allName: String { "all" }

  private func forecast(
    _ options: RequestOptions, in store: RunStore
  ) throws -> (Request, CostForecast) {
    var request = try options.request(for: Item.self, needsData: false)
    request.device = try execution.checkedDevice().description
    request.threads = execution.threads
    let cells = try request.cells()
    let forecast = try CostForecast(
      cells.map { ($0.label, $0.specification) }, analyses: try Item.analyses(of: request),
      store: store, data: options.data.source, execution: execution, energy: energy)
    return (request, forecast)
  }

  private func forecastAll() throws {
    Console.result(Item.title)
    let width = Profile.all.map(\.identifier.count).max() ?? 0
    var basis: String?
    for profile in Profile.all {
      let name = profile.identifier.padding(toLength: width, withPad: " ", startingAt: 0)
      guard Item.methods.isEmpty || !Item.columns(of: profile).isEmpty else {
        Console.result("  \(name)  has no data set for it")
        continue
      }
      var options = options
      options.profile = profile.identifier
      let (_, forecast) = try forecast(options, in: options.runStore)
      Console.result("  \(name)  \(forecast.line)")
      basis = "on \(forecast.workers) worker(s); energy: \(forecast.power.basis)"
    }
    if let basis { Console.result("  \(basis)") }
  }

  /// Forecasts the runs of the request, makes them in an empty store, and compares.
  private func compare(in store: RunStore) throws {
    let (request, forecast) = try forecast(options, in: store)
    let cells = try request.cells()
    guard forecast.jobs > 0 else { throw RequestError.noCells(item: Item.title) }
    Console.result("\(Item.title), profile \(request.profile.identifier)\n" + forecast.text)
    let plan = try JobPlan(
      runs: cells.map { ($0.label, $0.specification) }, store: store,
      analyses: try Item.analyses(of: request))
    let report = try Launch(
      store: store, data: options.data.source, execution: execution, checkpointSeconds: 5
    ).perform(plan)
    try Launch.check(report, console: execution.console)
    let comparison = ForecastComparison(predicted: forecast.seconds, actual: report.seconds)
    Console.result(comparison.text)
    guard comparison.isGood else { throw ExitCode(ExitStatus.failure.rawValue) }
  }
}
