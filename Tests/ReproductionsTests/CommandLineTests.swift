import Foundation
import Testing

@Suite struct CommandLineTests {
  private let command = BuiltCommand(name: "echoalign-table1")
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// One cell at the smallest scale.
  private let cell = [
    "--profile", "smoke", "--methods", "ce", "--noise", "symmetric-50", "--seeds", "1", "--quiet",
  ]

  @Test(arguments: [
    (["run", "--methods", "bogus"], "unknown method 'bogus': expected one of ce, "),
    (
      ["run", "--noise", "bogus-50"],
      "unknown noise setting 'bogus-50': expected one of symmetric-30"
    ),
    (["run", "--profile", "huge"], "unknown profile 'huge': expected one of smoke, quick"),
    (["run", "--seeds", "none"], "bad seeds 'none'"),
    (["run", "--device", "tpu"], "unknown device 'tpu'"),
    (["run", "--jobs", "0"], "bad number of jobs 0"),
    (["cell", "zzzz"], "no run of this table begins with 'zzzz'"),
    (["run", "--bogus"], "Unknown option '--bogus'"),
  ])
  func wrongArgumentsEndWith64(arguments: [String], message: String) throws {
    let outcome = try command.run(arguments, in: scratch.url)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(message), "found: \(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: scratch.file("runs").path))
  }

  @Test func missingDeviceEndsWith69() throws {
    let outcome = try command.run(["run", "--device", "cuda:63"], in: scratch.url)
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("no device 'cuda:63'"))
  }

  @Test func helpNamesEveryCommandButTheWorker() throws {
    let outcome = try command.run(["--help"], in: scratch.url)
    #expect(outcome.status == 0)
    for name in ["list", "run", "render", "check", "cell"] {
      #expect(outcome.output.contains("  \(name) "), "found: \(outcome.output)")
    }
    #expect(!outcome.output.contains("worker"))
  }

  @Test func missingDataEndsWith66() throws {
    let outcome = try command.run(
      ["run"] + cell + ["--data-dir", scratch.url.path], in: scratch.url)
    #expect(outcome.status == 66, "found: \(outcome.errors)")
    #expect(outcome.errors.contains("expected train-images-idx3-ubyte"))
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"), arguments: [true, false])
  func damagedDataEndsWith65(isCut: Bool) throws {
    let source = URL(fileURLWithPath: "/usr/share/datasets/fashion-mnist")
    let folder = scratch.file("data")
    try FileManager.default.copyItem(at: source, to: folder)
    let file = folder.appendingPathComponent("train-labels-idx1-ubyte.gz")
    var bytes = try Data(contentsOf: file)
    if isCut { bytes.removeLast(1000) } else { bytes[bytes.count / 2] ^= 0x40 }
    try bytes.write(to: file)
    let outcome = try command.run(
      ["run"] + cell + ["--data-dir", folder.path], in: scratch.url)
    #expect(outcome.status == 65, "found: \(outcome.errors)")
    #expect(outcome.errors.contains("train-labels-idx1-ubyte"))
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func oneCellTrainsOnceAndRunsAgainByItsID() throws {
    let first = try command.run(["run"] + cell, in: scratch.url)
    #expect(first.status == 0, "found: \(first.errors)")
    #expect(first.output.contains("CE"))
    let table = scratch.file("reports/echoalign-table1-smoke-selection/table.csv")
    let before = try Data(contentsOf: table)
    let records = try recordFiles()
    #expect(records.count == 1)
    let written = try modified(records[0])

    let second = try command.run(["run"] + cell, in: scratch.url)
    #expect(second.status == 0)
    #expect(try Data(contentsOf: table) == before)
    #expect(try modified(records[0]) == written, "a finished run was written again")

    let key = records[0].deletingLastPathComponent().lastPathComponent
    let again = try command.run(
      ["cell", String(key.prefix(10)), "--profile", "smoke", "--seeds", "1", "--quiet"],
      in: scratch.url)
    #expect(again.status == 0, "found: \(again.errors)")
    #expect(again.output.contains("equal in every epoch to the stored run"))
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func damagedRecordIsNamedAndNothingIsLost() throws {
    #expect(try command.run(["run"] + cell, in: scratch.url).status == 0)
    let record = try #require(try recordFiles().first)
    var bytes = try Data(contentsOf: record)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: record)
    let outcome = try command.run(["run"] + cell, in: scratch.url)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains(record.lastPathComponent))
    #expect(try Data(contentsOf: record) == bytes)
    let rendered = try command.run(
      [
        "render", "--profile", "smoke", "--methods", "ce", "--noise", "symmetric-50", "--seeds",
        "1",
      ],
      in: scratch.url)
    #expect(rendered.status == 0)
    #expect(rendered.output.contains("record damaged"))
  }

  @Test(
    .enabled(if: hasFashionMNIST, "needs Fashion-MNIST"),
    .enabled(if: geteuid() != 0, "root may write to read-only folders"))
  func readOnlyStoreEndsWith73() throws {
    let store = scratch.file("runs")
    try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
    chmod(store.path, 0o555)
    defer { chmod(store.path, 0o755) }
    let outcome = try command.run(["run"] + cell, in: scratch.url)
    #expect(outcome.status == 73, "found: \(outcome.errors)")
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func storeThatIsAFileEndsWith73() throws {
    try Data("not a folder".utf8).write(to: scratch.file("runs"))
    let outcome = try command.run(["run"] + cell, in: scratch.url)
    #expect(outcome.status == 73, "found: \(outcome.errors)")
    #expect(outcome.errors.contains("runs"))
  }

  private func recordFiles() throws -> [URL] {
    let runs = scratch.file("runs/runs")
    let all = FileManager.default.enumerator(at: runs, includingPropertiesForKeys: nil)
    return (all?.compactMap { $0 as? URL } ?? []).filter { $0.lastPathComponent == "record.json" }
  }

  private func modified(_ file: URL) throws -> Date? {
    try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
  }
}
