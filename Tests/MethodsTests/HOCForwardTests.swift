import NN
import RunStore
import TestSupport
import Testing
import Torch

@testable import Methods
@testable import Training

@Suite struct HOCForwardTests {
  private static let position = EpochPosition(stage: 1, epoch: 0, epochs: 6, overall: 3)

  private static let configuration: HOCForward.Configuration = {
    var configuration = HOCForward.Configuration.ours
    configuration.estimator = HOCEstimator(rounds: 2, sampleSize: 40, steps: 50, rate: 0.1)
    return configuration
  }()

  @Test func forwardLossMatchesPyTorch() throws {
    for entry in try HOCReference.load().forward {
      let transition = Tensor.from(
        entry.transition.map(Float.init), shape: [entry.classes, entry.classes])
      let found = valuesAndGradient(
        logits: entry.logits, targets: entry.targets, classes: entry.classes
      ) { TransitionCorrection.forwardLoss(logits: $0, targets: $1, transition: transition) }
      expectClose(found.values, entry.values, relative: 5e-6, absolute: 1e-6)
      expectClose(found.gradient, entry.gradient, relative: 1e-4, absolute: 2e-6)
    }
  }

  @Test func releasedSettingsAreTheCodes() {
    let released = HOCForward.Configuration.released
    #expect(released.stages(under: .paper).map(\.epochs) == [150, 100])
    #expect(released.warmUpSchedule?.factor(epoch: 49, of: 150) == 1)
    #expect(released.warmUpSchedule?.factor(epoch: 50, of: 150) == 0.1)
    #expect(released.forwardSchedule?.factor(epoch: 49, of: 100) == 1)
    #expect(released.forwardSchedule?.factor(epoch: 50, of: 100) == 0.1)
    #expect(released.estimator == .init(rounds: 50, sampleSize: 15_000, steps: 1500, rate: 0.1))
    #expect(HOCForward.Configuration.ours.stages(under: .paper).map(\.epochs) == [100, 200])
    let method = HOCForward(released, task: SyntheticTask().task)
    #expect(method.passes(epoch: Self.position)[0].batchSize == 256)
    let ours = HOCForward(.ours, task: SyntheticTask(batchSize: 17).task)
    #expect(ours.passes(epoch: Self.position)[0].batchSize == 17)
  }

  /// T comes from the features of the warm-up's best epoch; the forward stage trains a fresh network.
  @Test func estimatesFromTheBestWarmUp() throws {
    let task = SyntheticTask().task
    let method = HOCForward(Self.configuration, task: task)
    _ = try method.begin(stage: 0)
    let warmUp = try #require(method.learners["network"])
    let (best, worse) = (task.makeNetwork("best"), task.makeNetwork("worse"))
    for (network, accuracy) in [(best, 0.6), (worse, 0.5)] {
      try warmUp.network.store.load(network.store.state)
      method.evaluated(
        EpochRecord(
          epoch: 1, stage: "", learningRate: 0, trainLoss: 0, trainAccuracy: 0,
          memorisedShare: nil, validationLoss: 0, validationAccuracy: accuracy, testLoss: 0,
          testAccuracy: 0, scalars: [:]), at: Self.position)
    }
    #expect(try method.begin(stage: 1) == Stage(name: "forward", epochs: 6))
    let matrices = [best, worse].map { network in
      let estimator = Self.configuration.estimator
      let features = Evaluation.outputs(task.samples) { network.features($0, training: false) }
      let frequencies = estimator.frequencies(
        features: features, labels: task.samples.labels, classes: 3,
        stream: task.streams.order.substream("hoc"))
      return estimator.estimate(frequencies, on: .cpu).transition.to(.float32)
        .array(of: Float.self)
    }
    let found = try #require(method.memory["transition"])
    #expect(found.array(of: Float.self) == matrices[0] && matrices[0] != matrices[1])
    #expect(method.memory.bestWeights(of: "warm-up") == nil)
    let fresh = task.makeNetwork("network").store.parameters.map { $0.array(of: Float.self) }
    let started = method.learners["network"]?.network.store.parameters.map {
      $0.array(of: Float.self)
    }
    #expect(started == fresh)
    #expect(method.scalars["hoc-residual"] != nil)
    let diagonal = (0..<3).map { Double(matrices[0][4 * $0]) }.reduce(0, +) / 3
    expectClose(method.scalars["transition-mean-diagonal"] ?? 0, diagonal, relative: 1e-6)
    #expect(try method.begin(stage: 2) == nil)
  }

  /// With T = I the forward stage is plain training of the same network.
  @Test func identityIsPlainTraining() throws {
    let synthetic = SyntheticTask(noiseRate: 0)
    let method = HOCForward(Self.configuration, task: synthetic.task)
    method.memory["transition"] = .from([Float(1), 0, 0, 0, 1, 0, 0, 0, 1], shape: [3, 3])
    _ = try method.begin(stage: 1)
    let plain = LossMethod(task: synthetic.task)
    let samples = synthetic.task.samples
    let places = Tensor.from([0, 9, 20, 31], shape: [4])
    let batch = Batch(
      positions: places, views: [samples.bank.batch(rows: places)],
      labels: samples.labelsOnDevice.select(places), weights: nil, count: 4)
    for _ in 0..<3 {
      let position = StepPosition(epoch: Self.position, pass: 0, step: 0)
      _ = method.step(batch, at: position)
      _ = plain.step(batch, at: position)
    }
    let pairs = zip(
      method.learners["network"]?.network.store.parameters ?? [],
      plain.learners["network"]?.network.store.parameters ?? [])
    for (ours, theirs) in pairs {
      expectClose(
        ours.array(of: Float.self), theirs.array(of: Float.self), relative: 1e-4, absolute: 1e-6)
    }
    let images = batch.images
    expectClose(
      withoutGradient { method.predictGivenLabels(images).softmax(along: 1) }.array(of: Float.self),
      withoutGradient { method.predict(images).softmax(along: 1) }.array(of: Float.self),
      relative: 1e-4, absolute: 2e-6)
  }
}
