import Foundation
import RunStore
import TestSupport
import Testing

@testable import Reporting

@Suite struct LedgerPageTests {
  private typealias Made = LedgerSamples

  private func cells() -> [TableCell] {
    [
      Made.cell("ce", "x", mean: 0.50, spread: 0.03, published: 0.60, publishedSpread: 0.04),
      Made.cell("b", "x", mean: 0.70, published: 0.65),
      Made.cell("c", "x", mean: nil, published: 0.66, state: "not available"),
      Made.cell("ce", "y", mean: 0.50, published: 0.48), Made.cell("b", "y", mean: 0.55),
      Made.cell("c", "y", mean: 0.62, published: 0.60),
      Made.cell("d", "x", mean: 0.60, published: 0.6),
      Made.cell("d", "y", mean: 0.6, published: 0.58),
      Made.cell("ctl", "x", mean: 0.9), Made.cell("ctl", "y", mean: 0.9),
    ]
  }

  private func ledger(_ words: String = "is better") throws -> Ledger {
    let report = try Made.report(
      [
        ("echoalign-01-a", Verdict(.inconclusive, moreSeeds: 3)),
        ("echoalign-01-b", Verdict(.reproduced)), ("echoalign-02", Verdict(.contradicted)),
        ("echoalign-t1-ce", Verdict(.notTestable, reason: words)),
      ], cells: cells(), provenance: ProvenanceSummary([], origins: [Samples.provenance]))
    let paper = try Made.report(
      "echoalign-table1-paper", profile: Samples.paperProfile,
      [("echoalign-02", Verdict(.reproduced))], cells: cells())
    let smoke = try Made.report(
      "a b", profile: Made.smoke, [("echoalign-02", Verdict(.reproduced))])
    return Ledger(
      Made.declaration([
        Made.entry(1, words: words, warning: words), Made.entry(2),
        Made.entry(3, sources: ["echoalign-figure3"]), Made.entry(4, sources: []),
      ]), reports: [report, paper, smoke])
  }

