import LabelNoise
import Methods
import RunStore
import Testing
import Torch
import TorchTestSupport
import Training

/// What holds for every method of the catalogue; a new entry is taken up without an edit here.
@Suite struct MethodCatalogTests {
  /// Every method under a kind of noise of each branch that a configuration takes.
  static let cases: [Case] = MethodCatalog.entries.flatMap { entry in
    [NoiseModel.symmetric(rate: 0.3), .pairflip(rate: 0.45)].map { noise in
      Case(
        identifier: entry.identifier, noise: noise,
        configuration: entry.configuration(
          for: MethodSetting(noise: noise, classes: SyntheticTask.classes, isReduced: true)))
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var identifier: String
    var noise: NoiseModel
    var configuration: MethodConfiguration
    var testDescription: String { "\(identifier) under \(noise.identifier)" }

    func synthetic(seed: UInt64 = 1) -> SyntheticTask {
      SyntheticTask(noiseRate: noise.nominalRate, seed: seed)
    }

    func run(seed: UInt64 = 1, from saved: TrainedRun.Saved? = nil) throws -> TrainedRun {
      let synthetic = synthetic(seed: seed)
      let method = try configuration.recipe.make(
        task: synthetic.task, resources: synthetic.resources)
      return try TrainedRun(method, of: synthetic, from: saved)
    }
  }

  @Test func identifiersAreUniqueAndWellFormed() {
    let identifiers = MethodCatalog.entries.map(\.identifier)
    #expect(Set(identifiers).count == identifiers.count)
    #expect(Set(MethodCatalog.entries.map(\.displayName)).count == identifiers.count)
    for identifier in identifiers {
      #expect(identifier.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(identifier)")
      #expect(MethodCatalog.entry(identifier.uppercased())?.identifier == identifier)
    }
    #expect(MethodCatalog.entry("no-such-method") == nil)
  }

  @Test(arguments: cases) func configurationReadsBack(_ method: Case) throws {
    let data = try CanonicalJSON.encode(method.configuration)
    #expect(
      try CanonicalJSON.decodeStrictly(MethodConfiguration.self, from: data)
        == method.configuration)
  }

  /// Every source has a configuration for the paper's two class counts and for reduced scales.
  @Test(arguments: MethodCatalog.entries.map(\.identifier))
  func everySourceHasAConfiguration(_ identifier: String) throws {
    let entry = try #require(MethodCatalog.entry(identifier))
    for source in MethodSource.allCases {
      for classes in [10, 100] {
        for isReduced in [false, true] {
          let setting = MethodSetting(
            noise: .symmetric(rate: 0.5), classes: classes, isReduced: isReduced)
          let configuration = entry.configuration(source, setting)
          #expect(configuration.identifier == identifier)
          let stages = configuration.recipe.stages(under: .paper)
          #expect(!stages.isEmpty && stages.allSatisfy { $0.epochs > 0 && $0.trainingPasses > 0 })
          let data = try CanonicalJSON.encode(configuration)
          #expect(
            try CanonicalJSON.decodeStrictly(MethodConfiguration.self, from: data)
              == configuration)
        }
      }
    }
  }

  /// The forecast of stages, from which progress is drawn, is what is trained.
  @Test(arguments: cases) func plannedStagesAreThoseTrained(_ method: Case) throws {
    let synthetic = method.synthetic()
    let planned = method.configuration.recipe.stages(under: synthetic.task.trainingProtocol)
      .flatMap { stage in [String](repeating: stage.name, count: stage.epochs) }
    #expect(try method.run().epochs.map(\.stage) == planned)
  }

  @Test(arguments: cases) func trainsWithFiniteLosses(_ method: Case) throws {
    let run = try method.run()
    #expect(run.epochs.map(\.epoch) == Array(1...run.epochs.count))
    for epoch in run.epochs {
      #expect(epoch.trainLoss.isFinite && epoch.validationLoss.isFinite && epoch.testLoss.isFinite)
      #expect(epoch.scalars.values.allSatisfy { $0.isFinite })
      #expect((0...1).contains(epoch.trainAccuracy) && (0...1).contains(epoch.testAccuracy))
      #expect(epoch.memorisedShare.map { (0...1).contains($0) } ?? true)
      #expect(epoch.learningRate > 0)
    }
    #expect(run.scalars.values.allSatisfy { $0.isFinite })
    let first = try #require(run.checkpoints.first?.restored().tensors)
    let last = try #require(run.checkpoints.last?.restored().tensors)
    let moved = first.contains { name, tensor in
      name.hasSuffix("weight") && last[name]?.bytes() != tensor.bytes()
    }
    #expect(moved, "no weight changed after the first epoch")
  }

  @Test(arguments: cases) func sameSeedGivesTheSameRun(_ method: Case) throws {
    let run = try method.run()
    #expect(try method.run() == run)
    #expect(try method.run(seed: 2).epochs != run.epochs)
  }

  /// Continues at the end of every epoch, and so at the end of every stage, with a fresh method.
  @Test(arguments: cases) func continuedRunIsTheUndisturbedOne(_ method: Case) throws {
    let whole = try method.run()
    for saved in whole.checkpoints {
      let rest = try method.run(from: saved)
      #expect(rest.epochs == whole.epochs, "from epoch \(saved.epochs.count)")
      #expect(
        rest.agrees(with: whole),
        "from epoch \(saved.epochs.count): other final state, \(differences(rest, whole))")
    }
  }

  private func differences(_ one: TrainedRun, _ other: TrainedRun) -> [String] {
    Set(one.final.keys).union(other.final.keys).filter { one.final[$0] != other.final[$0] }
      .sorted()
  }

  @Test(arguments: cases) func noTensorLeaksOverAnEpoch(_ method: Case) throws {
    let synthetic = method.synthetic()
    let trained = try method.configuration.recipe.make(
      task: synthetic.task, resources: synthetic.resources)
    var counts: [String: [Int]] = [:]
    _ = try synthetic.loop.run(trained, from: nil) { state in
      counts["\(state.stage)", default: []].append(Runtime.threadTensorBalance)
      return true
    }
    for (stage, seen) in counts {
      // The first epoch of a stage makes what the stage keeps, gradients above all.
      #expect(Set(seen.dropFirst()).count <= 1, "stage \(stage): \(seen)")
    }
  }

  @Test(arguments: cases) func nothingIsLeftAfterARun(_ method: Case) throws {
    _ = try method.run()
    try expectNoTensorLeak { _ = try method.run() }
  }
}
