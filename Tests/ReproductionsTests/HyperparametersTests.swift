import Experiments
import Methods
import Reporting
import Reproduction
import RunStore
import Testing

@testable import EchoAlignPaper
@testable import echoalign_table5

/// Table 5: what is listed is what runs are made of.
@Suite struct HyperparametersTests {
  private let report: Report

  init() throws {
    let store = RunStore(root: .init(fileURLWithPath: "/nonexistent/store"))
    let request = Request(
      profile: .quick, methods: [], columns: [], seeds: [1], isSelection: false)
    report = try Table5.report(request, results: request.results(in: store), store: store)
  }

  @Test func thePaperProfileHasThePrintedProtocol() throws {
    let settings = report.quantities.filter { $0.id.hasPrefix("paper-profile/") }
    #expect(settings.count == 12)
    for quantity in settings {
      #expect(quantity.values == [try #require(quantity.publishedValue)], "\(quantity.id)")
    }
    let listing = try #require(report.listings.first { $0.id == "protocol" })
    let decay = try #require(listing.rows.first { $0[0].hasPrefix("lr decay") })
    #expect(decay[1] == "100, 150" && decay.suffix(2).allSatisfy { $0 == "100, 150" })
  }

  @Test func verdictsFollowFromTheConfigurations() {
    let words = Dictionary(
      uniqueKeysWithValues: report.judgements.map { ($0.claim.id, $0.verdict.word) })
    #expect(words["echoalign-26-algorithm"] == .reproduced)
    #expect(words["echoalign-26-code"] == .notReproduced)
    for number in ["37", "38", "41", "42"] {
      #expect(words["echoalign-\(number)"] == .notTestable)
    }
    #expect(words.count == 6)
  }

  @Test func everyMethodIsListedWithItsValues() throws {
    let listing = try #require(report.listings.first { $0.id == "methods" })
    let withValues = try MethodCatalog.entries.filter {
      try !HyperparameterRow.rows(of: $0, classes: 10).isEmpty
    }
    #expect(Set(listing.rows.map { $0[0] }) == Set(withValues.map(\.displayName)))
    #expect(withValues.count >= MethodCatalog.entries.count - 2)
    let threshold = try #require(
      listing.rows.first { $0[0] == "EchoAlign A (paper)" && $0[1] == "threshold fixed" })
    #expect(
      threshold[2]
        == "0.4 (symmetric-30, instance-30); 0.52 (symmetric-50, pairflip-45, instance-50)")
    #expect(threshold[3] == "the same")
    let clip = try #require(listing.rows.first { $0[0] == "BLTM" && $0[1] == "noise bound" })
    #expect(clip.dropFirst(2).allSatisfy { $0 == "0.1" })
  }

  @Test func valuesAreThoseOfTheSpecification() throws {
    var recipe = EchoAlign.Configuration.released(noiseRate: 0.5, isSymmetric: false)
    recipe.fineTuneShare = 0.125
    let values = try Hyperparameters(.echoAlign(recipe))
    #expect(values["fine tune share"] == "0.125")
    #expect(values["selector"] == "similarity")
    #expect(values["threshold fixed"] == "0.52")
    recipe.threshold = .mixture
    let others = try Hyperparameters(.echoAlign(recipe))
    #expect(others["threshold"] == "mixture" && others["threshold fixed"] == nil)
  }

  @Test func numbersAsText() {
    #expect(PlainNumber.text(45_000) == "45000")
    #expect(PlainNumber.text(0.1) == "0.1")
    #expect(PlainNumber.text(1e-4) == "0.0001")
    #expect(PlainNumber.text(.infinity) == "∞")
    #expect(PlainNumber.significant(0.012345) == "0.0123")
    #expect(PlainNumber.significant(12345) == "12345")
    #expect(PlainNumber.significant(0.99999) == "1.00")
  }
}
