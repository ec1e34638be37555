import Foundation
import Plotting
import Reporting
import Reproduction
import RunStore
import Testing

@testable import EchoAlignPaper
@testable import Experiments
@testable import echoalign_table8

/// Table 8: which examples are shown, and how the implied claim is judged.
@Suite struct ExamplesTests {
  private static let nowhere = RunStore(root: .init(fileURLWithPath: "/nonexistent/store"))

  private func request(_ profile: Profile, echoFolder: URL? = nil) -> Request {
    Request(
      profile: profile, methods: [], columns: Table8.columns(of: profile), seeds: [1, 2],
      isSelection: false, echoFolder: echoFolder)
  }

  /// A quality of four pixels an image, with the labels given, at the points that a profile illustrates.
  private func quality(labels: [Int], overlaps: [Double]) throws -> GeneratorQuality {
    let benchmark = try #require(Profile.quick.benchmarks.first)
    let specification = try #require(Request.quality(of: benchmark))
    let points = zip([specification.samplings[0]] + specification.illustrated, overlaps).map {
      GeneratorQuality.Point(sampling: $0, labelAgreement: 0.9, edgeOverlap: $1)
    }
    let examples = labels.enumerated().map { index, label in
      GeneratorQuality.Example(
        cleanLabel: (label + 1) % 10, label: label, original: [0, 1, 2, UInt8(index)],
        edges: [0, 1, 0, 1], modified: [9, 9, 9, UInt8(index)])
    }
    return GeneratorQuality(
      points: points, unrelatedOverlap: 0.2, judgeAccuracy: 0.8, imageCount: 4, examples: examples,
      galleries: specification.illustrated.map {
        .init(sampling: $0, images: labels.map { [7, 7, 7, UInt8($0)] })
      }, classNames: (0..<10).map { "class \($0)" })
  }

  @Test func fourPointsAreIllustrated() throws {
    for profile in [Profile.smoke, .quick, .cifar] {
      let benchmark = try #require(profile.benchmarks.first)
      let specification = try #require(Request.quality(of: benchmark))
      let own = try #require(specification.samplings.first)
      #expect(specification.illustrated.count == 3)
      #expect(
        Set(specification.illustrated)
          == [own.controlled(by: 0), own.controlled(by: 1), own.guided(by: 1)])
      #expect(Set(specification.samplings).isSuperset(of: specification.illustrated))
    }
  }

  @Test func tableOneSharesTheMeasurement() throws {
    let benchmark = try #require(Profile.quick.benchmarks.first)
    let specification = try #require(Request.quality(of: benchmark))
    #expect(try Table8.analyses(of: request(.quick)) == [.quality(specification)])
    #expect(try Table8.analyses(of: request(.paper)).isEmpty)
  }

  @Test func everyLabelIsShownBeforeAnyTwice() throws {
    let examples = Examples(
      try quality(labels: [3, 3, 5, 3, 1, 5], overlaps: [0.5, 0.2, 0.6, 0.5]))
    #expect(examples.shown(3) == [0, 2, 4])
    #expect(examples.shown(4) == [0, 2, 4, 1])
    #expect(examples.shown(20).count == 6)
    #expect(
      examples.sources.map(\.identifier) == ["in-use", "no-control", "full-control", "no-guidance"])
    #expect(examples.name(ofClass: 3) == "class 3" && examples.name(ofClass: 12) == "12")
    #expect(examples.sources[1].edgeOverlap == 0.2)
  }

  @Test func channelsStandSideBySide() throws {
    let example = GeneratorQuality.Example(
      cleanLabel: 0, label: 1, original: [], edges: [0, 1, 1, 0], modified: [])
    let raster = ExamplesFigures.image(
      [1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24], like: example)
    #expect(raster.bytes == [1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24])
    #expect(raster.width == 2 && raster.channels == 3)
    #expect(ExamplesFigures.edges(example).bytes == [0, 255, 255, 0])
  }

  @Test(arguments: [Profile.smoke.identifier, "quick", "cifar", "paper"])
  func emptyStoreNamesWhatIsAbsent(_ identifier: String) throws {
    let request = request(try Profile.named(identifier))
    let report = try Table8.report(
      request, results: request.results(in: Self.nowhere), store: Self.nowhere)
    let rows = try #require(report.listings.first).rows
    #expect(rows.map { $0[0] } == ["ControlNet", "UniControl", "GPT-4", "Gemini"])
    #expect(rows.allSatisfy { $0[4].hasPrefix("absent: ") })
    #expect(report.judgements.map(\.verdict.word) == [.notRun, .notRun])
    #expect(report.figures.isEmpty && !report.notes.isEmpty)
    _ = try ReportWriter().files(of: report)
  }
}
