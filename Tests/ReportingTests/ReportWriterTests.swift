import Foundation
import RunStore
import TestSupport
import Testing

@testable import Reporting

@Suite struct ReportWriterTests {
  private func temporary() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reporting-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A few runs, because encoding the whole table takes a while.
  private func small() throws -> ResultSet {
    try Samples.results([
      "ce": ["symmetric-50": [0.51, 0.52]], "echoalign-b": ["symmetric-50": [0.61, 0.63]],
    ])
  }

  private func text(_ path: String, _ files: [String: Data]) throws -> String {
    String(decoding: try #require(files[path]), as: UTF8.self)
  }

  @Test func goldenFilesFromFrozenRecords() throws {
    let failure = RunRecord.Failure(cause: .nonFinite, message: "loss is NaN in epoch 3")
    let failed = try Samples.record("failed", epochs: [], outcome: .failed(failure))
    let results = try Samples.frozen(replacing: [
      "apl-nce-rce instance-50 2": .recorded(failed), "co-teaching pairflip-45 1": .notRun,
      "co-teaching pairflip-45 2": .started, "co-teaching pairflip-45 3": .notRun,
    ])
    let files = try ReportWriter().files(of: try Samples.report(results, figures: false))
    for name in ["report.md", "table.csv", "table.tex"] {
      try expectGolden(try text(name, files), "reporting/\(name)")
    }
  }

  @Test func writesEveryFileAndTheSameBytesTwice() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = try Samples.report(try small(), figures: true)
    let target = folder.appendingPathComponent("reports/echoalign-table1")
    let written = try ReportWriter().write(report, to: target)
    #expect(written.allSatisfy { FileManager.default.fileExists(atPath: $0.path) })
    for name in ReportWriter.names.subtracting(["listings", "quantities.csv"]) {
      #expect(FileManager.default.fileExists(atPath: target.appendingPathComponent(name).path))
    }
    let again = try ReportWriter().files(of: report)
    for file in written {
      let path = String(file.path.dropFirst(target.path.count + 1))
      #expect(try Data(contentsOf: file) == again[path], "\(path)")
    }
    let beside = try FileManager.default.contentsOfDirectory(
      atPath: target.deletingLastPathComponent().path)
    #expect(beside == ["echoalign-table1"])
  }

  @Test func theTableHasNoTimesOrMachines() throws {
    let files = try Samples.plainFiles.get()
    for name in ["table.csv", "table.tex"] {
      let text = try text(name, files)
      for word in ["2026", "Sample CPU", "0123456789abcdef"] { #expect(!text.contains(word)) }
    }
  }

  @Test func aSecondReportReplacesTheFirstAndKeepsTheUsersFiles() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let target = folder.appendingPathComponent("report")
    let results = try small()
    let first = try Samples.report(results, title: "First", figures: true)
    try ReportWriter().write(first, to: target)
    try Data("mine".utf8).write(to: target.appendingPathComponent("notes.txt"))
    try ReportWriter().write(
      try Samples.report(results, title: "Second", figures: false), to: target)
    let markdown = try String(
      contentsOf: target.appendingPathComponent("report.md"), encoding: .utf8)
    #expect(markdown.hasPrefix("# Second"))
    #expect(!FileManager.default.fileExists(atPath: target.appendingPathComponent("figures").path))
    #expect(
      try String(contentsOf: target.appendingPathComponent("notes.txt"), encoding: .utf8) == "mine")
  }

  @Test func aDeadWriterLeavesTheOldReport() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let target = folder.appendingPathComponent("report")
    // What a process that died between the two renames leaves; no process has this number.
    let aside = folder.appendingPathComponent(".report.99999999.old")
    try FileManager.default.createDirectory(at: aside, withIntermediateDirectories: true)
    try Data("old".utf8).write(to: aside.appendingPathComponent("report.md"))
    let unfinished = folder.appendingPathComponent(".report.99999999.new")
    try FileManager.default.createDirectory(at: unfinished, withIntermediateDirectories: true)
    try FolderSwap(folder: target).recover()
    #expect(
      try String(contentsOf: target.appendingPathComponent("report.md"), encoding: .utf8) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report"])
  }

  @Test func everyNumberLeadsToItsRuns() throws {
    let results = try Samples.frozen()
    let files = try Samples.plainFiles.get()
    let html = try text("report.html", files)
    let markdown = try text("report.md", files)
    for address in results.addresses {
      #expect(html.contains("href=\"#\(address.anchor)\""))
      #expect(html.contains("id=\"\(address.anchor)\""))
      #expect(markdown.contains("(#\(address.anchor))"))
      #expect(markdown.contains("<a id=\"\(address.anchor)\"></a>"))
    }
    for run in results.runs {
      #expect(html.contains("make cell ID=\(run.shortID)"))
      #expect(markdown.contains("`make cell ID=\(run.shortID)`"))
    }
  }

  @Test func recordsAndClaimsReadBack() throws {
    let results = try Samples.frozen()
    let report = try Samples.report(results, figures: false)
    let files = try Samples.plainFiles.get()
    let lines = try #require(files["records.jsonl"]).split(separator: UInt8(ascii: "\n"))
    let records = try lines.map { try CanonicalJSON.decode(RunRecord.self, from: Data($0)) }
    #expect(records == results.records)
    let claims = try CanonicalJSON.decodeStrictly(
      ClaimsDocument.self, from: try #require(files["claims.json"]))
    #expect(claims.judgements == report.judgements)
    #expect(claims.claimsDigest == (try PaperClaim.digest(of: Samples.claims)))
  }

  @Test func unwritableFolderIsOneClearError() throws {
    let report = try Samples.report(try small(), figures: false)
    let error = #expect(throws: FileSystemError.self) {
      try ReportWriter().write(report, to: URL(fileURLWithPath: "/proc/nowhere/report"))
    }
    #expect(error?.path.hasPrefix("/proc/nowhere") == true)
  }
}
