import Foundation
import Testing

/// The smoke table by job arrays of a Slurm that is started for the test, and the scripts without any Slurm.
@Suite(.serialized) struct SlurmTests {
  private let table = [
    "run", "--profile", "smoke", "--methods", "ce,co-teaching,echoalign-b", "--noise",
    "symmetric-50,pairflip-45", "--seeds", "1", "--quiet", "--checkpoint-seconds", "0",
  ]
  private let command = BuiltCommand(name: "echoalign-table1")

  private func csv(in scratch: ScratchFolder) throws -> Data {
    try Data(
      contentsOf: scratch.file("reports/echoalign-table1-smoke-selection/table.csv"))
  }

  @Test(
    .enabled(if: hasFashionMNIST, "needs Fashion-MNIST"),
    .enabled(if: LocalSlurm.isInstalled, "needs Debian's slurm-wlm and munge"))
  func cancelledPreemptedAndRequeuedTasksLeaveTheSameTable() throws {
    let local = try ScratchFolder()
    #expect(try command.run(table, in: local.url).status == 0)
    let expected = try csv(in: local)

    guard let slurm = try LocalSlurm.start() else { return }
    let scratch = try ScratchFolder()
    var command = command
    command.environment = slurm.environment
    let arguments =
      table + [
        "--launcher", "slurm", "--slurm-partition", "low", "--slurm-limit", "2",
        "--slurm-array-size", "4",
      ]
    let handedOver = try command.run(arguments, in: scratch.url)
    #expect(handedOver.status == 0, "found: \(handedOver.errors)")
    let jobs = handedOver.output.split(separator: "\n").compactMap {
      $0.split(separator: " ").first
    }
    // Five of no dependency make two arrays of the first step; then images, then the runs that see them.
    #expect(jobs.count >= 4, "found: \(handedOver.output)")
    let first = try #require(jobs.first)
    let last = try #require(jobs.dropLast().last)

    // Half of the first array goes while the other half runs, and the last array before it starts.
    try slurm.wait { $0.contains(" R ") }
    try slurm.call("scancel", "\(first)_0", "\(first)_1", String(last))
    // Something of more weight takes the node for a moment, and what runs is put back.
    try slurm.call("sbatch", "-p", "high", "-c", "2", "--output=/dev/null", "--wrap=sleep 1")
    _ = try? slurm.call("scontrol", "requeue", "\(first)_0")
    try slurm.wait { $0.isEmpty }

    let again = try command.run(arguments + ["--wait"], in: scratch.url)
    #expect(again.status == 0, "found: \(again.errors)")
    #expect(try csv(in: scratch) == expected)
    let third = try command.run(arguments, in: scratch.url)
    #expect(third.status == 0)
    #expect(
      third.output.hasPrefix("EchoAlign, Table 1"),
      "what is complete is reported at once: \(third.output)")
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func scriptsAreWrittenWithoutSlurm() throws {
    let scratch = try ScratchFolder()
    let printed = try command.run(
      table + [
        "--launcher", "slurm", "--print", "--slurm-time", "04:00:00", "--slurm-memory", "8G",
        "--slurm-gpus", "1", "--slurm-limit", "7", "--slurm-option", "--constraint=a100",
        "--slurm-account", "lab",
      ], in: scratch.url)
    #expect(printed.status == 0, "found: \(printed.errors)")
    for line in [
      "#SBATCH --time=04:00:00", "#SBATCH --mem=8G", "#SBATCH --gpus=1", "#SBATCH --requeue",
      "#SBATCH --constraint=a100", "#SBATCH --account=lab", "#SBATCH --signal=B:USR1@300",
    ] {
      #expect(printed.output.contains(line + "\n"), "no \(line)")
    }
    #expect(printed.output.contains("#SBATCH --array=0-5%7\n"))
    let slurm = scratch.file("runs/slurm")
    let name = try #require(FileManager.default.contentsOfDirectory(atPath: slurm.path).first)
    let folder = slurm.appendingPathComponent(name)
    let jobs = try String(contentsOf: folder.appendingPathComponent("jobs.jsonl"), encoding: .utf8)
    #expect(jobs.split(separator: "\n").count == 11)
    #expect(!FileManager.default.fileExists(atPath: scratch.file("reports").path))

    // A task does its line, and says so when there is nothing left or no such line.
    let task = BuiltCommand(path: folder.appendingPathComponent("program"))
    let arguments = [
      "task", "--jobs-file", folder.appendingPathComponent("jobs.jsonl").path, "--store", "runs",
      "--line",
    ]
    #expect(try task.run(arguments + ["0"], in: scratch.url).status == 0)
    #expect(try task.run(arguments + ["0"], in: scratch.url).errors.contains("done already"))
    #expect(try task.run(arguments + ["11"], in: scratch.url).status == 64)
  }

