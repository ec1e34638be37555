import Foundation
import Reporting
import Reproduction
import RunStore
import TestSupport
import Testing

@testable import EchoAlignPaper
@testable import Experiments
@testable import echoalign_table6
@testable import echoalign_table7

/// Tables 6 and 7; times are not deterministic, so rates are given by hand.
@Suite struct ThroughputTests {
  private static let nowhere = RunStore(root: .init(fileURLWithPath: "/nonexistent/store"))

  private func request(_ profile: Profile) -> Request {
    Request(profile: profile, methods: [], columns: [], seeds: [1, 2, 3], isSelection: false)
  }

  /// Seconds for each batch that fall with it and grow with the pixels.
  private func throughput(_ seconds: (_ side: Int, _ batch: Int) -> Double) -> Throughput {
    let sides = [28, 56, 84]
    return Throughput(
      device: "cpu", hardware: "a machine",
      measured: GenerationThroughput(
        points: sides.flatMap { side in
          [1, 8, 16].map { batch in
            .init(
              side: side, batch: batch,
              seconds: [0.99, 1, 1.01].map { $0 * seconds(side, batch) })
          }
        }))
  }

  private func judge(_ throughput: Throughput?) -> [String: Verdict.Word] {
    let facts = ProfileFacts(name: "quick", isPaperScale: false, dataSets: [:], differences: [])
    let judgements = ClaimJudge(profile: facts).judge(
      ThroughputClaims.resolutions, on: .empty,
      quantities: ThroughputClaims.quantities(throughput))
    return Dictionary(uniqueKeysWithValues: judgements.map { ($0.claim.id, $0.verdict.word) })
  }

  @Test func hoursAreExtrapolated() throws {
    let rates = throughput { _, batch in 2 * Double(batch) }
    let point = try #require(rates.point(side: 56, batch: 8))
    expectClose(point.mean, 2)
    expectClose(point.hours(.cifar10), 2 * 50_000 / 3600.0)
    expectClose(point.hours(.clothing1M), 2 * 1_000_000 / 3600.0)
    #expect(rates.sides == [28, 56, 84] && rates.batches == [1, 8, 16])
  }

  @Test func ordersDecide() {
    let asPrinted = throughput { side, batch in
      Double(side * side) * Double(batch) / (1 + 0.5 * log(Double(batch)))
    }
    #expect(
      judge(asPrinted) == [
        "echoalign-29-batch": .reproduced, "echoalign-29-resolution": .reproduced,
      ])
    let withoutGain = throughput { side, batch in
      Double(side * side) * Double(batch) * (1 + 0.1 * log(Double(batch)))
    }
    #expect(
      judge(withoutGain) == [
        "echoalign-29-batch": .contradicted, "echoalign-29-resolution": .reproduced,
      ])
    #expect(
      judge(nil) == ["echoalign-29-batch": .notRun, "echoalign-29-resolution": .notRun])
  }

  @Test func printedHoursContradictEachOther() throws {
    let request = request(.quick)
    let report = try Table7.report(
      request, results: request.results(in: Self.nowhere), store: Self.nowhere)
    let quotients = Dictionary(
      uniqueKeysWithValues: report.quantities.map { ($0.id, $0.values.first ?? .nan) })
    expectClose(
      try #require(quotients["printed-ratio/devices"]), (504.5 / 338.2) / (18.5 / 8.5))
    expectClose(try #require(quotients["printed-ratio/batch"]), 1 / (18.5 / 17.2))
    expectClose(try #require(quotients["printed-ratio/sizes"]), 504.5 / 18.5 / 20)
    expectClose(try #require(quotients["printed-ratio/sizes-256"]), 129.5 / 4.5 / 20)
    expectClose(try #require(quotients["printed-ratio/sizes-512"]), 504.5 / 17.2 / 20)
    let words = Dictionary(
      uniqueKeysWithValues: report.judgements.map { ($0.claim.id, $0.verdict.word) })
    for part in ["devices", "batch", "sizes"] {
      #expect(words["echoalign-31-\(part)"] == .notReproduced)
    }
    #expect(words["echoalign-30"] == .notTestable && words["echoalign-32"] == .notTestable)
  }

  @Test func sizesAreMultiplesOfTheProfilesOwn() throws {
    for profile in [Profile.smoke, .quick, .cifar] {
      let specification = try #require(Throughput.specification(for: request(profile)))
      let patch = specification.configuration.size.patch
      #expect(specification.sides.allSatisfy { $0 % patch == 0 })
      let side = try #require(specification.sides.first)
      #expect(specification.sides == [side, 2 * side, 3 * side])
    }
    #expect(Throughput.specification(for: request(.paper)) == nil)
  }

  @Test func reportsSayWhatIsNotMeasured() throws {
    for (profile, words) in [(Profile.quick, "Nothing is measured"), (.paper, "has no generator")] {
      let request = request(profile)
      let report = try Table6.report(
        request, results: request.results(in: Self.nowhere), store: Self.nowhere)
      #expect(report.notes.contains { $0.contains(words) })
      #expect(report.judgements.allSatisfy { $0.verdict.word == .notRun })
      #expect(report.listings.first?.rows.count == 9)
      _ = try ReportWriter().files(of: report)
    }
  }
}
