import Experiments
import Foundation
import LabelNoise
import Methods
import RunStore
import Testing

@Suite struct JobPlanTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: folder.url)
  }

  private func plan(_ runs: [RunSpecification]) throws -> JobPlan {
    try JobPlan(
      runs: runs.enumerated().map { ("run \($0)", $1) }, store: store)
  }

  private func kind(_ entry: JobPlan.Entry) -> String {
    switch entry.job {
    case .generator: return "generator"
    case .extractor: return "extractor"
    case .echo: return "echo"
    case .run: return "run"
    default: return "other"
    }
  }

  /// Whatever the plan: names are unique, and everything comes after what it depends on.
  private func expectOrdered(
    _ plan: JobPlan, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var before: Set<String> = []
    for entry in plan.entries {
      #expect(
        before.isSuperset(of: entry.dependencies), "\(entry.label)",
        sourceLocation: sourceLocation)
      #expect(before.insert(entry.identifier).inserted, sourceLocation: sourceLocation)
    }
  }

  @Test func plainRunStandsAlone() throws {
    let plan = try plan([SmokeRun.specification("ce"), SmokeRun.specification("co-teaching")])
    #expect(plan.entries.map(kind) == ["run", "run"])
    #expect(plan.entries.allSatisfy { $0.dependencies.isEmpty })
    #expect(plan.entries.map(\.label) == ["run 0", "run 1"])
    #expect(plan.runCount == 2)
  }

  @Test func echoAlignWaitsForItsImages() throws {
    let run = try SmokeRun.specification("echoalign-a")
    let plan = try plan([run])
    #expect(plan.entries.map(kind) == ["generator", "extractor", "echo", "run"])
    expectOrdered(plan)
    let names = plan.entries.map(\.identifier)
    #expect(plan.entries[2].dependencies == [names[0], names[1]])
    #expect(plan.entries[3].dependencies == [names[2]])
    #expect(names[3] == (try run.key().text))
  }

  @Test func variantsOfOneCellShareTheirImages() throws {
    let cells = try [NoiseModel.symmetric(rate: 0.3), .pairflip(rate: 0.45)].flatMap { noise in
      try ["ce", "echoalign-a", "echoalign-b", "external-only"].map {
        try SmokeRun.specification($0, noise: noise)
      }
    }
    let plan = try plan(cells)
    expectOrdered(plan)
    let kinds = plan.entries.map(kind)
    #expect(kinds.count { $0 == "generator" } == 1)
    #expect(kinds.count { $0 == "extractor" } == 1)
    #expect(kinds.count { $0 == "echo" } == 2)
    // The control sees no noisy label, so both cells share it; equal runs are planned once.
    #expect(kinds.count { $0 == "run" } == 7)
    #expect(
      try self.plan(cells + cells).entries.map(\.identifier) == plan.entries.map(\.identifier))
  }

  @Test func imagesAreSharedByWhatDecidesThem() throws {
    let base = try SmokeRun.specification("echoalign-a")
    func isShared(_ change: (inout RunSpecification) -> Void) throws -> Bool {
      var other = base
      change(&other)
      let (one, two) = (try #require(EchoDraw(of: base)), try #require(EchoDraw(of: other)))
      return try Job.echo(one).identifier() == Job.echo(two).identifier()
    }
    #expect(try isShared { $0.seeds.initialisation += 1 })
    #expect(try isShared { $0.seeds.order += 1 })
    #expect(try isShared { $0.trainingProtocol.epochs += 1 })
    #expect(try !isShared { $0.seeds.noise += 1 })
    #expect(try !isShared { $0.seeds.split += 1 })
    #expect(try !isShared { $0.noise = .symmetric(rate: 0.4) })
    #expect(try !isShared { $0.data.poolCount += 1 })
    #expect(try !isShared { $0.outside?.generator.seed += 1 })
  }

  @Test func finishedWorkIsNotPlanned() throws {
    let run = try SmokeRun.specification("echoalign-a")
    for (kind, key) in [
      ("generator", try run.outside?.generator.weightsKey()),
      ("extractor", try run.outside?.extractor.key()),
    ] {
      _ = try store.asset(kind: kind, key: try #require(key)) { _ in }
    }
    #expect(try plan([run]).entries.map(kind) == ["echo", "run"])
    for outcome in [
      RunRecord.Outcome.done, .failed(.init(cause: .nonFinite, message: "the loss became nan")),
    ] {
      try store.start(run)
      try store.finish(record(of: run, outcome: outcome))
      #expect(try plan([run]).entries.isEmpty)
    }
  }

  @Test func startedRunIsPlannedAgain() throws {
    let run = try SmokeRun.specification("ce")
    try store.start(run)
    #expect(try plan([run]).entries.map(kind) == ["run"])
  }

  @Test func damagedRecordIsTold() throws {
    let run = try SmokeRun.specification("ce")
    try store.start(run)
    try store.finish(record(of: run, outcome: .done))
    let file = store.folder(of: try run.key()).appendingPathComponent("record.json")
    var data = try Data(contentsOf: file)
    data[data.count / 2] ^= 1
    try data.write(to: file)
    #expect(throws: StoreError.self) { try plan([run]) }
  }

  private func record(
    of run: RunSpecification, outcome: RunRecord.Outcome
  ) throws -> RunRecord {
    RunRecord(
      key: try run.key().text, specification: try CanonicalJSON.tree(of: run), outcome: outcome,
      epochs: [], scalars: [:], noise: .null,
      provenance: Provenance(
        commit: "unknown", dirty: false, versions: [:], device: "cpu", hardware: "", threads: 1,
        platform: "linux", started: "", finished: "", seconds: 0, resumed: 0, digests: [:]))
  }
}
