import RunStore
import Testing
import Torch
import TorchTestSupport

@testable import Methods
@testable import Training

/// What holds of whole runs of the methods that model a transition, with all their options and under hard conditions.
@Suite struct TransitionCorrectionRunTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var recipe: any MethodRecipe
    /// Classes of the networks and labels; only three have samples.
    var classes = SyntheticTask.classes
    var count = 54
    var batchSize = 16
    var epochs = 6

    func run(from saved: TrainedRun.Saved? = nil) throws -> TrainedRun {
      let synthetic = synthetic
      return try TrainedRun(try method(synthetic), of: synthetic, from: saved)
    }

    var synthetic: SyntheticTask {
      SyntheticTask(count: count, epochs: epochs, batchSize: batchSize)
    }

    func method(_ synthetic: SyntheticTask) throws -> any TrainingMethod {
      let base = synthetic.task
      let classes = classes
      let task = TrainingTask(
        samples: base.samples, classes: classes, noiseRate: base.noiseRate,
        trainingProtocol: base.trainingProtocol, streams: base.streams
      ) { stream, outputs in SyntheticTask.network(stream: stream, outputs: outputs) }
      return try recipe.make(task: task, resources: synthetic.resources)
    }
  }

  private static let setting = MethodSetting(
    noise: .symmetric(rate: 0.3), classes: SyntheticTask.classes, isReduced: true)
  private static let estimator = HOCEstimator(rounds: 3, sampleSize: 40, steps: 30, rate: 0.1)

  private static func revising(_ revision: TRevision.Revision) -> TRevision.Configuration {
    var configuration = TRevision.Configuration.ours(setting: setting)
    configuration.revision = revision
    return configuration
  }

  private static func hoc(
    _ configuration: HOCForward.Configuration, batchSize: Int? = nil
  ) -> HOCForward.Configuration {
    var configuration = configuration
    configuration.estimator = estimator
    configuration.batchSize = batchSize
    return configuration
  }

  static let cases: [Case] =
    TRevision.Revision.allCases.map {
      Case(testDescription: "T-Revision, \($0.rawValue)", recipe: revising($0))
    } + [
      Case(testDescription: "HOC-Forward", recipe: hoc(.ours)),
      Case(testDescription: "HOC-Forward, released", recipe: hoc(.released, batchSize: 20)),
      Case(testDescription: "BLTM", recipe: BLTM.Configuration.ours(setting: setting)),
      Case(testDescription: "BLTM, released", recipe: BLTM.Configuration.released),
    ]

  /// 300 images, batches of 128, four epochs, and two of five classes without a sample.
  static let hard: [Case] = cases.map { method in
    var method = method
    (method.classes, method.count, method.batchSize, method.epochs) = (5, 300, 128, 4)
    return method
  }

  @Test(arguments: hard) func staysFiniteOnTinyDataWithEmptyClasses(_ method: Case) throws {
    let run = try method.run()
    let names = method.recipe.stages(under: method.synthetic.task.trainingProtocol)
      .flatMap { [String](repeating: $0.name, count: $0.epochs) }
    #expect(run.epochs.map(\.stage) == names)
    // Only the last stage's network is a candidate for the run's number.
    #expect(run.epochs.map { $0.isPreparation == true } == names.map { $0 != names.last })
    for epoch in run.epochs {
      #expect(epoch.trainLoss.isFinite && epoch.validationLoss.isFinite && epoch.testLoss.isFinite)
      #expect(epoch.scalars.values.allSatisfy { $0.isFinite })
    }
    #expect(!run.scalars.isEmpty && run.scalars.values.allSatisfy { $0.isFinite })
  }

  /// Each stage changes a weight in each of its epochs.
  @Test(arguments: cases) func everyStageTrains(_ method: Case) throws {
    let checkpoints = try method.run().checkpoints
    for (before, after) in zip(checkpoints, checkpoints.dropFirst()) {
      let earlier = try before.restored()
      let later = try after.restored()
      guard earlier.stage == later.stage else { continue }
      let moved = later.tensors.contains { name, tensor in
        name.hasPrefix("learner/") && name.hasSuffix("linear.weight")
          && earlier.tensors[name]?.bytes() != tensor.bytes()
      }
      #expect(moved, "epoch \(later.epochs.count)")
    }
  }

  @Test(arguments: cases) func continuedRunIsTheUndisturbedOne(_ method: Case) throws {
    let whole = try method.run()
    for saved in whole.checkpoints {
      let rest = try method.run(from: saved)
      #expect(rest.agrees(with: whole), "from epoch \(saved.epochs.count)")
    }
  }

  @Test(arguments: cases) func noTensorLeaks(_ method: Case) throws {
    let synthetic = method.synthetic
    let trained = try method.method(synthetic)
    var counts: [Int: [Int]] = [:]
    _ = try synthetic.loop.run(trained, from: nil) { state in
      counts[state.stage, default: []].append(Runtime.threadTensorBalance)
      return true
    }
    for (stage, seen) in counts {
      #expect(Set(seen.dropFirst()).count <= 1, "stage \(stage): \(seen)")
    }
    _ = try method.run()
    try expectNoTensorLeak { _ = try method.run() }
  }

  @Test(arguments: cases) func configurationReadsBack(_ method: Case) throws {
    func readBack<Recipe: MethodRecipe>(_ recipe: Recipe) throws -> Bool {
      let data = try CanonicalJSON.encode(recipe)
      return try CanonicalJSON.decodeStrictly(Recipe.self, from: data) == recipe
    }
    #expect(try readBack(method.recipe))
  }
}
