import EchoAlignPaper
import Experiments
import Foundation
import Reporting
import Reproduction
import RunStore
import Testing

@testable import echoalign_figure3
@testable import echoalign_figure4
@testable import echoalign_table1
@testable import echoalign_table4

/// Table 4, Figures 3 and 4: what they plan, what they say of nothing, and that they run.
@Suite struct SelectionReproductionsTests {
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

  @Test func figureThreeMeasuresNothingThatTableFourDoesNot() throws {
    let table = request(Table4.self, .quick)
    let all = Set(try Table4.analyses(of: table))
    // Similarities and outputs of two noises and three seeds.
    #expect(all.count == 12)
    let figure = Set(try Figure3.analyses(of: request(Figure3.self, .quick)))
    #expect(figure.count == 6 && figure.isSubset(of: all))
  }

  @Test func theUsualThresholdIsTrainedByTableOne() throws {
    let shared = Set(try request(Table1.self, .quick).cells().map(\.key))
    let cells = try request(Figure4.self, .quick).cells()
    #expect(Set(cells.map(\.key)).count == 9 * 2 * 3)
    let own = cells.filter { !shared.contains($0.key) }
    #expect(own.count == 8 * 2 * 3)
    #expect(own.allSatisfy { $0.method.identifier != "echoalign-a-tau-0.40" })
    #expect(Set(Figure4.methods.map(\.identifier)).count == 9)
    // Two noises at two rates, three seeds.
    #expect(Set(Figure4.analyses(of: request(Figure4.self, .quick))).count == 12)
  }

  @Test(arguments: Profile.all.map(\.identifier))
  func emptyStoresGiveNoVerdictAndSayWhy(_ identifier: String) throws {
    let profile = try Profile.named(identifier)
    for report in [
      try report(Table4.self, profile), try report(Figure3.self, profile),
      try report(Figure4.self, profile),
    ] {
      #expect(Set(report.judgements.map(\.verdict.word)).isSubset(of: [.notRun, .notTestable]))
      #expect(report.hasFailedCheck && report.figures.isEmpty)
      #expect(Set(report.judgements.map(\.claim.id)).count == report.judgements.count)
    }
  }

  @Test func everyClaimNamesQuantitiesOfItsReport() throws {
    func check(_ report: Report, without: Set<String> = []) {
      let known = Set(report.quantities.map(\.id))
      for judgement in report.judgements where !without.contains(judgement.claim.dataset) {
        guard case .quantities(let tests) = judgement.claim.rule else { continue }
        for name in tests.flatMap({ [$0.quantity] + ($0.relation.rival.map { [$0] } ?? []) }) {
          #expect(known.contains(name), "\(judgement.claim.id): \(name)")
        }
      }
    }
    check(try report(Table4.self, .quick))
    check(try report(Figure3.self, .quick))
    check(try report(Figure4.self, .quick), without: ["CIFAR-100"])
    check(try report(Figure4.self, .paper))
  }

  @Test func printedNumbersStandBesideTheMeasuredOnes() throws {
    let report = try report(Table4.self, .quick)
    let printed = Dictionary(
      uniqueKeysWithValues: report.quantities.compactMap { quantity in
        quantity.publishedValue.map { (quantity.id, $0) }
      })
    #expect(printed.count == 12)
    #expect(printed["echoselect/instance-30/96"] == 100 * 26_524 / 50_000.0)
    #expect(printed["bltm-predicted/instance-50/98"] == 100 * 5098 / 50_000.0)
    #expect(printed["ratio-bltm-predicted/instance-30/99"] == 19_010 / 10_673.0)
    #expect(report.listings.first?.rows.count == 16)
    #expect(report.profile.differences.contains { $0.topic == "Similarity" })
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func allThreeRunOnTheSmallestScaleFromOneStore() throws {
    let scratch = try ScratchFolder()
    let options = ["--profile", "smoke", "--quiet"]
    for (name, figures) in [
      ("echoalign-table4", ["accuracy-against-count.svg", "kept-at-targets.svg"]),
      ("echoalign-figure3", ["similarities.svg", "similarities-by-seed.svg"]),
      (
        "echoalign-figure4", ["accuracy-by-threshold.svg", "count-and-accuracy.svg", "balance.svg"]
      ),
    ] {
      let command = BuiltCommand(name: name)
      let outcome = try command.run(["run"] + options, in: scratch.url)
      #expect(outcome.status == 0, "\(name): \(outcome.errors)")
      let folder = scratch.file("reports/\(name)-smoke")
      for file in ["report.md", "report.html", "claims.json", "quantities.csv"]
        + figures.map({ "figures/\($0)" })
      {
        #expect(
          FileManager.default.fileExists(atPath: folder.appendingPathComponent(file).path),
          "\(name) lacks \(file)")
      }
      let before = try Data(contentsOf: folder.appendingPathComponent("report.md"))
      let again = try command.run(["render", "--profile", "smoke"], in: scratch.url)
      #expect(again.status == 0, "\(name): \(again.errors)")
      #expect(try Data(contentsOf: folder.appendingPathComponent("report.md")) == before)
    }
  }
}