  private func text(_ name: String, _ ledger: Ledger) throws -> String {
    String(decoding: try #require(try LedgerWriter().files(of: ledger)[name]), as: UTF8.self)
  }

  @Test func goldenLedger() throws {
    let ledger = try ledger()
    try expectGolden(try text("claims.md", ledger), "reporting/ledger.md")
    #expect(try LedgerWriter().files(of: ledger) == LedgerWriter().files(of: self.ledger()))
  }

  @Test func thePageNeedsNothingElse() throws {
    let html = try text("index.html", try ledger())
    for word in ["<script", "http://", "https://", "<link", "@import", "url(", "<img"] {
      #expect(!html.contains(word), "\(word)")
    }
    let anchors = html.matches(of: /id="([^"]*)"/).map { String($0.1) }
    #expect(Set(anchors).count == anchors.count)
    for link in html.matches(of: /href="#([^"]*)"/) {
      #expect(anchors.contains(String(link.1)), "\(link.1)")
    }
    #expect(html.contains("href=\"echoalign-table1/report.html#claim-echoalign-01-a\""))
    #expect(html.contains("href=\"a%20b/report.html#claim-echoalign-02\""))
    #expect(html.contains("href=\"echoalign-table1/report.html#cell-ce-x\""))
    #expect(!html.contains("2026"), "no dates")
  }

  @Test func everyTextIsEscaped() throws {
    let html = try text("index.html", try ledger("<script>alert('1')</script> & \"q\""))
    #expect(!html.contains("<script"))
    #expect(html.contains("&lt;script&gt;"))
  }

  @Test func emptyReportsMakeAPage() throws {
    let ledger = Ledger(Made.declaration([Made.entry(1)]), reports: [])
    let html = try text("index.html", ledger)
    #expect(html.contains("There is no report yet"))
    #expect(!html.contains("id=\"published\"") && !html.contains("id=\"lens\""))
  }

  @Test func theJSONHoldsEveryClaim() throws {
    let ledger = try ledger()
    let document = try CanonicalJSON.decodeStrictly(
      LedgerDocument.self, from: try LedgerWriter().json(of: ledger))
    #expect(
      document.claims.map(\.verdict.word) == [.inconclusive, .reproduced, .notRun, .notTestable])
    #expect(
      document.counts == [
        "inconclusive": 1, "reproduced": 1, "not run": 1, "not testable here": 1,
      ])
    #expect(
      document.reports.map(\.folder) == ["a b", "echoalign-table1", "echoalign-table1-paper"])
    #expect(document.claims[1].parts.map(\.profile) == ["paper", "smoke", "quick"])
  }

  @Test func smallScalesShowOrderNotLevel() throws {
    let comparison = try #require(
      PublishedComparison(try Made.report([], cells: cells())))
    #expect(comparison.rows == ["ce", "b", "c", "d"] && comparison.rowsWithout == ["ctl"])
    // Column x: differences -0.10, 0.05 and 0, median 0; column y: all 0.02.
    guard case .difference(let low, nil) = comparison.cell(row: "ce", column: "x"),
      case .difference(let high, nil) = comparison.cell(row: "b", column: "x"),
      case .difference(let none, nil) = comparison.cell(row: "c", column: "y")
    else {
      Issue.record("a difference is missing")
      return
    }
    expectClose(low, -0.1)
    expectClose(high, 0.05)
    expectClose(none, 0, absolute: 1e-12)
    #expect(comparison.cell(row: "c", column: "x") == .empty("not available"))
    #expect(comparison.cell(row: "b", column: "y") == .empty("not published"))
    let pair = [
      Made.cell("a", "x", mean: 0.5, published: 0.4),
      Made.cell("b", "x", mean: 0.5, published: 0.6),
    ]
    let short = try #require(PublishedComparison(try Made.report([], cells: pair)))
    #expect(short.cell(row: "a", column: "x") == .empty("too few methods"))
    #expect(comparison.emptyStates.map(\.reason) == ["not available", "not published"])
  }

  @Test func thePapersScaleShowsDifferencesAndDeviations() throws {
    let comparison = try #require(
      PublishedComparison(
        try Made.report([], cells: cells()).at(Samples.paperProfile)))
    guard case .difference(let value, let deviations?) = comparison.cell(row: "ce", column: "x")
    else {
      Issue.record("a difference is missing")
      return
    }
    expectClose(value, -0.1)
    expectClose(deviations, -0.1 / 0.05)
    #expect(PublishedComparison(try Made.report([], cells: [Made.cell("a", "x", mean: 1)])) == nil)
  }

  @Test func theLensIsSummedUp() throws {
    func line(_ row: String, _ values: [Double]) -> [TableCell] {
      zip(ProtocolLens.rules, values).map { Made.cell(row, "x", $0, mean: $1) }
    }
    // In the order last, mean of ten, noisy validation, test; the control never wins.
    let cells =
      line("a", [0.5, 0.52, 0.6, 0.7]) + line("b", [0.55, 0.55, 0.55, 0.6])
      + line("ctl", [0.9, 0.9, 0.9, 0.9])
    let summary = try #require(
      LensSummary(try Made.report([], cells: cells), controls: ["ctl"]))
    #expect(summary.cellCount == 3 && summary.columnCount == 1 && summary.contested == ["x"])
    expectClose(summary.gains[.bestOnTest] ?? 0, 0.25 / 3, relative: 1e-9)
    #expect(LensSummary(try Made.report([]), controls: []) == nil)
    #expect(
      LensSummary(try Made.report([], cells: [Made.cell("a", "x", mean: 1)]), controls: []) == nil)
  }
}

extension ReportFolder {
  /// The same report at another scale.
  fileprivate func at(_ profile: ProfileFacts) -> ReportFolder {
    var claims = claims
    claims.profile = profile
    return ReportFolder(name: name, claims: claims, provenance: provenance, cells: cells)
  }
}
