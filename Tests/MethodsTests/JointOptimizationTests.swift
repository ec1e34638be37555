import NN
import TestSupport
import Testing
import Torch

@testable import Methods
@testable import Training

@Suite struct JointOptimizationTests {
  static func configuration(
    alpha: Double = 1.2, beta: Double = 0.8, relabelRateFactor: Double = 1,
    givenShare: Double = 0.3, averagedShare: Double = 0.15, retrainRateFactor: Double = 1
  ) -> JointOptimization.Configuration {
    JointOptimization.Configuration(
      alpha: alpha, beta: beta, relabelRateFactor: relabelRateFactor, givenShare: givenShare,
      averagedShare: averagedShare, retrainShare: 0.6, retrainRateFactor: retrainRateFactor)
  }

  func epoch(_ epoch: Int, of epochs: Int) -> EpochPosition {
    EpochPosition(stage: 0, epoch: epoch, epochs: epochs, overall: epoch)
  }

  // MARK: - Runs

  /// A run that never replaces a label is one of the regularised loss on the given labels, then of cross-entropy.
  @Test func withoutReplacementItIsItsRegularisedLoss() throws {
    let synthetic = SyntheticTask(epochs: 4)
    let configuration = Self.configuration(
      alpha: 0.7, beta: 0.3, relabelRateFactor: 0.6, givenShare: 2)
    let run = try TrainedRun(
      JointOptimization(configuration, task: synthetic.task), of: synthetic)
    #expect(
      run.epochs.map(\.stage) == ["relabel", "relabel", "relabel", "relabel"] + [
        "retrain", "retrain",
      ])
    func plain(
      _ name: String, epochs: Int, rateFactor: Double, schedule: Schedule, loss: LossMethod.Loss?
    ) throws -> TrainedRun {
      let stream = synthetic.task.streams.initialisation.substream(name)
      var shared = synthetic.task.trainingProtocol
      shared.epochs = epochs
      shared.schedule = schedule
      let task = TrainingTask(
        samples: synthetic.task.samples, classes: 3, noiseRate: 0.3, trainingProtocol: shared,
        streams: synthetic.task.streams
      ) { _, _ in SyntheticTask.network(stream: stream) }
      return try TrainedRun(
        LossMethod(task: task, rateFactor: rateFactor, loss: loss), of: synthetic)
    }
    let regularised = try plain(
      "relabelling", epochs: 4, rateFactor: 0.6, schedule: .constant
    ) { logits, labels in
      let probabilities = logits.softmax(along: 1)
      let prior = -probabilities.mean(along: [0]).log().mean()
      let entropy = -(probabilities * probabilities.log()).sum(along: [1])
      return logits.crossEntropy(targets: labels) + prior * 0.7 + entropy * 0.3
    }
    for (ours, theirs) in zip(run.epochs, regularised.epochs) {
      expectClose(ours.trainLoss, theirs.trainLoss, relative: 1e-4)
      expectClose(ours.testLoss, theirs.testLoss, relative: 1e-4)
      expectClose(
        ours.scalars["objective"] ?? .nan, theirs.scalars["objective"] ?? .nan, relative: 1e-4)
      expectClose(ours.learningRate, 0.05 * 0.6, relative: 1e-12)
      #expect(ours.scalars["replaced-share"] == 0)
    }
    #expect(run.scalars["replaced-share"] == 0)
  }

  @Test func secondStageIsANewNetworkOnTheTargets() throws {
    let synthetic = SyntheticTask(noiseRate: 0.3, epochs: 10)
    let method = JointOptimization(
      Self.configuration(relabelRateFactor: 0.8, retrainRateFactor: 2), task: synthetic.task)
    #expect(method.begin(stage: 0) == Stage(name: "relabel", epochs: 10, isPreparation: true))
    let targets = Tensor.from(
      (0..<54).flatMap { [Float($0) / 54, 0, 1 - Float($0) / 54] }, shape: [54, 3])
    method.memory["targets"] = targets
    #expect(method.begin(stage: 1) == Stage(name: "retrain", epochs: 6))
    #expect(method.begin(stage: 2) == nil)
    #expect(method.memory.keys.sorted() == ["targets"])
    let position = EpochPosition(stage: 1, epoch: 0, epochs: 6, overall: 10)
    let batch = synthetic.batch(at: [50, 3, 20, 31])
    let network = synthetic.task.makeNetwork("network")
    let optimizer = Optimizer(
      synthetic.task.trainingProtocol.optimizer, parameters: network.store.parameters)
    let logits = network.logits(batch.images, training: true)
    let losses = -(logits.softmax(along: 1).log() * targets.select(batch.positions))
      .sum(along: [1])
    let report = method.step(batch, at: StepPosition(epoch: position, pass: 0, step: 0))
    expectClose(
      report.scalars["objective"]?.detached().item() ?? .nan, losses.detached().mean().item(),
      relative: 1e-5)
    #expect(report.scalars.count == 1)
    expectClose(
      report.losses.array(of: Float.self),
      logits.detached().crossEntropy(targets: batch.labels).array(of: Float.self))
    optimizer.step(minimising: losses.mean(), rate: 0.1)
    let trained = method.learners["network"]?.network.store.parameters ?? []
    #expect(trained.count == network.store.parameters.count && !trained.isEmpty)
    for (ours, expected) in zip(trained, network.store.parameters) {
      expectClose(
        ours.array(of: Float.self), expected.array(of: Float.self), relative: 1e-5,
        absolute: 1e-6)
    }
    let learner = try #require(method.learners["network"])
    expectClose(
      (0..<6).map {
        learner.rate(at: EpochPosition(stage: 1, epoch: $0, epochs: 6, overall: 10 + $0))
      }, [0.1, 0.1, 0.01, 0.01, 0.001, 0.001])
  }

  @Test func labelsGetBetterOnceTheyAreReplaced() throws {
    let synthetic = SyntheticTask(noiseRate: 0.3, epochs: 20, augmentation: .none)
    let run = try TrainedRun(
      JointOptimization(
        Self.configuration(alpha: 1.2, beta: 0.4, givenShare: 0.4), task: synthetic.task),
      of: synthetic)
    let accuracies = try run.checkpoints.map { saved in
      let targets = try #require(try saved.restored().tensors["memory/targets"])
      let labels = targets.argmax(along: 1).array(of: Int.self)
      return Double(labels.indices.count { labels[$0] == $0 % 3 }) / 54
    }
    // 16 of 54 given labels are wrong, and stay until the eighth epoch ends.
    #expect(accuracies[..<7].allSatisfy { $0 == 38.0 / 54 })
    #expect(accuracies[7] > 38.0 / 54)
    #expect(accuracies[19] >= 0.9, "\(accuracies)")
    // The second stage trains on the last targets, and leaves them.
    #expect(accuracies[20...].allSatisfy { $0 == accuracies[19] })
    #expect(run.epochs[7].scalars["replaced-share"] == 0)
    #expect(try #require(run.epochs[8].scalars["replaced-wrong-share"]) > 0)
    let wrong = try #require(run.scalars["replaced-wrong-share"])
    let right = try #require(run.scalars["replaced-right-share"])
    #expect(wrong > 0.8 && right < 0.1)
    #expect(try #require(run.epochs.last).testAccuracy > 0.9)
  }

  /// Interrupted in both stages, with samples that an epoch leaves out and more epochs than are averaged.
  @Test(arguments: [false, true]) func continuedRunIsTheUndisturbedOne(dropsLast: Bool) throws {
    let synthetic = SyntheticTask(epochs: 6, dropsLast: dropsLast)
    try expectResumable(synthetic) {
      JointOptimization(
        Self.configuration(givenShare: 0.5, averagedShare: 0.4), task: synthetic.task)
    }
  }

  // MARK: - Settings

  @Test func settingsOfTheReleasedCode() {
    let symmetric = JointOptimization.Configuration.released(isSymmetric: true)
    let other = JointOptimization.Configuration.released(isSymmetric: false)
    #expect([symmetric.alpha, symmetric.beta, symmetric.relabelRateFactor] == [1.2, 0.8, 0.8])
    #expect([other.alpha, other.beta, other.relabelRateFactor] == [0.8, 0.4, 0.3])
    let paper = TrainingProtocol.paper
    #expect(paper.epochs(share: symmetric.givenShare) == 70)
    #expect(paper.epochs(share: symmetric.averagedShare) == 10)
    #expect(symmetric.stages(under: paper).map(\.epochs) == [200, 120])
    #expect(symmetric.retrainRateFactor * 0.1 == 0.2)
    for isReduced in [false, true] {
      var ours = JointOptimization.Configuration.ours(
        setting: MethodSetting(noise: .pairflip(rate: 0.45), classes: 10, isReduced: isReduced))
      #expect(ours.relabelRateFactor == (isReduced ? 1 : 0.3))
      #expect(ours.retrainRateFactor == (isReduced ? 1 : 2))
      ours.relabelRateFactor = 0.3
      ours.retrainRateFactor = 2
      #expect(ours == other)
    }
  }
}
