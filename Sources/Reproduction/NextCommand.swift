import ArgumentParser
import Experiments
import Foundation
import Reporting
import RunStore
import Workers

/// Adds seeds to the cells of those inconclusive claims that a budget of time is best spent on.
struct NextCommand<Item: Reproduction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "next",
      abstract: "Spend a budget of time on the inconclusive claims, the most informative first.")
  }

  @OptionGroup var options: RequestOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var energy: EnergyOptions

  @Option(help: "The time to spend, such as 30m, 2h, 90s or 1h30m.")
  var budget = "30m"

  @Flag(help: "Print the claims, what each costs and which are chosen; run nothing.")
  var plan = false

  @Flag(help: .hidden)
  var offer = false

  @Option(help: "The least seconds between two checkpoints of a run.")
  var checkpointSeconds = 5.0

  func run() throws {
    let budget = try TimeBudget(parsing: budget)
    guard !Item.methods.isEmpty else {
      if !offer { Console.result("\(Item.title): no claim rests on runs of its own") }
      return
    }
    var request = try options.request(for: Item.self, needsData: !plan && !offer)
    request.device = try execution.checkedDevice().description
    request.threads = execution.threads
    execution.configureProcess()
    let store = options.runStore
    let before = try NextState<Item>(request, store: store)
    let survey = try before.survey(
      data: options.data.source, execution: execution, energy: energy,
      choiceFile: choiceFile(request))
    if offer {
      Console.result(String(decoding: try CanonicalJSON.encode(survey), as: UTF8.self))
      return
    }
    let chosen = try survey.plan(for: budget)
    Console.result(
      "\(Item.title), profile \(request.profile.identifier)\n"
        + NextTable(
          chosen, power: survey.power, budget: budget, remarks: survey.remarks,
          isContinued: try !survey.pending(for: budget).isEmpty
        ).text)
    guard !plan else { return }
    var report: PoolReport?
    var after = before
    if !chosen.chosen.isEmpty {
      report = try work(chosen, of: before, survey, budget: budget)
      after = try NextState<Item>(request, store: store)
      Console.result(Self.changes(from: before, to: after))
    }
    if !after.report.results.furtherSeeds.isEmpty { try write(after, request, budget: budget) }
    try Launch.check(report, console: execution.console)
  }

  /// Makes the runs of the chosen claims.
  private func work(
    _ plan: BudgetPlan, of state: NextState<Item>, _ survey: NextSurvey, budget: TimeBudget
  ) throws -> PoolReport {
    let store = state.store
    // A store that cannot be written is told before anything is read or trained.
    try AtomicFile.createFolder(store.root)
    let looks = LookSchedule(planned: state.request.seeds)
    var cells: [Request.PlannedCell] = []
    for chosen in plan.chosen {
      guard
        let claim = state.report.judgements.first(where: { $0.claim.id == chosen.claim })?.claim,
        let look = (1...looks.count).map(looks.look).first(where: { $0.seeds.count == chosen.total }
        )
      else { continue }
      cells += try state.cells(of: claim, look)
    }
    try cells.checkData(of: state.request, source: options.data.source)
    try NextChoice(budget: budget, request: survey.request, claims: plan.chosen)
      .write(to: survey.choiceFile)
    let jobs = try JobPlan(runs: cells.map { ($0.label, $0.specification) }, store: store)
    execution.console.note("\(jobs.runCount) runs to train, on \(state.request.device)")
    let report = try Launch(
      store: store, data: options.data.source, execution: execution,
      checkpointSeconds: checkpointSeconds
    ).perform(jobs)
    try? FileManager.default.removeItem(at: survey.choiceFile)
    execution.console.note(
      ForecastComparison(predicted: plan.seconds, actual: report.seconds).text)
    return report
  }

  /// Each claim's verdict before and after, a line each.
  private static func changes(from before: NextState<Item>, to after: NextState<Item>) -> String {
    zip(before.report.judgements, after.report.judgements).enumerated().map { place, pair in
      let (old, new) = (pair.0.verdict.text, pair.1.verdict.text)
      let own = before.planned[place]
      let differs = own.word != pair.0.verdict.word
      return "\(pair.0.claim.id): " + (old == new ? "\(old), as before" : "\(old) → \(new)")
        + (differs ? " (\(own.text) in the report of the planned seeds, at one look)" : "")
    }.joined(separator: "\n")
  }

  private func write(_ state: NextState<Item>, _ request: Request, budget: TimeBudget) throws {
    let own = options.reportFolder(for: Item.self, request)
    let folder = own.deletingLastPathComponent()
      .appendingPathComponent(own.lastPathComponent + "-next", isDirectory: true)
    var report = state.report
    report.title += ", with further seeds"
    report.command = request.command("make next TABLE=\(Item.identifier) BUDGET=\(budget.text)")
    _ = try ReportWriter().write(report, to: folder)
    execution.console.note("report: \(folder.appendingPathComponent("report.html").path)")
  }

  /// Where the choice is kept: by the name of the report, so that each profile has its own.
  private func choiceFile(_ request: Request) -> URL {
    let name = options.reportFolder(for: Item.self, request).lastPathComponent
    return options.runStore.root.appendingPathComponent("next", isDirectory: true)
      .appendingPathComponent(name + ".json")
  }
}

extension [Request.PlannedCell] {
  /// Reads what the runs need of data, so that missing or damaged files are told before any worker starts.
  ///
  /// - Throws: ``Datasets/DatasetError``.
  func checkData(of request: Request, source: DataSource) throws {
    let shelf = DataShelf(source: source, device: .cpu)
    for data in Set(map(\.specification.data)) { try shelf.check(data) }
    for noise in Set(map(\.specification.noise)) where noise.needsGivenLabels {
      for benchmark in request.benchmarks { _ = try shelf.givenLabels(noise, for: benchmark.data) }
    }
  }
}
