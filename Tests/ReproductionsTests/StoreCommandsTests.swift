import Foundation
import Testing

/// The commands that check and carry a store, on one that a reproduction made.
@Suite(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
struct StoreCommandsTests {
  private let command = BuiltCommand(name: "plumbline")
  private let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    let outcome = try train()
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// Trains what the store lacks.
  private func train() throws -> BuiltCommand.Outcome {
    try BuiltCommand(name: "echoalign-table1").run(
      [
        "run", "--profile", "smoke", "--methods", "ce,gce", "--noise", "symmetric-50", "--seeds",
        "1", "--quiet",
      ], in: scratch.url)
  }

  private func runs(_ arguments: String...) throws -> BuiltCommand.Outcome {
    try command.run(["runs"] + arguments, in: scratch.url)
  }

  /// The only files of a name below the store.
  private func files(named name: String) throws -> [URL] {
    let store = scratch.file("runs")
    return try FileManager.default.subpathsOfDirectory(atPath: store.path)
      .filter { $0.hasSuffix(name) && !$0.hasPrefix("damaged") }.sorted()
      .map { store.appendingPathComponent($0) }
  }

  private func flip(_ file: URL, at place: Int) throws {
    var bytes = try Data(contentsOf: file)
    bytes[place] ^= 1
    try bytes.write(to: file)
  }

  @Test func damageIsFoundRepairedAndTrainedAgain() throws {
    let sound = try runs("verify")
    #expect(sound.status == 0, "\(sound.errors)")
    #expect(sound.output.contains("records: 2 sound, 0 damaged"), "\(sound.output)")
    #expect(sound.output.contains("noise files: 1 sound, 0 damaged"), "\(sound.output)")
    let record = try #require(try files(named: "record.json").first)
    let noise = try #require(try files(named: ".csv").first)
    try flip(record, at: 300)
    try flip(noise, at: 22)
    let found = try runs("verify", "--json")
    #expect(found.status == 65 && found.output.contains(#""remedy":"set-aside""#))
    let repaired = try runs("verify", "--repair")
    #expect(repaired.status == 0, "\(repaired.errors)")
    #expect(try runs("verify").status == 0)
    #expect(try files(named: "record.json").count == 1)
    #expect(try train().status == 0)
    #expect(try files(named: "record.json").count == 2 && runs("verify").status == 0)
  }

  @Test func bundleTravelsAndIsCompared() throws {
    #expect(try runs("bundle", "a.tar").output.hasPrefix("a.tar: 2 runs, 1 noise files"))
    #expect(try runs("bundle", "b.tar", "--methods", "ce").status == 0)
    let plan = try runs("import", "a.tar", "--store", "other", "--dry-run")
    #expect(plan.status == 0 && plan.output.contains("runs: 2 taken"), "\(plan.errors)")
    #expect(!FileManager.default.fileExists(atPath: scratch.file("other").path))
    #expect(try runs("import", "a.tar", "--store", "other").status == 0)
    #expect(try runs("verify", "--store", "other").status == 0)
    #expect(try runs("compare", "a.tar", "other").output.hasPrefix("2 equal, 0 different"))
    #expect(try runs("compare", "a.tar", "b.tar").output.contains("1 equal, 0 different, 1 only"))
    try flip(scratch.file("a.tar"), at: 3_000)
    let refused = try runs("import", "a.tar", "--store", "third")
    #expect(refused.status == 65, "\(refused.errors)")
    #expect(refused.errors.split(separator: "\n").count == 1)
  }

  @Test func storeThatWasMovedIsSoundAndComplete() throws {
    try FileManager.default.moveItem(at: scratch.file("runs"), to: scratch.file("moved"))
    #expect(try runs("verify", "--store", "moved").status == 0)
    try FileManager.default.moveItem(at: scratch.file("moved"), to: scratch.file("runs"))
    let before = try files(named: "record.json").map { try Data(contentsOf: $0) }
    #expect(try train().status == 0)
    #expect(try files(named: "record.json").map { try Data(contentsOf: $0) } == before)
    let place = Data(scratch.url.lastPathComponent.utf8)
    for file in try files(named: "") {
      var isFolder: ObjCBool = false
      FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      if !isFolder.boolValue { #expect(try Data(contentsOf: file).range(of: place) == nil) }
    }
  }
}
