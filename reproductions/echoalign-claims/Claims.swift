// The ledger: every claim of the EchoAlign paper with the verdict that follows from the reports that are there.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1.
// Command: make claims (reads reports/*/claims.json; trains nothing, measures nothing).
// Cost: about a second.
// Output: reports/index.html, reports/claims.md and reports/claims.json.

import ArgumentParser
import EchoAlignPaper
import Foundation
import Reporting
import Reproduction
import RunStore

struct ClaimsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "echoalign-claims",
    abstract: "Write the verdict on every claim of the EchoAlign paper, from finished reports.")

  @Option(help: "The folder of the reports, which the ledger is written into.")
  var reports = "reports"

  @Flag(help: "Print the ledger as JSON.")
  var json = false

  @Flag(help: "End with status 1 when a tested claim does not hold, or a report is stale.")
  var strict = false

  @Flag(help: "Say nothing but errors and results.")
  var quiet = false

  func run() throws {
    let folder = URL(fileURLWithPath: reports, isDirectory: true)
    let ledger = Ledger(EchoAlignLedger.declaration, reports: try ReportFolder.all(in: folder))
    let writer = LedgerWriter()
    try writer.write(ledger, to: folder)
    if json {
      FileHandle.standardOutput.write(try writer.json(of: ledger))
    } else {
      for verdict in ledger.verdicts {
        Console.result("\(verdict.entry.number): \(verdict.verdict.text)")
      }
    }
    let console = Console(isQuiet: quiet)
    let counts = ledger.counts.map { "\($0.count) \($0.word.rawValue)" }
    console.note("\(ledger.verdicts.count) claims: \(counts.joined(separator: ", "))")
    for report in ledger.reports where ledger.standing(of: report) == .stale {
      console.note("stale: \(report.name) has other claims than the declared ones")
    }
    console.note("ledger: \(folder.appendingPathComponent("index.html").path)")
    if strict && ledger.hasFailedCheck { throw ExitCode(ExitStatus.failure.rawValue) }
  }
}

@main
enum Main {
  static func main() { CommandLineProgram.execute(ClaimsCommand.self, name: "echoalign-claims") }
}
