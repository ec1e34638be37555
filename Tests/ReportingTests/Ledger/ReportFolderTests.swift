import Foundation
import RunStore
import TestSupport
import Testing

@testable import Reporting

@Suite struct ReportFolderTests {
  private typealias Made = LedgerSamples

  /// A folder with one written report, which goes when the closure ends.
  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ledger-\(UUID().uuidString)", isDirectory: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = Made.written(
      "echoalign-table1",
      [("echoalign-06", Verdict(.inconclusive, moreSeeds: 3, reason: "few seeds"))])
    try ReportWriter().write(report, to: folder.appendingPathComponent("echoalign-table1"))
    try body(folder)
  }

  private func expectDamage(_ folder: URL, _ part: String) throws {
    let error = #expect(throws: LedgerError.self) { try ReportFolder.all(in: folder) }
    #expect(error?.exitStatus == .badData && error?.message.contains(part) == true, "\(error)")
    #expect(error?.message.contains("\n") == false)
  }

  @Test func reportsAreReadAndOtherFoldersPassedOver() throws {
    try inFolder { folder in
      for name in ["notes", ".hidden", "echoalign-figure9"] {
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
      }
      try Data("{}".utf8).write(to: folder.appendingPathComponent(".hidden/claims.json"))
      try Data("{}".utf8).write(to: folder.appendingPathComponent("claims.json"))
      let reports = try ReportFolder.all(in: folder)
      #expect(reports.map(\.name) == ["echoalign-table1"])
      #expect(reports.first?.claims.judgements.first?.verdict.moreSeeds == 3)
      #expect(reports.first?.provenance?.runs == 0 && reports.first?.cells.isEmpty == true)
    }
  }

  @Test func aMissingFolderEndsWith66() throws {
    let nowhere = URL(fileURLWithPath: "/nonexistent/reports")
    let error = #expect(throws: LedgerError.self) { try ReportFolder.all(in: nowhere) }
    #expect(error?.exitStatus == .inputMissing && error?.message.contains("--reports") == true)
    let file = #expect(throws: LedgerError.self) {
      try ReportFolder.all(in: URL(fileURLWithPath: "/etc/hostname"))
    }
    #expect(file?.exitStatus == .inputMissing)
  }

  @Test func damageIsOneClearLine() throws {
    try inFolder { folder in
      let report = folder.appendingPathComponent("echoalign-table1")
      let claims = report.appendingPathComponent("claims.json")
      let text = try String(contentsOf: claims, encoding: .utf8)
      let provenance = report.appendingPathComponent("provenance.json")
      let origin = try Data(contentsOf: provenance)
      for (changed, part) in [
        (String(text.prefix(text.count / 2)), "claims.json is damaged"), ("", "claims.json"),
        (text.replacing("is better", with: "is worse"), "do not have the digest"),
        (text.replacing("\"schema\":1", with: "\"schema\":7"), "layout version 7, expected 1"),
        (text.replacing("\"alpha\"", with: "\"alfa\""), "alpha"),
        (text.replacing("inconclusive", with: "proven"), "claims.json is damaged"),
      ] {
        try Data(changed.utf8).write(to: claims)
        try expectDamage(folder, part)
      }
      try Data(text.utf8).write(to: claims)
      try Data("[]".utf8).write(to: provenance)
      try expectDamage(folder, "provenance.json is damaged")
      try origin.write(to: provenance)
      #expect(try ReportFolder.all(in: folder).count == 1)
    }
  }

  @Test func tablesAreReadBackAsWritten() throws {
    let failure = RunRecord.Failure(cause: .nonFinite, message: "loss is NaN")
    let failed = try Samples.record("failed", epochs: [], outcome: .failed(failure))
    let results = try Samples.frozen(replacing: [
      "apl-nce-rce instance-50 2": .recorded(failed), "co-teaching pairflip-45 1": .notRun,
    ])
    let csv = TableCSV(report: "r", profile: "quick", published: try Samples.published())
      .text(of: results)
    let cells = try TableCell.cells(csv: csv)
    #expect(cells.count == 6 * 5 * 4)
    for cell in cells {
      let measurement = results.measurement(at: cell.address, rule: cell.rule)
      #expect(cell.mean == measurement.summary?.mean)
      #expect(cell.spread == measurement.summary?.standardDeviation)
      #expect(cell.n == measurement.values.count)
    }
    #expect(cells.contains { $0.state == "n = 2 of 3, 1 diverged" })
    #expect(cells.first { $0.address.row == "ce" }?.published == 0.7317)
  }

  @Test func damagedTablesAreNamedByLine() throws {
    let header = TableCSV.header.joined(separator: ",") + "\n"
    let line = "r,quick,ce,x,last-epoch,false,3,3,0.5,0.1,,,0.6,,complete,abc\n"
    #expect(try TableCell.cells(csv: header + line).count == 1)
    for (text, part) in [
      ("", "line 1"), ("a,b\n", "line 1"), (header + "r,quick\n", "line 2 has 2 fields"),
      (header + line + line.replacing("last-epoch", with: "luck"), "line 3"),
      (header + line.replacing("0.5", with: "half"), "'half' is no number"),
      (header + line.replacing("0.5", with: "nan"), "'nan' is no number"),
      (header + line.replacing("complete", with: "\"complete"), "does not end"),
    ] {
      let refusal = #expect(throws: TableCell.Refusal.self) { try TableCell.cells(csv: text) }
      #expect(refusal?.reason.contains(part) == true, "\(String(describing: refusal))")
    }
  }

  @Test func quotedFieldsRoundTrip() throws {
    let lines = [["a", "b,c", "d \"e\" f", "\"\"", "", "g\nh"], ["1", "2", "3", "4", "5", "6"]]
    #expect(try CSVText.parsed(CSVText.lines(lines)) == lines)
  }
}
