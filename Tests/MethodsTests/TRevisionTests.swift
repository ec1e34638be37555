import Foundation
import NN
import RunStore
import TestSupport
import Testing
import Torch

@testable import Methods
@testable import Training

@Suite struct TRevisionTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      var classes: Int
      var logits: [Double]
      var targets: [Int]
      var transition: [Double]
      var change: [Double]
      var losses: [Loss]
    }
    struct Loss: Decodable {
      var name: String
      var values: [Double]
      var gradient: [Double]
      var changeGradient: [Double]?
    }
    struct Anchors: Decodable {
      var percentile: Double?
      var positions: [Int]
    }
    var cases: [Case]
    var probabilities: [Double]
    var anchors: [Anchors]
  }

  private static let setting = MethodSetting(
    noise: .symmetric(rate: 0.3), classes: 3, isReduced: true)
  private static let matrix = [0.8, 0.2, 0.4, 0.6]

  private func square(_ values: [Double]) -> Tensor {
    let side = Int(Double(values.count).squareRoot())
    return .from(values.map(Float.init), shape: [side, side])
  }

  private func doubles(_ tensor: Tensor) -> [Double] {
    tensor.detached().to(.float64).array(of: Double.self)
  }

  /// Values, the gradient of their mean for the logits, and that for the change, nil where none reaches it.
  private func evaluate(
    logits: [Double], targets: [Int], transition: [Double], change: [Double]?,
    revision: TRevision.Revision
  ) -> (values: [Double], gradient: [Double], changeGradient: [Double]?) {
    let change = change.map { square($0).requiringGradient() }
    let transition = square(transition)
    let found = valuesAndGradient(
      logits: logits, targets: targets, classes: transition.shape[0]
    ) {
      TRevision.losses(
        logits: $0, targets: $1, transition: transition, change: change, revision: revision)
    }
    let gradient = change.flatMap { $0.gradient.isDefined ? doubles($0.gradient) : nil }
    return (found.values, found.gradient, gradient)
  }

  // MARK: - Losses

  @Test func constantWeightByHand() {
    // p = (1/4, 3/4), so the given label has (1/2, 1/2); label 1 weighs 3/2.
    let found = evaluate(
      logits: [0, log(3.0)], targets: [1], transition: Self.matrix, change: nil, revision: .once)
    expectClose(found.values, [1.5 * log(4.0 / 3)], relative: 1e-6)
    expectClose(found.gradient, [1.5 * 0.25, -1.5 * 0.25], relative: 1e-5)
  }

  @Test func revisionByHand() {
    // (T̂ᵀp)_1 = 1/2 + p_0 Δ_01 + p_1 Δ_11 = 1/2 + 0.025 + 0.075.
    let change = [0.3, 0.1, 0.2, 0.1]
    let found = evaluate(
      logits: [0, log(3.0)], targets: [1], transition: Self.matrix, change: change, revision: .once)
    let loss = 0.75 / 0.6 * log(4.0 / 3)
    expectClose(found.values, [loss], relative: 1e-6)
    // −loss / (T̂ᵀp)_1 · p_k in the label's column alone.
    expectClose(
      found.changeGradient ?? [], [0, -loss / 0.6 * 0.25, 0, -loss / 0.6 * 0.75], relative: 1e-5)
    // d(p_1 CE / g)/dp_1 with g = 0.3 + 0.4 p_1, since (T̂)_01 = 0.3 and (T̂)_11 = 0.7; then dp_1/dz_1 = p_0 p_1.
    let slope = ((log(4.0 / 3) - 1) * 0.6 - 0.75 * log(4.0 / 3) * 0.4) / 0.36 * 0.25 * 0.75
    expectClose(found.gradient, [-slope, slope], relative: 1e-5)
  }

  @Test func perSampleAddsTheChangeAnewForEachSample() {
    let (logits, change) = ([0, log(3.0), 0, log(3.0)], [0.3, 0.1, 0.2, 0.1])
    let found = evaluate(
      logits: logits, targets: [1, 1], transition: Self.matrix, change: change,
      revision: .perSample)
    // The second sample sees T + 2 ΔT: (T̂ᵀp)_1 = 1/2 + 2 · 0.1.
    expectClose(
      found.values, [0.75 / 0.6 * log(4.0 / 3), 0.75 / 0.7 * log(4.0 / 3)], relative: 1e-6)
  }

  @Test func perSampleOfOneSampleIsOnce() {
    let pair = [TRevision.Revision.once, .perSample].map {
      evaluate(
        logits: [0.2, -0.5, 1], targets: [2], transition: [0.8, 0.1, 0.1, 0, 1, 0, 0.2, 0.2, 0.6],
        change: [0.1, 0, 0.1, 0, 0.05, 0.1, 0, 0, 0.2], revision: $0)
    }
    #expect(pair[0].values == pair[1].values && pair[0].gradient == pair[1].gradient)
    #expect(pair[0].changeGradient == pair[1].changeGradient && pair[0].changeGradient != nil)
  }

  @Test func detachedWeightsGiveTheChangeNoGradient() {
    let found = evaluate(
      logits: [0, log(3.0)], targets: [1], transition: Self.matrix, change: [0.3, 0.1, 0.2, 0.1],
      revision: .detached)
    #expect(found.changeGradient == nil)
    expectClose(found.values, [0.75 / 0.6 * log(4.0 / 3)], relative: 1e-6)
    expectClose(found.gradient, [0.75 / 0.6 * 0.25, -0.75 / 0.6 * 0.25], relative: 1e-5)
  }

  @Test(arguments: TRevision.Revision.allCases)
  func identityGivesCrossEntropy(_ revision: TRevision.Revision) {
    let logits = [0.3, -1, 2, 0.1, 0.2, 4]
    let plain = valuesAndGradient(logits: logits, targets: [1, 2], classes: 3) {
      $0.crossEntropy(targets: $1)
    }
    let found = evaluate(
      logits: logits, targets: [1, 2], transition: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      change: [Double](repeating: 0, count: 9), revision: revision)
    expectClose(found.values, plain.values, relative: 1e-5)
    // With T = I the weight is p_y / p_y, whose gradient is zero.
    expectClose(found.gradient, plain.gradient, relative: 1e-4, absolute: 1e-6)
  }

  @Test func matchesPyTorch() throws {
    let reference: Reference = try Fixture.json("methods/t-revision.json")
    for entry in reference.cases {
      #expect(entry.losses.map(\.name) == ["constant", "once", "per-sample", "detached"])
      for loss in entry.losses {
        let found = evaluate(
          logits: entry.logits, targets: entry.targets, transition: entry.transition,
          change: loss.name == "constant" ? nil : entry.change,
          revision: TRevision.Revision(rawValue: loss.name) ?? .once)
        expectClose(found.values, loss.values, relative: 5e-6, absolute: 1e-6, loss.name)
        expectClose(
          found.gradient, loss.gradient, relative: 1e-4, absolute: 2e-6, "\(loss.name), logits")
        #expect((found.changeGradient == nil) == (loss.changeGradient == nil))
        expectClose(
          found.changeGradient ?? [], loss.changeGradient ?? [], relative: 1e-4, absolute: 2e-6,
          "\(loss.name), change")
      }
    }
  }

  @Test func negativeDivisorStaysFinite() {
    let found = evaluate(
      logits: [0, log(3.0)], targets: [1], transition: Self.matrix, change: [0, -2, 0, -2],
      revision: .once)
    #expect((found.values + found.gradient).allSatisfy { $0.isFinite })
    #expect(found.changeGradient == [0, 0, 0, 0])
  }

  // MARK: - Anchors

  @Test func anchorsByHand() {
    let values: [Float] = [0.9, 0.1, 0.6, 0.4, 0.3, 0.7, 0.5, 0.5, 0.6, 0.4]
    let p = Tensor.from(values, shape: [5, 2])
    #expect(TRevision.anchors(probabilities: p, percentile: nil) == [0, 2])
    // The 75th percentile of five values is the fourth smallest: 0.6 and 0.5; below them 0.5 and 0.4.
    #expect(TRevision.anchors(probabilities: p, percentile: 75) == [3, 1])
    // Between two values, the higher one counts.
    #expect(TRevision.anchors(probabilities: p, percentile: 90) == [1, 3])
    expectClose(
      TRevision.transition(probabilities: p, percentile: nil).array(of: Float.self),
      [0.9, 0.1, 0.3, 0.7])
    // Equal values leave none below, and then all count.
    let flat = Tensor.full(0.5, shape: [4, 2])
    #expect(TRevision.anchors(probabilities: flat, percentile: 97) == [0, 0])
  }

  @Test func anchorsMatchNumPy() throws {
    let reference: Reference = try Fixture.json("methods/t-revision.json")
    let p = Tensor.from(reference.probabilities.map(Float.init), shape: [200, 4])
    for entry in reference.anchors {
      #expect(
        TRevision.anchors(probabilities: p, percentile: entry.percentile) == entry.positions,
        "percentile \(String(describing: entry.percentile))")
    }
  }

  // MARK: - Settings and stages

  @Test func releasedSettingsAreTheCodes() {
    let few = TRevision.Configuration.released(classes: 10)
    let long = TrainingProtocol.paper
    #expect(few.stages(under: long).map(\.epochs) == [20, 200, 200])
    #expect(few.milestones.map { Int(($0 * 200).rounded()) } == [40, 80])
    expectClose(long.optimizer.rate * few.estimateFactor, 0.01)
    expectClose(long.optimizer.rate * few.reweightFactor, 0.01)
    #expect(few.anchorPercentile == 97 && few.revision == .perSample)
    let many = TRevision.Configuration.released(classes: 100)
    #expect(many.stages(under: long).map(\.epochs) == [15, 200, 200])
    #expect(many.anchorPercentile == nil)
    var full = Self.setting
    full.isReduced = false
    #expect(TRevision.Configuration.ours(setting: full) == .paper(classes: 3))
    #expect(TRevision.Configuration.paper(classes: 3).revision == .once)
  }

  private func record(_ accuracy: Double) -> EpochRecord {
    EpochRecord(
      epoch: 1, stage: "", learningRate: 0, trainLoss: 0, trainAccuracy: 0, memorisedShare: nil,
      validationLoss: 0, validationAccuracy: accuracy, testLoss: 0, testAccuracy: 0, scalars: [:])
  }

  private let position = EpochPosition(stage: 0, epoch: 0, epochs: 6, overall: 0)

  private func weights(_ method: TRevision) -> [[Float]] {
    method.learners["network"]?.network.store.parameters.map { $0.array(of: Float.self) } ?? []
  }

  /// Reweighting starts from the best epoch of the estimate, whose probabilities give T; revision from the best of that.
  @Test func eachStageStartsFromTheBestEpochOfTheOneBefore() throws {
    let task = SyntheticTask().task
    let method = TRevision(.ours(setting: Self.setting), task: task)
    for (stage, name) in ["estimate", "reweight"].enumerated() {
      #expect(try method.begin(stage: stage)?.name == name)
      var kept: [[Float]] = []
      var expected: [Float] = []
      for (value, accuracy) in [(0.01, 0.3), (-0.02, 0.5), (0.03, 0.4)] {
        for parameter in method.learners["network"]?.network.store.parameters ?? [] {
          parameter.copy(from: withoutGradient { parameter.detached() + value })
        }
        method.evaluated(record(accuracy), at: position)
        guard accuracy == 0.5 else { continue }
        kept = weights(method)
        let p = Evaluation.outputs(task.samples) { method.predict($0).softmax(along: 1) }
        expected = TRevision.transition(probabilities: p, percentile: 97).array(of: Float.self)
      }
      _ = try method.begin(stage: stage + 1)
      #expect(weights(method) == kept && !kept.isEmpty)
      if stage == 0 { #expect(method.memory["transition"]?.array(of: Float.self) == expected) }
      #expect(method.memory.bestWeights(of: name) == nil)
    }
    #expect(try method.begin(stage: 3) == nil)
    #expect(method.scalars["revision-norm"] == 0)
    #expect(method.scalars["revised-mean-diagonal"] == method.scalars["transition-mean-diagonal"])
  }

  /// The last stage's step is Adam's on network and ΔT.
  @Test(arguments: TRevision.Revision.allCases)
  func revisionStepsOnNetworkAndChange(_ revision: TRevision.Revision) throws {
    let task = SyntheticTask().task
    var configuration = TRevision.Configuration.ours(setting: Self.setting)
    configuration.revision = revision
    configuration.revisionRate = 1e-2
    let method = TRevision(configuration, task: task)
    let matrix = square([0.8, 0.1, 0.1, 0.2, 0.6, 0.2, 0.1, 0.3, 0.6])
    method.memory["transition"] = matrix
    _ = try method.begin(stage: 2)
    let network = task.makeNetwork("network")
    let change = Tensor.zeros([3, 3]).requiringGradient()
    let optimizer = Optimizer(
      .adam(rate: 1e-2, betas: [0.9, 0.999], weightDecay: 1e-4),
      parameters: network.store.parameters + [change])
    let places = Tensor.from([0, 5, 7, 20, 33], shape: [5])
    let batch = Batch(
      positions: places, views: [task.samples.bank.batch(rows: places)],
      labels: task.samples.labelsOnDevice.select(places), weights: nil, count: 5)
    for _ in 0..<2 {
      _ = method.step(batch, at: StepPosition(epoch: position, pass: 0, step: 0))
      let logits = network.logits(batch.images, training: true)
      let losses = TRevision.losses(
        logits: logits, targets: batch.labels, transition: matrix, change: change,
        revision: revision)
      optimizer.step(minimising: losses.mean(), rate: 1e-2)
    }
    let found = try #require(method.learners["network"]?.extraParameters["transition-change"])
    expectClose(doubles(found), doubles(change), relative: 1e-5, absolute: 1e-7)
    #expect((revision == .detached) == doubles(found).allSatisfy { $0 == 0 })
    for (ours, theirs) in zip(weights(method), network.store.parameters) {
      expectClose(ours, theirs.array(of: Float.self), relative: 1e-5, absolute: 1e-7)
    }
    // Noisy validation is predicted by T + ΔT.
    let images = batch.images
    let expected = withoutGradient {
      method.predict(images).softmax(along: 1).matmul(matrix + change).log()
    }
    expectClose(
      doubles(withoutGradient { method.predictGivenLabels(images) }), doubles(expected),
      relative: 1e-4, absolute: 1e-5)
  }
}
