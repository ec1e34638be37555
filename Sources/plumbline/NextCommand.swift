import ArgumentParser
import Foundation
import Reporting
import Reproduction
import RunStore

/// Spends one budget over several reproductions, the most informative claims of all first.
///
/// Each reproduction is an executable of its own, so each is asked what it could do next; all claims are then ranked
/// together, with shared runs counted once, and each reproduction makes what was chosen of it.
struct NextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "next",
    abstract: "Spend a budget of time on the inconclusive claims of several reproductions.",
    discussion: "Other options, such as --profile, are handed to the reproductions.")

  @Option(help: "The time to spend, such as 30m, 2h, 90s or 1h30m.")
  var budget = "30m"

  @Option(help: "The reproductions, as a list such as echoalign-table1,echoalign-table3.")
  var items: String

  @Flag(help: "Print the claims, what each costs and which are chosen; run nothing.")
  var plan = false

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var others: [String] = []

  func run() throws {
    let budget = try TimeBudget(parsing: budget)
    let names = items.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    guard !names.isEmpty else { throw ValidationError("--items names nothing") }
    // A worker's signals are for the reproduction: this process waits for it to end.
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number) { _ in } }
    let surveys = try names.compactMap(survey)
    guard let first = surveys.first else {
      Console.result("no claim rests on runs of \(names.joined(separator: ", "))")
      return
    }
    let claims = surveys.flatMap(\.claims)
    let prices = surveys.flatMap(\.prices)
    let pending = try self.pending(surveys, budget: budget)
    let chosen =
      pending.isEmpty
      ? BudgetPlan(
        claims, prices: prices, workers: first.workers, seconds: Double(budget.seconds))
      : BudgetPlan(claims, prices: prices, workers: first.workers, chosen: pending)
    Console.result(
      NextTable(
        chosen, power: first.power, budget: budget, remarks: surveys.flatMap(\.remarks),
        isContinued: !pending.isEmpty, showsItem: true
      ).text)
    guard !plan else { return }
    let active = surveys.filter { survey in chosen.chosen.contains { $0.item == survey.item } }
    // All choices are written first, so that a stop on the way loses none.
    for survey in active {
      try NextChoice(
        budget: budget, request: survey.request,
        claims: chosen.chosen.filter { $0.item == survey.item }
      ).write(to: survey.choiceFile)
    }
    for survey in active {
      let process = try start(survey.item, ["--budget", budget.text])
      process.waitUntilExit()
      guard process.terminationStatus == 0 else { throw ExitCode(process.terminationStatus) }
    }
  }

  /// The places of claims that were chosen for this budget before, over all reproductions.
  private func pending(_ surveys: [NextSurvey], budget: TimeBudget) throws -> [Int] {
    var start = 0
    var places: [Int] = []
    for survey in surveys {
      places += try survey.pending(for: budget).map { $0 + start }
      start += survey.claims.count
    }
    return places
  }

  /// What a reproduction could do next; nil when no claim rests on its runs.
  private func survey(_ item: String) throws -> NextSurvey? {
    let output = Pipe()
    let process = try start(item, ["--offer"], output: output)
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ExitCode(process.terminationStatus) }
    return data.isEmpty ? nil : try CanonicalJSON.decode(NextSurvey.self, from: data)
  }

  /// Starts a reproduction, which lies beside this executable.
  private func start(_ item: String, _ arguments: [String], output: Pipe? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent(item)
    process.arguments = ["next"] + arguments + others
    if let output { process.standardOutput = output }
    do {
      try process.run()
    } catch {
      throw ValidationError("no reproduction '\(item)' beside this executable")
    }
    return process
  }
}
