import Foundation
import Testing

@testable import Plotting

@Suite struct FigureWritingTests {
  @Test func writesFourFilesAndNothingElse() throws {
    let folder = try Fixtures.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let target = folder.appendingPathComponent("new/deep")
    let figure = Figure(SampleCharts.bars, width: 85)
    let files = try figure.write(to: target, name: "table1")
    let names = ["table1.png", "table1.svg", "table1.pdf", "table1.csv"]
    #expect(files.map(\.lastPathComponent) == names)
    let found = try FileManager.default.contentsOfDirectory(atPath: target.path)
    #expect(found.sorted() == names.sorted())
    let before = try files.map { try Data(contentsOf: $0) }
    try figure.write(to: target, name: "table1")
    #expect(try files.map { try Data(contentsOf: $0) } == before)
    #expect(try Data(contentsOf: files[3]) == Data(SampleCharts.bars.table.csv.utf8))
  }

  @Test func unwritablePathsAreNamed() throws {
    let folder = try Fixtures.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("file")
    try Data("text".utf8).write(to: file)
    #expect {
      try Figure(SampleCharts.heat).write(to: file.appendingPathComponent("below"), name: "x")
    } throws: { error in
      guard case .unwritable(let path, let reason)? = error as? PlotError else { return false }
      return path.hasPrefix(file.path) && !reason.isEmpty
    }
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("x.svg"), withIntermediateDirectories: true)
    #expect(throws: PlotError.self) {
      try Figure(SampleCharts.heat).write(to: folder, name: "x")
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!left.contains { $0.hasSuffix(".tmp") }, "\(left)")
  }

  @Test func csvKeepsFullPrecisionAndQuotes() {
    var table = DataTable(columns: ["a,b", "c"])
    table.append([.text("say \"no\""), .number(0.1 + 0.2)])
    table.append([.empty, .count(3)])
    #expect(table.csv == "\"a,b\",c\n\"say \"\"no\"\"\",0.30000000000000004\n,3\n")
  }
}
