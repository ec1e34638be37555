import Foundation
import Testing

/// Items without data, run as a user would run them.
@Suite struct TheoremCommandTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test(arguments: ["theorem31", "table5", "figure1", "figure2", "figure8"])
  func itemsWithoutDataNeedNoData(item: String) throws {
    let command = BuiltCommand(name: "echoalign-\(item)")
    let nothing = ["--data-dir", scratch.url.path]
    let listed = try command.run(["list"] + nothing, in: scratch.url)
    #expect(listed.status == 0, "found: \(listed.errors)")
    #expect(listed.output.contains("no cells"), "found: \(listed.output)")
    let forecast = try command.run(["forecast"] + nothing, in: scratch.url)
    #expect(forecast.status == 0 && forecast.output.contains("nothing"))
    let run = try command.run(["run", "--profile", "smoke"] + nothing, in: scratch.url)
    #expect(run.status == 0, "found: \(run.errors)")
    let report = scratch.file("reports/echoalign-\(item)-smoke/report.html")
    #expect(FileManager.default.fileExists(atPath: report.path))
    let checked = try command.run(["check"] + nothing, in: scratch.url)
    #expect(checked.status == 0)
    #expect(!checked.output.isEmpty)
  }

  @Test(arguments: ["theorem31", "table5", "table6", "table8"])
  func itemsWithoutCellsHaveNoneToRunAgain(item: String) throws {
    let command = BuiltCommand(name: "echoalign-\(item)")
    let outcome = try command.run(["cell", "abcdef"], in: scratch.url)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("no cells"), "found: \(outcome.errors)")
    #expect(try command.run(["cell", "abcdef", "--exists"], in: scratch.url).status == 1)
    let methods = try command.run(["run", "--methods", "ce"], in: scratch.url)
    #expect(methods.status == 64)
    #expect(methods.errors.contains("trains nothing"), "found: \(methods.errors)")
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func throughputIsMeasuredOnceOnSmoke() throws {
    let command = BuiltCommand(name: "echoalign-table6")
    let first = try command.run(["run", "--profile", "smoke", "--quiet"], in: scratch.url)
    #expect(first.status == 0, "found: \(first.errors)")
    let quantities = scratch.file("reports/echoalign-table6-smoke/quantities.csv")
    let before = try Data(contentsOf: quantities)
    let second = try BuiltCommand(name: "echoalign-table7").run(
      ["run", "--profile", "smoke", "--quiet"], in: scratch.url)
    #expect(second.status == 0)
    #expect(try command.run(["render", "--profile", "smoke"], in: scratch.url).status == 0)
    #expect(try Data(contentsOf: quantities) == before)
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func examplesAreMadeOnSmoke() throws {
    let command = BuiltCommand(name: "echoalign-table8")
    let outcome = try command.run(["run", "--profile", "smoke", "--quiet"], in: scratch.url)
    #expect(outcome.status == 0, "found: \(outcome.errors)")
    let folder = scratch.file("reports/echoalign-table8-smoke")
    #expect(
      FileManager.default.fileExists(
        atPath: folder.appendingPathComponent("figures/examples.png").path))
    let figure = try BuiltCommand(name: "echoalign-figure1").run(
      ["run", "--profile", "smoke", "--quiet"], in: scratch.url)
    #expect(figure.status == 0)
    let text = try String(
      contentsOf: scratch.file("reports/echoalign-figure1-smoke/report.md"), encoding: .utf8)
    #expect(text.contains("first example"))
  }
}
