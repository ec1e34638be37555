import Foundation
import Testing

/// The fault suite at small size, and that it notices harm.
@Suite struct FaultSuiteTests {
  private let suite = BuiltCommand(name: "plumbline-faults")

  private func arguments(_ more: [String], in scratch: ScratchFolder) -> [String] {
    let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    return [
      "--program", folder.appendingPathComponent("echoalign-table1").path,
      "--plumbline", folder.appendingPathComponent("plumbline").path,
      "--scratch", scratch.file("trials").path,
    ] + more
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func oneTrialOfEachKindLosesNothing() throws {
    let scratch = try ScratchFolder()
    try Data("<!-- figures: written by make test-faults -->\n<!-- end of figures -->\n".utf8)
      .write(to: scratch.file("figures.md"))
    let outcome = try suite.run(
      arguments(["--trials", "14", "--markdown", scratch.file("figures.md").path], in: scratch),
      in: scratch.url)
    #expect(outcome.status == 0, "found: \(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("nothing lost, no table differs"))
    let figures = try String(contentsOf: scratch.file("figures.md"), encoding: .utf8)
    for kind in ["kill", "worker", "term", "flip", "cut", "twins", "pause", "all"] {
      #expect(figures.contains("| \(kind) |"), "found: \(figures)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.file("trials").path))
  }

  @Test(
    .enabled(if: hasFashionMNIST, "needs Fashion-MNIST"),
    arguments: [("record", "was trained again"), ("table", "is not the undisturbed table")])
  func harmIsNoticed(_ harm: String, _ words: String) throws {
    let scratch = try ScratchFolder()
    let outcome = try suite.run(
      arguments(["--trials", "1", "--kinds", "kill", "--sabotage", harm], in: scratch),
      in: scratch.url)
    #expect(outcome.status == 1, "found: \(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains(words), "found: \(outcome.errors)")
    #expect(outcome.output.contains("FAILED"))
  }

  @Test func aDocumentWithoutAPlaceForFiguresIsRefused() throws {
    let scratch = try ScratchFolder()
    try Data("no figures\n".utf8).write(to: scratch.file("figures.md"))
    let outcome = try suite.run(
      arguments(["--markdown", scratch.file("figures.md").path], in: scratch), in: scratch.url)
    #expect(outcome.status == 65, "found: \(outcome.errors)")
    #expect(outcome.errors.contains("figures.md"))
  }
}
