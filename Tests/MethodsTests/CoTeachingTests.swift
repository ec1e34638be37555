import NN
import TestSupport
import Testing
import Torch

@testable import Methods
@testable import Training

@Suite struct CoTeachingTests {
  @Test func forgetRateRisesLinearlyAndStays() {
    // numpy.linspace(0, 0.45, 10), then 0.45.
    let rates = (0..<14).map {
      CoTeaching.forgetRate(epoch: $0, rampEpochs: 10, noiseRate: 0.45)
    }
    expectClose(
      rates, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.45, 0.45, 0.45, 0.45],
      absolute: 1e-15)
    #expect(rates[0] == 0 && rates[9] == 0.45 && rates[13] == 0.45)
    #expect(
      (0..<4).map { CoTeaching.forgetRate(epoch: $0, rampEpochs: 2, noiseRate: 0.5) }
        == [0, 0.5, 0.5, 0.5])
    #expect(
      (0..<4).allSatisfy {
        CoTeaching.forgetRate(epoch: $0, rampEpochs: 3, noiseRate: 0) == 0
      })
  }

  @Test func releasedSettingsAreThePapers() {
    // Ten epochs of 200, decay from epoch 80.
    let released = CoTeaching.Configuration.released
    #expect(Int((released.rampShare * 200).rounded()) == 10)
    #expect(Int((released.decayShare * 200).rounded()) == 80)
    #expect(released.rate == 1e-3 && released.firstBetas == [0.9, 0.1])
  }

  @Test func incompleteBatchIsLeftOutUnlessItIsTheOnlyOne() {
    for (count, expected) in [(54, 3), (48, 3), (10, 1)] {
      let synthetic = SyntheticTask(count: count)
      let method = CoTeaching(.released, task: synthetic.task)
      let pass = method.passes(
        epoch: EpochPosition(stage: 0, epoch: 0, epochs: 6, overall: 0))[0]
      #expect(pass.batchCount == expected)
    }
  }

  /// One network with its optimiser, stepped by hand.
  private final class Twin {
    let network: Network
    let optimizer: Optimizer

    init(_ name: String, in synthetic: SyntheticTask) {
      network = synthetic.task.makeNetwork(name)
      optimizer = Optimizer(.adam(rate: 1e-3), parameters: network.store.parameters)
    }

    func losses(_ batch: Batch) -> Tensor {
      network.logits(batch.images, training: true).crossEntropy(targets: batch.labels)
    }

    func values() -> [[Float]] { network.store.parameters.map { $0.array(of: Float.self) } }
  }

  private func batch(_ places: [Int], of synthetic: SyntheticTask) -> Batch {
    let samples = synthetic.task.samples
    let positions = Tensor.from(places, shape: [places.count])
    return Batch(
      positions: positions, views: [samples.bank.batch(rows: positions)],
      labels: samples.labelsOnDevice.select(positions), weights: nil, count: places.count)
  }

  /// Each network takes Adam's step on the half of a batch of seven that the other one finds easiest.
  @Test func eachStepsOnTheOthersSmallestLosses() {
    let synthetic = SyntheticTask(noiseRate: 0.5, epochs: 10)
    let method = CoTeaching(
      .init(rampShare: 0.2, rate: 1e-3, decayShare: 0.4, firstBetas: [0.9, 0.1]),
      task: synthetic.task)
    let twins = [Twin("network", in: synthetic), Twin("network-2", in: synthetic)]
    // Epoch 0 keeps 7, epochs 1 and 8 keep ⌊3.5⌋; from epoch 4 on the rate falls, and β₁ is 0.1.
    let plan: [(epoch: Int, kept: Int, rate: Double, beta: Double, places: [Int])] = [
      (0, 7, 1e-3, 0.9, [0, 1, 2, 30, 31, 32, 33]),
      (1, 3, 1e-3, 0.9, [4, 28, 5, 50, 9, 41, 12]),
      (8, 3, 1e-3 * 2 / 6, 0.1, [53, 2, 17, 35, 20, 8, 44]),
    ]
    for entry in plan {
      let batch = batch(entry.places, of: synthetic)
      let position = EpochPosition(
        stage: 0, epoch: entry.epoch, epochs: 10, overall: entry.epoch)
      let report = method.step(batch, at: StepPosition(epoch: position, pass: 0, step: 0))
      let losses = twins.map { $0.losses(batch) }
      let easiest = losses.map { all in
        let values = all.detached().array(of: Float.self)
        return Array(values.indices.sorted { values[$0] < values[$1] }.prefix(entry.kept))
      }
      #expect(entry.kept == 7 || Set(easiest[0]) != Set(easiest[1]), "the check has no power")
      for (own, other) in [(0, 1), (1, 0)] {
        let chosen = Tensor.from(easiest[other], shape: [entry.kept])
        twins[own].optimizer.step(
          minimising: losses[own].select(chosen).mean(), rate: entry.rate,
          betas: [entry.beta, 0.999])
      }
      expectClose(
        report.losses.detached().array(of: Float.self),
        losses[0].detached().array(of: Float.self), "the report is of network 1")
      for (name, twin) in zip(["network", "network-2"], twins) {
        let trained = method.learners[name]?.network.store.parameters ?? []
        for (ours, expected) in zip(trained, twin.values()) {
          expectClose(
            ours.array(of: Float.self), expected, relative: 1e-4, absolute: 2e-6,
            "\(name), epoch \(entry.epoch)")
        }
      }
    }
  }

  /// Without forgetting nothing is exchanged: both networks are trained by plain Adam.
  @Test func forgetRateZeroIsTwoPlainRuns() throws {
    let configuration = CoTeaching.Configuration(
      rampShare: 0.05, rate: 1e-3, decayShare: 1, firstBetas: [0.9, 0.1])
    let synthetic = SyntheticTask(noiseRate: 0, epochs: 3, dropsLast: true)
    let both = CoTeaching(configuration, task: synthetic.task)
    let run = try TrainedRun(both, of: synthetic)
    for name in ["network", "network-2"] {
      let stream = synthetic.task.streams.initialisation.substream(name)
      let alone = LossMethod(
        task: TrainingTask(
          samples: synthetic.task.samples, classes: SyntheticTask.classes, noiseRate: 0,
          trainingProtocol: TrainingProtocol(
            epochs: 3, batchSize: 16, dropsLast: true, optimizer: .adam(rate: 1e-3),
            schedule: .constant, augmentation: .cropAndFlip),
          streams: synthetic.task.streams
        ) { _, _ in SyntheticTask.network(stream: stream) })
      let plain = try TrainedRun(alone, of: synthetic)
      let accuracies = run.epochs.map {
        name == "network" ? $0.testAccuracy : $0.scalars["test-accuracy-network-2"] ?? .nan
      }
      #expect(accuracies == plain.epochs.map(\.testAccuracy))
      let ours = both.learners[name]?.network.store.parameters ?? []
      let theirs = alone.learners["network"]?.network.store.parameters ?? []
      #expect(ours.count == theirs.count && !ours.isEmpty)
      for (one, other) in zip(ours, theirs) {
        expectClose(
          one.array(of: Float.self), other.array(of: Float.self), relative: 0, absolute: 1e-4,
          name)
      }
    }
  }

  @Test func meanOfBothIsTheMeanOfProbabilities() throws {
    let synthetic = SyntheticTask()
    let method = CoTeaching(.released, task: synthetic.task)
    let images = synthetic.task.samples.bank.batch(from: 0, length: 5)
    let predictors = method.extraPredictors
    let probabilities = withoutGradient {
      [method.predict(images), predictors["network-2"]?(images)].compactMap {
        $0?.softmax(along: 1).array(of: Float.self)
      }
    }
    let mean = try #require(predictors["mean-of-both"])
    let found = withoutGradient { mean(images).softmax(along: 1).array(of: Float.self) }
    #expect(probabilities.count == 2 && probabilities[0] != probabilities[1])
    expectClose(found, zip(probabilities[0], probabilities[1]).map { ($0 + $1) / 2 })
  }
}
