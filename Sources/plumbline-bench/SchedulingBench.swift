import ArgumentParser
import Experiments
import Foundation
import LabelNoise
import Methods
import RunStore
import Workers

/// Measures what planning and handing out runs costs, with workers that do nothing.
struct SchedulingBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scheduling",
    abstract: "Milliseconds and memory a run of planning and handing out runs that cost nothing.",
    subcommands: [Idle.self])

  @Option(help: "The largest number of runs; a quarter and a half of it are measured too.")
  var runs = 10_000

  @Option(help: "Worker processes.")
  var workers = 2

  func validate() throws {
    guard runs >= 4, (1...64).contains(workers) else {
      throw ValidationError("expected --runs of at least 4 and --workers in 1...64")
    }
  }

  func run() throws {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    for count in [runs / 4, runs / 2, runs] {
      // A process of its own for each size, since the most memory that a process had never falls.
      let child = Process()
      child.executableURL = own
      child.arguments = [
        "scheduling", "idle", "--count", String(count), "--workers", String(workers),
      ]
      try child.run()
      child.waitUntilExit()
      guard child.terminationStatus == 0 else { throw ExitCode(child.terminationStatus) }
    }
  }

  /// One size, or one of its workers.
  struct Idle: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "idle", shouldDisplay: false)

    @Option var count = 0
    @Option var workers = 1
    @Flag var isWorker = false

    func run() throws {
      if isWorker {
        throw ExitCode(try WorkerMain.run { _, _, _ in .finished }.rawValue)
      }
      let store = RunStore(
        root: FileManager.default.temporaryDirectory
          .appendingPathComponent("plumbline-scheduling-\(UUID().uuidString)"))
      let specifications = try Self.specifications(count)
      let before = Self.peakBytes()
      let start = ContinuousClock.now
      let plan = try JobPlan(runs: specifications.map { ("run", $0) }, store: store)
      let items = try plan.entries.map {
        WorkItem(
          id: $0.identifier, label: $0.label, dependencies: $0.dependencies,
          payload: try CanonicalJSON.encode($0.job), cost: JobCost.seconds(of: $0.job))
      }
      let planned = ContinuousClock.now
      let pool = WorkerPool(
        executable: URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath(),
        arguments: ["scheduling", "idle", "--is-worker"], workers: workers)
      let report = try pool.run(items)
      let end = ContinuousClock.now
      let finished = report.results.values.count { if case .finished = $0 { true } else { false } }
      guard finished == count else {
        throw ValidationError("\(finished) of \(count) runs finished")
      }
      print(
        String(
          format: "%6d runs: planning %.3f ms a run, handing out %.3f ms a run, %.1f kB a run",
          count,
          (planned - start) / .milliseconds(1) / Double(count),
          (end - planned) / .milliseconds(1) / Double(count),
          Double(Self.peakBytes() - before) / 1000 / Double(count)))
    }

    private static func specifications(_ count: Int) throws -> [RunSpecification] {
      let profile = Profile.quick
      guard let entry = MethodCatalog.entry("ce"), let benchmark = profile.benchmarks.first else {
        throw ValidationError("the quick profile has no benchmark, or the catalogue no CE")
      }
      let noise = try NoiseModel.parse("symmetric:0.5")
      let configuration = entry.configuration(for: profile.setting(on: benchmark, noise: noise))
      return (1...count).map {
        profile.run(on: benchmark, noise: noise, method: configuration, seed: $0)
      }
    }

    private static func peakBytes() -> Int {
      let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return
        (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
        * 1024
    }
  }
}
