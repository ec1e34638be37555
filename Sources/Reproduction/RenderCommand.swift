import ArgumentParser
import Experiments
import Foundation
import Reporting
import RunStore

/// Writes the report from the records that are there, training nothing.
struct RenderCommand<Item: Reproduction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "render", abstract: "Write the report again from finished runs.")
  }

  @OptionGroup var options: RequestOptions

  func run() throws {
    try Self.render(
      options, request: try options.request(for: Item.self), console: Console(isQuiet: false))
  }

  /// Writes the report and prints its table and where it is.
  static func render(_ options: RequestOptions, request: Request, console: Console) throws {
    let store = options.runStore
    let report = try Item.report(request, results: try request.results(in: store), store: store)
    let folder = options.reportFolder(for: Item.self, request)
    _ = try ReportWriter().write(report, to: folder)
    Console.result(TerminalTable(report).text)
    console.note("report: \(folder.appendingPathComponent("report.html").path)")
  }
}

/// Prints the verdicts, and fails with `--strict` when a claim that this profile can test does not hold.
struct CheckCommand<Item: Reproduction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "check", abstract: "Print the verdict on each claim from finished runs.")
  }

  @OptionGroup var options: RequestOptions

  @Flag(help: "End with status 1 when a testable claim fails or a planned run has no number.")
  var strict = false

  func run() throws {
    let request = try options.request(for: Item.self)
    let store = options.runStore
    let report = try Item.report(request, results: try request.results(in: store), store: store)
    if report.judgements.isEmpty { Console.result("no claim rests on \(Item.title)") }
    for judgement in report.judgements {
      Console.result("\(judgement.claim.id): \(judgement.verdict.text)")
    }
    if strict && report.hasFailedCheck { throw ExitCode(ExitStatus.failure.rawValue) }
  }
}
