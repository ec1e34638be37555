import Foundation
import Reporting
import Reproduction
import RunStore
import Testing

@testable import Experiments
@testable import echoalign_figure5
@testable import echoalign_figure6
@testable import echoalign_figure7

/// Figures 5, 6 and 7 as a whole: what they plan, what their claims rest on, and their commands.
@Suite struct InformationReportTests {
  private static let nowhere = RunStore(root: .init(fileURLWithPath: "/nonexistent/store"))

  private func request<Item: Reproduction>(_ item: Item.Type, _ profile: Profile) -> Request {
    Request(
      profile: profile, methods: Item.methods, columns: Item.columns(of: profile),
      seeds: profile.seeds, isSelection: false)
  }

  private func report<Item: Reproduction>(_ item: Item.Type, _ profile: Profile) throws -> Report {
    let request = request(item, profile)
    return try Item.report(
      request, results: request.results(in: Self.nowhere), store: Self.nowhere)
  }

  @Test(arguments: Profile.all.map(\.identifier))
  func claimsRestOnQuantitiesOfTheReport(_ identifier: String) throws {
    let profile = try Profile.named(identifier)
    let reports = [
      try report(Figure5.self, profile), try report(Figure6.self, profile),
      try report(Figure7.self, profile),
    ]
    let claims = [Figure5Claims.all, Figure6Claims.all, Figure7Claims.all]
    for (report, claims) in zip(reports, claims) {
      #expect(report.judgements.map(\.claim) == claims)
      #expect(Set(claims.map(\.id)).count == claims.count)
      let known = Set(report.quantities.map(\.id))
      for claim in claims {
        guard case .quantities(let tests) = claim.rule else {
          Issue.record("\(claim.id) rests on no quantity")
          continue
        }
        for test in tests {
          #expect(known.contains(test.quantity), "\(claim.id): \(test.quantity)")
          if let rival = test.relation.rival {
            #expect(known.contains(rival), "\(claim.id): \(rival)")
          }
        }
      }
      // Nothing was run, and every verdict says so.
      #expect(report.judgements.allSatisfy { $0.verdict.word == .notRun })
      #expect(report.figures.isEmpty)
    }
  }

  @Test func runsAreThoseOfTheTables() throws {
    let five = try request(Figure5.self, .quick).cells()
    let seven = try request(Figure7.self, .quick).cells()
    #expect(five.count == 12 && seven.count == 9)
    #expect(Set(seven.map(\.key)).isSubset(of: Set(five.map(\.key))))
    #expect(try request(Figure6.self, .quick).cells().count == 27)
    #expect(try Figure6.analyses(of: request(Figure6.self, .quick)).isEmpty)
    #expect(try Figure5.analyses(of: request(Figure5.self, .quick)).count == 3 + 12)
    #expect(try Figure7.analyses(of: request(Figure7.self, .quick)).count == 2 * 3 + 9)
    // Where there is no generator, CE alone can be asked.
    #expect(try Figure5.analyses(of: request(Figure5.self, .paper)).count == 3)
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func commandsWriteWholeReportsAtTheSmallestScale() throws {
    let scratch = try ScratchFolder()
    let figures = [
      (
        "echoalign-figure5",
        ["mutual-information", "predictive-probability", "variance-over-seeds"]
      ),
      ("echoalign-figure6", ["losses"]),
      ("echoalign-figure7", ["characteristic-shift", "representations"]),
    ]
    for (name, expected) in figures {
      let command = BuiltCommand(name: name)
      let outcome = try command.run(
        ["run", "--profile", "smoke", "--quiet"], in: scratch.url)
      #expect(outcome.status == 0, "\(name): \(outcome.errors)")
      let folder = scratch.file("reports/\(name)-smoke")
      for figure in expected {
        let file = folder.appendingPathComponent("figures/\(figure).png")
        #expect(FileManager.default.fileExists(atPath: file.path), "\(file.path)")
      }
      let quantities = folder.appendingPathComponent("quantities.csv")
      let before = try Data(contentsOf: quantities)
      // Rendering alone gives the same numbers.
      let again = try command.run(["render", "--profile", "smoke"], in: scratch.url)
      #expect(again.status == 0, "\(name): \(again.errors)")
      #expect(try Data(contentsOf: quantities) == before)
    }
    let provenance = try String(
      contentsOf: scratch.file("reports/echoalign-figure5-smoke/provenance.json"), encoding: .utf8)
    #expect(!provenance.isEmpty)
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func oneSeedAndOneMethodAreEnoughForAReport() throws {
    let scratch = try ScratchFolder()
    for name in ["echoalign-figure5", "echoalign-figure6", "echoalign-figure7"] {
      let outcome = try BuiltCommand(name: name).run(
        ["run", "--profile", "smoke", "--methods", "ce", "--seeds", "1,", "--quiet"],
        in: scratch.url)
      #expect(outcome.status == 0, "\(name): \(outcome.errors)")
    }
  }
}
