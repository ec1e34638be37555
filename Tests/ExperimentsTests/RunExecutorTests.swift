import Experiments
import Foundation
import LabelNoise
import Methods
import RunStore
import Testing
import Torch

/// Whole runs on the smoke profile's images.
@Suite(.enabled(if: SmokeRun.hasData, "Fashion-MNIST is not installed; see make deps"))
struct RunExecutorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A store of its own under the test's folder.
  private func executor(_ name: String = "store") -> RunExecutor {
    SmokeRun.executor(folder.url.appendingPathComponent(name))
  }

  private func record(_ run: RunSpecification, in executor: RunExecutor) throws -> RunRecord {
    try #require(try executor.store.record(of: try run.key()))
  }

  @Test func runsToItsRecordAndNeverAgain() throws {
    let run = try SmokeRun.specification("apl-nce-rce", noise: .pairflip(rate: 0.45))
    let executor = executor()
    var epochs = 0
    #expect(
      try executor.execute(run, watch: ExecutionWatch(report: { _ in epochs += 1 })) == .finished)
    #expect(epochs == Profile.smoke.trainingProtocol.epochs)
    #expect(try executor.store.state(of: try run.key()) == .done)
    let record = try record(run, in: executor)
    #expect(record.epochs.count == epochs && record.outcome == .done)
    #expect(try CanonicalJSON.encode(record.specification) == CanonicalJSON.encode(run))
    let file = executor.store.folder(of: try run.key()).appendingPathComponent("record.json")
    let written = try Data(contentsOf: file)
    #expect(
      try executor.execute(
        run,
        watch: ExecutionWatch(report: { _ in Issue.record("a finished run was trained again") }))
        == .finished)
    #expect(try Data(contentsOf: file) == written)
    // The labels that were drawn are kept beside, and their audit is in the record.
    let noise = executor.store.root.appendingPathComponent("noise")
    #expect(try FileManager.default.contentsOfDirectory(atPath: noise.path).count == 1)
    #expect(record.noise != .null)
  }

  @Test func stoppedRunContinuesAsIfUndisturbed() throws {
    let (calm, stopped) = (executor("calm"), executor("stopped"))
    for method in ["ce", "co-teaching"] {
      let run = try SmokeRun.specification(method)
      #expect(try calm.execute(run) == .finished)
      var sittings = 0
      // Each sitting ends after its first epoch.
      while try stopped.execute(run, watch: ExecutionWatch(isStopped: { true })) == .stopped {
        sittings += 1
        try #require(sittings <= Profile.smoke.trainingProtocol.epochs)
      }
      #expect(sittings == Profile.smoke.trainingProtocol.epochs)
      let (one, two) = (try record(run, in: calm), try record(run, in: stopped))
      #expect(one.epochs == two.epochs && one.scalars == two.scalars && one.noise == two.noise)
      #expect(one.provenance.resumed == 0)
      #expect(two.provenance.resumed == sittings)
    }
  }

  /// Generator, extractor, images and three stages of training, each stopped wherever it can be.
  @Test func stoppedEchoAlignContinuesAsIfUndisturbed() throws {
    let run = try SmokeRun.specification("echoalign-b")
    let (calm, stopped) = (executor("calm"), executor("stopped"))
    #expect(try calm.execute(run) == .finished)
    func sittings(_ job: Job) throws -> Int {
      var count = 0
      while true {
        // Training asks after each epoch; generation asks before each batch, and is let do one.
        var asked = 0
        let outcome = try stopped.perform(
          job,
          watch: ExecutionWatch(isStopped: {
            asked += 1
            if case .echo = job { return asked > 1 }
            return true
          }))
        if outcome == .finished { return count }
        count += 1
        try #require(count < 20)
      }
    }
    let plan = try JobPlan(runs: [("run", run)], store: stopped.store)
    let outside = try #require(Profile.smoke.benchmarks[0].outside)
    for entry in plan.entries {
      let count = try sittings(entry.job)
      switch entry.job {
      case .generator:
        let training = outside.generator.configuration
        #expect(count == training.denoiser.epochs + training.control.epochs)
      case .extractor: #expect(count == outside.extractor.trainingProtocol.epochs)
      default: #expect(count > 0, "\(entry.label)")
      }
    }
    let (one, two) = (try record(run, in: calm), try record(run, in: stopped))
    #expect(one.epochs == two.epochs && one.scalars == two.scalars)
    #expect(Set(one.epochs.map(\.stage)).count == 3)
    for kind in ["generator", "extractor"] {
      func weights(_ store: String) throws -> [String: [UInt8]] {
        let folder = folder.url.appendingPathComponent("\(store)/assets/\(kind)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
          .filter { !$0.hasPrefix(".") }
        #expect(names.count == 1)
        return try SafeTensors(
          contentsOf: folder.appendingPathComponent("\(names[0])/weights.safetensors")
        ).tensors.mapValues { $0.bytes() }
      }
      #expect(try weights("calm") == weights("stopped"), "another \(kind)")
    }
  }

  @Test func variantsShareGeneratorAndImages() throws {
    let executor = executor()
    let noise = NoiseModel.pairflip(rate: 0.45)
    let first = try SmokeRun.specification("echoalign-a", noise: noise)
    #expect(try executor.execute(first) == .finished)
    let folder = executor.store.root
    func inventory() throws -> [String: Date] {
      var found: [String: Date] = [:]
      for part in ["assets", "echo"] {
        let names = try FileManager.default.subpathsOfDirectory(
          atPath: folder.appendingPathComponent(part).path)
        for name in names {
          let path = folder.appendingPathComponent("\(part)/\(name)").path
          found[name] =
            try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        }
      }
      return found
    }
    let before = try inventory()
    let second = try SmokeRun.specification("echoalign-b", noise: noise)
    var generated = 0
    #expect(
      try executor.perform(
        .echo(try #require(EchoDraw(of: second))),
        watch: ExecutionWatch(report: { if $0.stage == "generate" { generated += 1 } }))
        == .finished)
    #expect(try executor.execute(second) == .finished)
    #expect(generated == 0)
    #expect(try inventory() == before)
    let scalars = try record(second, in: executor).scalars
    #expect(scalars["selected-count"] != nil && scalars["threshold"] != nil)
  }

  @Test func damagedRecordIsAnError() throws {
    let run = try SmokeRun.specification()
    let executor = executor()
    _ = try executor.execute(run)
    let file = executor.store.folder(of: try run.key()).appendingPathComponent("record.json")
    let original = try Data(contentsOf: file)
    var altered = original
    altered[altered.count / 3] ^= 1
    try altered.write(to: file)
    #expect(throws: StoreError.self) {
      try executor.execute(
        run, watch: ExecutionWatch(report: { _ in Issue.record("a damaged run was trained") }))
    }
    try original.write(to: file)
    #expect(try executor.execute(run) == .finished)
  }

  @Test func alteredLabelsAreAnError() throws {
    let executor = executor()
    _ = try executor.execute(try SmokeRun.specification())
    let folder = executor.store.root.appendingPathComponent("noise")
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
    let file = folder.appendingPathComponent(name)
    var text = try String(contentsOf: file, encoding: .utf8)
    // The last sample gets another noisy label.
    let digit = try #require(text.lastIndex { $0.isNumber })
    text.replaceSubrange(digit...digit, with: text[digit] == "1" ? "2" : "1")
    try Data(text.utf8).write(to: file)
    let other = try SmokeRun.specification("co-teaching")
    let error = #expect(throws: StoreError.self) { try executor.execute(other) }
    #expect(error?.message.contains(name) == true)
    #expect(try executor.store.state(of: try other.key()) != .done)
    // Another draw has a file of its own.
    #expect(try executor.execute(try SmokeRun.specification(seed: 2)) == .finished)
  }

  @Test func divergedRunIsRecordedAsFailed() throws {
    var run = try SmokeRun.specification()
    run.trainingProtocol.optimizer = .sgd(
      rate: 1e30, momentum: 0.9, weightDecay: 1, nesterov: false)
    let executor = executor()
    guard case .failed(let failure) = try executor.execute(run) else {
      Issue.record("a run at a rate of 1e30 did not diverge")
      return
    }
    #expect(failure.cause == .nonFinite)
    #expect(try executor.store.state(of: try run.key()) == .failed(failure))
    #expect(
      try executor.execute(
        run,
        watch: ExecutionWatch(report: { _ in Issue.record("a failed run was trained again") }))
        == .failed(failure))
  }
}