  @Test(arguments: [
    ["--print"], ["--wait"], ["--launcher", "slurm", "--slurm-limit", "0", "--print"],
    ["--launcher", "slurm", "--print", "--slurm-partition", "a b"],
    ["--launcher", "slurm", "--print", "--slurm-option", "--array=1"],
    ["--launcher", "slurm", "--print", "--slurm-option", "--comment=a\n#SBATCH --x"],
    ["--launcher", "elsewhere"],
  ]) func wrongOptionsAreUsageErrors(options: [String]) throws {
    let scratch = try ScratchFolder()
    #expect(try command.run(table + options, in: scratch.url).status == 64)
    #expect(!FileManager.default.fileExists(atPath: scratch.file("runs/slurm").path))
  }

  @Test func aMissingSlurmIsSaid() throws {
    let scratch = try ScratchFolder()
    var command = command
    command.environment = ["PATH": "/nowhere"]
    let outcome = try command.run(table + ["--launcher", "slurm"], in: scratch.url)
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("--print writes the scripts without it"))
  }
}

/// A Slurm of one node that lives as long as the object.
private final class LocalSlurm {
  private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("scripts/local-slurm").path

  static var isInstalled: Bool {
    ["slurmctld", "slurmd", "sbatch", "munged"].allSatisfy { name in
      ["/usr/bin", "/usr/sbin"].contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
      }
    }
  }

  let environment: [String: String]
  private let folder: String

  private init(folder: String, configuration: String) {
    self.folder = folder
    environment = ["SLURM_CONF": configuration]
  }

  deinit { _ = try? Self.run([Self.script, "stop", folder], environment: [:]) }

  /// Starts one; where that fails the test has a known issue that tells why.
  static func start() throws -> LocalSlurm? {
    // Sockets need short paths.
    let folder = "/tmp/slurm-\(UUID().uuidString.prefix(8))"
    let started = try run(
      [script, "start", folder],
      environment: ["LOCAL_SLURM_CPUS": "2", "LOCAL_SLURM_KILL_WAIT": "20"])
    guard started.status == 0, let line = started.text.split(separator: "\n").last,
      line.hasPrefix("SLURM_CONF=")
    else {
      withKnownIssue("Slurm cannot start here: \(started.text)") { Issue.record("no Slurm") }
      return nil
    }
    return LocalSlurm(
      folder: folder, configuration: String(line.dropFirst("SLURM_CONF=".count)))
  }

  /// Runs a command of Slurm.
  @discardableResult func call(_ arguments: String...) throws -> String {
    try Self.run(arguments, environment: environment).text
  }

  /// Waits until the queue is as wanted, two minutes at most.
  func wait(until isReached: (String) -> Bool) throws {
    for _ in 0..<480 {
      let queue = try call("squeue", "--noheader", "--format=%i %t %j")
      if isReached(queue) { return }
      usleep(250_000)
    }
    Issue.record("the queue did not get there: \(try call("squeue"))")
  }

  private static func run(
    _ arguments: [String], environment: [String: String]
  ) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // A file and no pipe: the daemons that a script starts would keep a pipe open.
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("slurm-test-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data().write(to: file)
    let output = try FileHandle(forWritingTo: file)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: file, encoding: .utf8))
  }
}
