import Foundation
import NN
import RunStore
import TestSupport
import Testing
import Torch

@testable import Methods
@testable import Training

@Suite struct BLTMTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      var classes: Int
      var outputs: [Double]
      var logits: [Double]
      var change: [Double]
      var bayes: [Int]
      var given: [Int]
      var rowLosses: [Double]
      var rowGradient: [Double]
      var losses: [Double]
      var gradient: [Double]
      var changeGradient: [Double]
    }
    struct Selection: Decodable {
      var bound: Double
      var positions: [Int]
      var labels: [Int]
    }
    var cases: [Case]
    var probabilities: [Double]
    var selections: [Selection]

    static func load() throws -> Reference { try Fixture.json("methods/bltm.json") }
  }

  private static let setting = MethodSetting(
    noise: .symmetric(rate: 0.3), classes: 3, isReduced: true)

  private func tensor(_ values: [Double], _ shape: [Int]) -> Tensor {
    .from(values.map(Float.init), shape: shape)
  }

  private func doubles(_ tensor: Tensor) -> [Double] {
    tensor.detached().to(.float64).array(of: Double.self)
  }

  // MARK: - Losses

  @Test func rowLossByHand() {
    // The rows of T(x) are (1/4, 3/4) and (2/3, 1/3); the Bayes label picks the second, the given label is 1.
    let outputs = tensor([0, log(3.0), log(2.0), 0], [1, 4]).requiringGradient()
    let loss = BLTM.rowLogits(outputs: outputs, bayesLabels: .from([1], shape: [1]), classes: 2)
      .crossEntropy(targets: .from([1], shape: [1]))
    expectClose(doubles(loss), [log(3.0)], relative: 1e-6)
    loss.mean().backward()
    // Nothing reaches the row of the other label.
    expectClose(
      doubles(outputs.gradient), [0, 0, 2.0 / 3, -2.0 / 3], relative: 1e-5, absolute: 1e-9)
  }

  @Test func rowsAreNormalisedAfterTheChange() {
    let outputs = tensor([0, log(3.0), log(2.0), 0], [1, 4])
    let plain = BLTM.transition(outputs: outputs, change: nil, classes: 2)
    expectClose(doubles(plain), [0.25, 0.75, 2.0 / 3, 1.0 / 3], relative: 1e-6)
    let change = tensor([0.25, 0, -1, 0], [2, 2])
    let revised = BLTM.transition(outputs: outputs, change: change, classes: 2)
    // (1/2, 3/4) and (−1/3, 1/3), whose negative entry becomes 10⁻⁶.
    expectClose(doubles(revised), [0.4, 0.6, 3e-6, 1], relative: 1e-4)
  }

  @Test func lossesMatchPyTorch() throws {
    for entry in try Reference.load().cases {
      let (count, classes) = (entry.given.count, entry.classes)
      let given = Tensor.from(entry.given, shape: [count])
      let outputs = tensor(entry.outputs, [count, classes * classes]).requiringGradient()
      let rows = BLTM.rowLogits(
        outputs: outputs, bayesLabels: .from(entry.bayes, shape: [count]), classes: classes
      ).crossEntropy(targets: given)
      expectClose(doubles(rows), entry.rowLosses, relative: 5e-6, absolute: 1e-6)
      rows.mean().backward()
      expectClose(doubles(outputs.gradient), entry.rowGradient, relative: 1e-4, absolute: 2e-6)

      let change = tensor(entry.change, [classes, classes]).requiringGradient()
      let transition = BLTM.transition(
        outputs: outputs.detached(), change: change, classes: classes)
      let found = valuesAndGradient(
        logits: entry.logits, targets: entry.given, classes: classes
      ) { TransitionCorrection.forwardLoss(logits: $0, targets: $1, transition: transition) }
      expectClose(found.values, entry.losses, relative: 5e-6, absolute: 1e-6)
      expectClose(found.gradient, entry.gradient, relative: 1e-4, absolute: 2e-6)
      expectClose(
        doubles(change.gradient), entry.changeGradient, relative: 1e-4, absolute: 5e-6, "change")
    }
  }

  /// A transition network that says the identity leaves plain cross-entropy.
  @Test func identityGivesCrossEntropy() {
    let outputs = tensor([60, 0, 0, 0, 60, 0, 0, 0, 60, 60, 0, 0, 0, 60, 0, 0, 0, 60], [2, 9])
    let transition = BLTM.transition(outputs: outputs, change: .zeros([3, 3]), classes: 3)
    let logits = [0.3, -1, 2, 0.1, 0.2, 4]
    let corrected = valuesAndGradient(logits: logits, targets: [1, 2], classes: 3) {
      TransitionCorrection.forwardLoss(logits: $0, targets: $1, transition: transition)
    }
    let plain = valuesAndGradient(logits: logits, targets: [1, 2], classes: 3) {
      $0.crossEntropy(targets: $1)
    }
    expectClose(corrected.values, plain.values, relative: 1e-4)
    expectClose(corrected.gradient, plain.gradient, relative: 1e-4, absolute: 2e-6)
  }

  // MARK: - Selection

  @Test func distilledByHand() {
    let p = tensor([0.5, 0.3, 0.2, 0.1, 0.15, 0.75, 0.2, 0.6, 0.2], [3, 3])
    // A probability at the threshold is not above it.
    #expect(
      BLTM.distilled(probabilities: p, threshold: 0.5) == .init(positions: [1, 2], labels: [2, 1]))
    #expect(BLTM.distilled(probabilities: p, threshold: 0.7) == .init(positions: [1], labels: [2]))
    #expect(BLTM.distilled(probabilities: p, threshold: 0.9) == .init(positions: [], labels: []))
  }

  @Test func distilledMatchesNumPy() throws {
    let reference = try Reference.load()
    let p = tensor(reference.probabilities, [100, 5])
    for selection in reference.selections {
      var configuration = BLTM.Configuration.released
      configuration.noiseBound = selection.bound
      #expect(
        BLTM.distilled(probabilities: p, threshold: configuration.threshold)
          == .init(positions: selection.positions, labels: selection.labels))
    }
  }

  @Test func precisionIsBoundedByWhatIsKnown() throws {
    // The first 16 of 54 given labels are wrong; clean labels are 0, 1, 2, 0, ..., wrong ones one more.
    let samples = SyntheticTask().task.samples
    #expect(samples.labels[0] == 1 && samples.labels[20] == 2)
    let distilled = BLTM.Distilled(positions: [0, 3, 1, 20, 21], labels: [1, 0, 0, 2, 1])
    // Wrong and agreed with; wrong and not: 0, right, and 0, which is not; right and agreed with; right and not.
    let found = try #require(BLTM.precision(of: distilled, in: samples))
    expectClose(found.atLeast, 0.2)
    expectClose(found.atMost, 0.6)
    expectClose(found.given, 0.4)
    // The truth, 2 of 5, is between the bounds.
    #expect((found.atLeast...found.atMost).contains(0.4))
    #expect(BLTM.precision(of: .init(positions: [], labels: []), in: samples) == nil)
  }

  @Test func releasedSettingsAreTheCodes() {
    let released = BLTM.Configuration.released
    #expect(released.stages(under: .paper).map(\.epochs) == [10, 50, 20])
    expectClose(TrainingProtocol.paper.optimizer.rate * released.rateFactor, 0.01)
    expectClose(released.threshold, 0.55)
    var full = Self.setting
    full.isReduced = false
    #expect(BLTM.Configuration.ours(setting: full) == released)
  }

  // MARK: - Stages

  /// A method whose warm-up had one epoch, with the weights that a network of this name starts with.
  private func warmedUp(
    bound: Double, task: TrainingTask, network name: String = "network"
  ) throws -> BLTM {
    var configuration = BLTM.Configuration.ours(setting: Self.setting)
    configuration.noiseBound = bound
    let method = BLTM(configuration, task: task)
    _ = try method.begin(stage: 0)
    let learner = try #require(method.learners["network"])
    try learner.network.store.load(task.makeNetwork(name).store.state)
    method.memory.keepBest(learner, of: "warm-up", accuracy: 0.5)
    return method
  }

  private let position = EpochPosition(stage: 1, epoch: 0, epochs: 2, overall: 2)

  @Test func transitionStageTrainsOnDistilledSamplesWithTheirGivenLabels() throws {
    let task = SyntheticTask().task
    let classifier = task.makeNetwork("network")
    let p = Evaluation.outputs(task.samples) {
      classifier.logits($0, training: false).softmax(along: 1)
    }
    let confidences = p.max(along: 1).array(of: Float.self).sorted()
    // Twenty samples exceed the threshold.
    let threshold = Double(confidences[33] + confidences[34]) / 2
    let method = try warmedUp(bound: 2 * threshold - 1, task: task)
    #expect(try method.begin(stage: 1)?.name == "transition")
    let samples = try #require(method.passes(epoch: position).first).samples
    let distilled = BLTM.distilled(probabilities: p, threshold: threshold)
    #expect(samples.count == 20 && distilled.positions.count == 20)
    #expect(samples.identifiers == distilled.positions.map { task.samples.identifiers[$0] })
    #expect(samples.labels == distilled.positions.map { task.samples.labels[$0] })
    #expect(method.scalars["selected-count"] == 20)
    expectClose(method.scalars["selection-threshold"] ?? 0, threshold, relative: 1e-6)
    // The backbone is the classifier's; the head has one output a pair of classes.
    let network = try #require(method.learners["network"]).network.store.state
    for (name, tensor) in classifier.store.state where !name.hasPrefix("linear") {
      #expect(network[name]?.bytes() == tensor.bytes(), "\(name)")
    }
    #expect(network["linear.weight"]?.shape == [9, 8])

    // One step is SGD's on −log T(x)_{bayes, given} of the batch's own samples.
    let places = [3, 11, 0, 19]
    let rows = Tensor.from(places, shape: [4])
    let batch = Batch(
      positions: rows, views: [samples.bank.batch(rows: samples.rowsOnDevice.select(rows))],
      labels: samples.labelsOnDevice.select(rows), weights: nil, count: 4)
    let twin = task.makeNetwork("transition", outputs: 9)
    BLTM.copyBackbone(of: classifier, to: twin)
    let optimizer = Optimizer(task.trainingProtocol.optimizer, parameters: twin.store.parameters)
    let report = method.step(batch, at: StepPosition(epoch: position, pass: 0, step: 0))
    let all = twin.logits(batch.images, training: true).reshape([4, 3, 3]).logSoftmax(along: 2)
    let picks = places.enumerated().map { row, place in
      all.narrow(0, from: row, length: 1).narrow(1, from: distilled.labels[place], length: 1)
        .narrow(2, from: samples.labels[place], length: 1).reshape([1])
    }
    let losses = -Tensor.concatenate(picks)
    expectClose(doubles(report.losses), doubles(losses), relative: 1e-5)
    optimizer.step(minimising: losses.mean(), rate: optimizer.configuration.rate)
    let trained = try #require(method.learners["network"]).network.store.parameters
    for (ours, theirs) in zip(trained, twin.store.parameters) {
      expectClose(
        ours.array(of: Float.self), theirs.array(of: Float.self), relative: 1e-5, absolute: 1e-6)
    }
  }

  @Test func tooFewConfidentSamplesAreFilledUpToABatch() throws {
    let task = SyntheticTask().task
    let method = try warmedUp(bound: 0.999, task: task)
    _ = try method.begin(stage: 1)
    let samples = method.passes(epoch: position)[0].samples
    #expect(samples.count == 16)
    #expect(method.scalars["selected-count"] == 16)
    let smallest = try #require(method.scalars["selection-threshold"])
    #expect(smallest < 0.9995)
    let classifier = task.makeNetwork("network")
    let p = Evaluation.outputs(task.samples) {
      classifier.logits($0, training: false).softmax(along: 1)
    }
    let confidences = p.max(along: 1).array(of: Float.self)
    let kept = samples.identifiers.map { Double(confidences[$0 - 100]) }
    #expect(kept.allSatisfy { $0 >= smallest })
    #expect(confidences.count { Double($0) > smallest } == 15)
  }

  /// The last stage trains classifier and ΔT; the transition network stays as it was at its best epoch.
  @Test func correctionStartsFromTheWarmUpAndTheBestTransitionNetwork() throws {
    let task = SyntheticTask().task
    let method = try warmedUp(bound: 0, task: task)
    _ = try method.begin(stage: 1)
    let made = try #require(method.learners["network"])
    let best = task.makeNetwork("best", outputs: 9)
    try made.network.store.load(best.store.state)
    method.memory.keepBest(made, of: "transition", accuracy: 0.4)
    let images = task.samples.bank.batch(from: 0, length: 6)
    let classifier = task.makeNetwork("network")
    let expected = withoutGradient {
      let p = classifier.logits(images, training: false).softmax(along: 1).reshape([6, 1, 3])
      let t = best.logits(images, training: false).reshape([6, 3, 3]).softmax(along: 2)
      return doubles(p.matmul(t).reshape([6, 3]))
    }
    func predicted() -> [Double] {
      doubles(withoutGradient { method.predictGivenLabels(images).softmax(along: 1) })
    }
    expectClose(predicted(), expected, relative: 1e-4)
    #expect(try method.begin(stage: 2)?.name == "correct")
    expectClose(predicted(), expected, relative: 1e-4)
    #expect(method.memory.bestWeights(of: "warm-up") == nil)

    let rows = Tensor.from([0, 1, 2, 3, 4, 5], shape: [6])
    let batch = Batch(
      positions: rows, views: [images], labels: task.samples.labelsOnDevice.select(rows),
      weights: nil, count: 6)
    _ = method.step(batch, at: StepPosition(epoch: position, pass: 0, step: 0))
    let learner = try #require(method.learners["network"])
    let change = try #require(learner.extraParameters["transition-change"])
    // Adam's first step is its rate in every entry, up to signs.
    #expect(change.array(of: Float.self).allSatisfy { abs(abs($0) - 1e-4) < 1e-6 })
    #expect(
      learner.network.store.state["linear.weight"]?.bytes()
        != classifier.store.state["linear.weight"]?.bytes())
    #expect(try method.begin(stage: 3) == nil)
  }
}
