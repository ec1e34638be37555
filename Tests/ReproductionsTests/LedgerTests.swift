import EchoAlignPaper
import Experiments
import Foundation
import Reporting
import Reproduction
import RunStore
import Testing

@testable import echoalign_figure1
@testable import echoalign_figure2
@testable import echoalign_figure3
@testable import echoalign_figure4
@testable import echoalign_figure5
@testable import echoalign_figure6
@testable import echoalign_figure7
@testable import echoalign_figure8
@testable import echoalign_table1
@testable import echoalign_table2
@testable import echoalign_table3
@testable import echoalign_table4
@testable import echoalign_table5
@testable import echoalign_table6
@testable import echoalign_table7
@testable import echoalign_table8
@testable import echoalign_theorem31

/// The ledger: its list of claims, the digests that it knows, and its command.
@Suite struct LedgerTests {
  private let command = BuiltCommand(name: "echoalign-claims")
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func report<Item: Reproduction>(_ item: Item.Type, _ profile: Profile) throws -> Report {
    let request = Request(
      profile: profile, methods: Item.methods, columns: Item.columns(of: profile),
      seeds: profile.seeds, isSelection: false)
    let nowhere = RunStore(root: .init(fileURLWithPath: "/nonexistent/store"))
    return try Item.report(request, results: request.results(in: nowhere), store: nowhere)
  }

  /// A report of one claim about one number.
  private func measured(_ value: Double) -> Report {
    let claim = PaperClaim(
      id: "echoalign-04", quotation: "distributions differ", place: "Figure 3",
      version: EchoAlignTable.version, dataset: "",
      rule: .quantities([QuantityTest(quantity: "d", relation: .above(0))]), scale: .anyProfile)
    let facts = ProfileFacts(name: "quick", isPaperScale: false, dataSets: [:], differences: [])
    return Report(
      id: "made-by-hand", title: "Made by hand",
      paper: .init(title: "A paper", version: "v1", item: "Figure 3"), introduction: [],
      command: "make figure3", profile: facts, results: .empty, tables: [],
      judgements: ClaimJudge(profile: facts).judge(
        [claim], on: .empty, quantities: [Quantity(exact: value, id: "d", name: "D")]))
  }

  private func write(_ report: Report) throws {
    try ReportWriter().write(report, to: scratch.file("reports/\(report.id)"))
  }

  private func run(_ arguments: [String]) throws -> BuiltCommand.Outcome {
    try command.run(arguments, in: scratch.url)
  }

  @Test func everyNumberOfTheListIsThere() {
    let entries = EchoAlignLedger.entries
    #expect(entries.map(\.number) == Array(1...43))
    for entry in entries {
      let number = String(format: "echoalign-%02d", entry.number)
      #expect(entry.claimPrefixes.first == number)
      #expect(!entry.words.isEmpty && !entry.rule.isEmpty && !entry.needs.isEmpty)
      #expect(entry.words.count < 200, "a short quotation")
    }
  }

  private static let items: [any Reproduction.Type] = [
    Table1.self, Table2.self, Table3.self, Table4.self, Table5.self, Table6.self, Table7.self,
    Table8.self, Figure1.self, Figure2.self, Figure3.self, Figure4.self, Figure5.self,
    Figure6.self, Figure7.self, Figure8.self, Theorem31.self,
  ]

  @Test func everyDeclaredClaimBelongsToANumber() throws {
    for profile in Profile.all {
      for item in Self.items {
        for judgement in try report(item, profile).judgements {
          let id = judgement.claim.id
          #expect(EchoAlignLedger.entries.contains { $0.isDecided(by: id) }, "\(id)")
        }
      }
    }
  }

  @Test func theDigestsAreThoseOfTheDeclaredClaims() throws {
    let known = EchoAlignLedger.declaration.digests
    for profile in Profile.all {
      for item in Self.items {
        let report = try report(item, profile)
        let digest = try PaperClaim.digest(of: report.judgements.map(\.claim))
        #expect(
          known[report.id]?.contains(digest) == true,
          "\(report.id) at \(profile.identifier) declares \(digest)")
      }
    }
  }

  @Test func theLedgerIsWrittenBesideTheReports() throws {
    try write(measured(0.5))
    let outcome = try run([])
    #expect(outcome.status == 0, "found: \(outcome.errors)")
    #expect(outcome.output.contains("\n4: reproduced\n"))
    #expect(outcome.output.split(separator: "\n").count == 43)
    for name in ["index.html", "claims.md", "claims.json"] {
      #expect(FileManager.default.fileExists(atPath: scratch.file("reports/\(name)").path))
    }
    let page = try Data(contentsOf: scratch.file("reports/index.html"))
    let json = try run(["--json", "--quiet"])
    #expect(json.errors.isEmpty)
    let document = try CanonicalJSON.decodeStrictly(
      LedgerDocument.self, from: Data(json.output.utf8))
    #expect(document.claims.count == 43 && document.reports.map(\.standing) == [.undeclared])
    #expect(try Data(contentsOf: scratch.file("reports/index.html")) == page, "other bytes")
  }

  @Test func strictFailsOnAClaimThatDoesNotHold() throws {
    try write(measured(0.5))
    #expect(try run(["--strict"]).status == 0)
    try write(measured(-0.5))
    #expect(try run([]).status == 0)
    let outcome = try run(["--strict"])
    #expect(outcome.status == 1 && outcome.output.contains("\n4: contradicted\n"))
  }

  @Test func aReportWithOtherClaimsIsStale() throws {
    var report = measured(0.5)
    report.id = "echoalign-table1"
    try write(report)
    let outcome = try run(["--strict"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("stale: echoalign-table1"))
    #expect(outcome.output.contains("\n4: not run\n"))
  }

  @Test func wrongInputEndsWithItsStatus() throws {
    let missing = try run([])
    #expect(missing.status == 66 && missing.errors.contains("no folder of reports at"))
    try write(measured(0.5))
    try Data("{\"schema\":1".utf8).write(to: scratch.file("reports/made-by-hand/claims.json"))
    let damaged = try run([])
    #expect(damaged.status == 65)
    #expect(damaged.errors.contains("made-by-hand/claims.json is damaged"))
    #expect(damaged.errors.split(separator: "\n").count == 1)
    #expect(try run(["--bogus"]).status == 64)
  }
}
