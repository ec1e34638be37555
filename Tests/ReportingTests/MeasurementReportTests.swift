import Foundation
import RunStore
import TestSupport
import Testing

@testable import Reporting

/// Reports that are no accuracy tables.
@Suite struct MeasurementReportTests {
  private func report(
    listings: [Listing]? = nil, quantities: [Quantity]? = nil, judgements: [Judgement]? = nil,
    profile: ProfileFacts = Samples.profile, notes: [String] = ["One note."],
    origins: [Provenance] = []
  ) -> Report {
    let measured = [
      Quantity(
        id: "ks/instance-30", name: "KS distance, instance-30", values: [0.31, 0.33, 0.29],
        seeds: [1, 2, 3], runs: ["abc"]),
      Quantity(
        exact: 26524, id: "kept", name: "Kept at 96 %", unit: "images", publishedValue: 26524),
      Quantity(id: "later", name: "Later, if ever", values: [], seeds: []),
    ]
    let claims = [
      Samples.claim(
        "echoalign-04", .quantities([.init(quantity: "ks/instance-30", relation: .above(0.1))]),
        quotation: "distributions differ"),
      Samples.claim(
        "echoalign-05", .quantities([.init(quantity: "kept", relation: .above(17673))]),
        quotation: "keeps more"),
      Samples.claim(
        "echoalign-22", .quantities([.init(quantity: "later", relation: .above(0))]),
        quotation: "vary smoothly"),
    ]
    return Report(
      id: "echoalign-figure3", title: "EchoAlign, Figure 3",
      paper: .init(title: "A paper", version: "v1", item: "Figure 3"),
      introduction: ["Made by hand; nothing was measured."], command: "make figure3",
      profile: profile, results: .empty, tables: [],
      judgements: judgements
        ?? ClaimJudge(profile: profile).judge(
          claims, on: .empty, quantities: quantities ?? measured),
      notes: notes,
      listings: listings ?? [
        Listing(
          id: "settings", caption: "Settings as used", header: ["Setting", "Value", "Remark"],
          rows: [
            ["rate", "0.1", "as, \"printed\""], ["weight decay", "−1e-4 ± 0.5", "a|b & c_d"],
            ["other", "–", "<b>"],
          ], note: "From the configurations.")
      ], quantities: quantities ?? measured, origins: origins)
  }

  private func text(_ path: String, _ files: [String: Data]) throws -> String {
    String(decoding: try #require(files[path]), as: UTF8.self)
  }

  @Test func goldenFilesOfMeasurements() throws {
    let files = try ReportWriter().files(of: report())
    #expect(
      files.keys.sorted() == [
        "claims.json", "listings/settings.csv", "provenance.json", "quantities.csv", "report.html",
        "report.md", "table.tex",
      ])
    try expectGolden(try text("report.md", files), "reporting/measurements.md")
    try expectGolden(try text("quantities.csv", files), "reporting/quantities.csv")
    try expectGolden(try text("listings/settings.csv", files), "reporting/listing.csv")
    try expectGolden(try text("table.tex", files), "reporting/measurements.tex")
  }

  @Test func sectionsWithoutContentAreLeftOut() throws {
    let bare = report(listings: [], quantities: [], judgements: [], notes: [])
    let files = try ReportWriter().files(of: bare)
    #expect(files.keys.sorted() == ["claims.json", "provenance.json", "report.html", "report.md"])
    let html = try text("report.html", files)
    let headings = html.matches(of: /<h2 id="([^"]*)"/).map { String($0.1) }
    #expect(headings == ["profile"])
    let full = try text("report.html", try ReportWriter().files(of: report()))
    #expect(
      full.matches(of: /<h2 id="([^"]*)"/).map { String($0.1) }
        == ["verdicts", "listings", "quantities", "notes", "claims", "profile"])
    #expect(!full.contains("id=\"runs\""))
  }

  @Test func cellsAreEscapedNamedAndAligned() throws {
    let html = try text("report.html", try ReportWriter().files(of: report()))
    #expect(
      html.contains("<th scope=\"row\">weight decay</th><td class=\"number\">−1e-4 ± 0.5</td>"))
    #expect(html.contains("<td>&lt;b&gt;</td>") && !html.contains("<b>"))
    let listing = try #require(report().listings.first)
    #expect(listing.header.indices.map { listing.isNumeric(column: $0) } == [false, true, false])
    let dashes = Listing(id: "d", caption: "", header: ["a"], rows: [["–"], [""]])
    #expect(!dashes.isNumeric(column: 0))
  }

  @Test func theProvenanceOfMeasurementsIsShown() throws {
    let files = try ReportWriter().files(of: report(origins: [Samples.provenance]))
    let markdown = try text("report.md", files)
    #expect(markdown.contains("| Measurements | 1 |") && markdown.contains("libtorch | 1.13.0"))
    let document = try CanonicalJSON.decodeStrictly(
      ProvenanceDocument.self, from: try #require(files["provenance.json"]))
    #expect(document.origins == [Samples.provenance] && document.runs.isEmpty)
  }

  @Test func aMissingQuantityIsAFailedCheck() throws {
    #expect(report().hasFailedCheck)
    let whole = report(quantities: [Quantity(exact: 1, id: "x", name: "X")], judgements: [])
    #expect(!whole.hasFailedCheck)
    let claims = try CanonicalJSON.decodeStrictly(
      ClaimsDocument.self, from: try #require(ReportWriter().files(of: report())["claims.json"]))
    #expect(claims.judgements.map(\.verdict.word) == [.reproduced, .reproduced, .notRun])
  }

  @Test func numbersOfAnySizeAreSpelt() {
    let significant = PrintedNumber.significant
    #expect(significant(26524) == "26524")
    #expect(significant(0.123456) == "0.1235")
    #expect(significant(-31.41592) == "−31.42")
    #expect(significant(0) == "0")
    #expect(PrintedNumber.written(-0.05) == "−0.05" && PrintedNumber.written(17673) == "17673")
    #expect(significant(1.23456e-7) == "1.235e−7")
    #expect(significant(-2.5e12 - 0.5) == "−2.500e12")
    #expect(PrintedNumber.mean(0.51234, spread: 0.0042) == "0.5123 ± 0.0042")
    #expect(PrintedNumber.mean(123.456, spread: 12.3) == "123 ± 12")
    #expect(PrintedNumber.mean(0.5, spread: 0) == "0.5000")
    #expect(PrintedNumber.mean(-7, spread: nil) == "−7")
  }
}
