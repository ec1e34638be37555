import LabelNoise
import Plotting
import Reporting
import Reproduction
import RunStore
import Testing

@testable import EchoAlignPaper
@testable import Experiments
@testable import echoalign_figure1
@testable import echoalign_figure2
@testable import echoalign_figure8

/// Figures 1, 2 and 8: drawings that need neither data nor store.
@Suite struct DiagramsTests {
  private static let nowhere = RunStore(root: .init(fileURLWithPath: "/nonexistent/store"))

  private func report<Item: Reproduction>(_ item: Item.Type, _ profile: Profile) throws -> Report {
    let request = Request(
      profile: profile, methods: [], columns: [], seeds: profile.seeds, isSelection: false)
    return try Item.report(
      request, results: request.results(in: Self.nowhere), store: Self.nowhere)
  }

  @Test(arguments: Profile.all.map(\.identifier))
  func diagramsAreDrawnAtEveryProfile(_ identifier: String) throws {
    let profile = try Profile.named(identifier)
    for report in [
      try report(Figure1.self, profile), try report(Figure2.self, profile),
      try report(Figure8.self, profile),
    ] {
      #expect(report.judgements.isEmpty && !report.hasFailedCheck)
      #expect(
        report.figures.count == (report.id == "echoalign-figure8" ? profile.benchmarks.count : 1))
      for figure in report.figures { try figure.figure.chart.validate() }
      let files = try ReportWriter().files(of: report)
      #expect(files["report.html"] != nil)
    }
  }

  @Test func frameworkHasTheParametersInUse() throws {
    let benchmark = try #require(Profile.quick.benchmarks.first)
    let diagram = Diagrams.framework(
      benchmark, .instance(InstanceDependentNoise(rate: 0.3)), isReduced: true)
    let details = Dictionary(uniqueKeysWithValues: diagram.nodes.map { ($0.id, $0.detail) })
    #expect(details["generator"] == "20 steps, guidance 8, control 0.2")
    #expect(details["threshold"]?.hasPrefix("τ = 0.4 ") == true)
    #expect(details["data"] == "2700 of Fashion-MNIST subset")
    let paper = try #require(Profile.paper.benchmarks.first)
    let without = Diagrams.framework(
      paper, .instance(InstanceDependentNoise(rate: 0.5)), isReduced: false)
    #expect(without.nodes.first { $0.id == "generator" }?.detail.contains("--echo-dir") == true)
    #expect(without.nodes.first { $0.id == "threshold" }?.detail.hasPrefix("τ = 0.52") == true)
  }

  @Test func examplePicturesAreShownWhereThereAreSome() throws {
    let example = GeneratorQuality.Example(
      cleanLabel: 1, label: 2, original: [1, 2, 3, 4], edges: [0, 0, 1, 1], modified: [4, 3, 2, 1])
    let diagram = Diagrams.comparison((example, clean: "shirt", noisy: "coat"))
    #expect(diagram.nodes.first { $0.id == "image" }?.picture?.bytes == [1, 2, 3, 4])
    #expect(diagram.nodes.first { $0.id == "modified" }?.picture?.bytes == [4, 3, 2, 1])
    #expect(diagram.nodes.first { $0.id == "label" }?.detail == "“coat”")
    #expect(Diagrams.comparison(nil).nodes.allSatisfy { $0.picture == nil })
  }

  @Test func theDrawnGraphHasNoArrowFromZToTheLabel() {
    let edges = Diagrams.causalGraphs().edges.map { [$0.from, $0.to] }
    #expect(edges.contains(["drawn-x", "drawn-y"]) && !edges.contains(["drawn-z", "drawn-y"]))
    #expect(edges.contains(["stated-z", "stated-t"]) && edges.contains(["change-y", "change-m"]))
  }
}
