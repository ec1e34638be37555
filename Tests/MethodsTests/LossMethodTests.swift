import Methods
import NN
import TestSupport
import Testing
import Torch

@testable import Training

@Suite struct LossMethodTests {
  private static let apl = APL.Configuration.ours(
    .reverseCrossEntropy, classes: 10, isReduced: true)
  private let position = StepPosition(
    epoch: EpochPosition(stage: 0, epoch: 0, epochs: 4, overall: 0), pass: 0, step: 0)

  private func firstBatch(_ synthetic: SyntheticTask, weights: [Float]? = nil) -> Batch {
    let samples = synthetic.task.samples
    let places = Tensor.from([0, 20, 7, 33, 5, 40, 50], shape: [7])
    return Batch(
      positions: places,
      views: [samples.bank.batch(rows: places)], labels: samples.labelsOnDevice.select(places),
      weights: weights.map { .from($0, shape: [$0.count]) }, count: 7)
  }

  /// The step of the method, and the same step written out.
  private func parameters(
    after batch: Batch, method: LossMethod, limit: Double?,
    loss: (Tensor, Tensor) -> Tensor, in synthetic: SyntheticTask
  ) -> (method: [[Float]], plain: [[Float]]) {
    _ = method.step(batch, at: position)
    let network = synthetic.task.makeNetwork("network")
    let optimizer = Optimizer(
      synthetic.task.trainingProtocol.optimizer, parameters: network.store.parameters)
    let losses = loss(network.logits(batch.images, training: true), batch.labels)
    let mean = (batch.weights.map { losses * $0 } ?? losses).sum() * (1 / Double(batch.count))
    optimizer.step(minimising: mean, rate: 0.05, gradientLimit: limit)
    let trained = method.learners["network"]?.network.store.parameters ?? []
    return (
      trained.map { $0.array(of: Float.self) },
      network.store.parameters.map { $0.array(of: Float.self) }
    )
  }

  private func expectEqual(_ pair: (method: [[Float]], plain: [[Float]])) {
    #expect(pair.method.count == pair.plain.count && !pair.plain.isEmpty)
    for (ours, plain) in zip(pair.method, pair.plain) {
      expectClose(ours, plain, relative: 1e-5, absolute: 1e-6)
    }
  }

  @Test func stepIsCrossEntropyUnderTheSharedProtocol() {
    let synthetic = SyntheticTask()
    expectEqual(
      parameters(
        after: firstBatch(synthetic), method: LossMethod(task: synthetic.task), limit: nil,
        loss: { $0.crossEntropy(targets: $1) }, in: synthetic))
  }

  @Test func weightsMultiplyTheLossesOfTheirSamples() {
    let synthetic = SyntheticTask()
    expectEqual(
      parameters(
        after: firstBatch(synthetic, weights: [0, 1, 2, 0.5, 0, 3, 0.25]),
        method: LossMethod(task: synthetic.task), limit: nil,
        loss: { $0.crossEntropy(targets: $1) }, in: synthetic))
  }

  @Test func aplClipsItsGradients() {
    let synthetic = SyntheticTask()
    let configuration = APL.Configuration(
      alpha: 1, beta: 1, passive: .reverseCrossEntropy, gradientLimit: 0.01)
    expectEqual(
      parameters(
        after: firstBatch(synthetic), method: APL.make(configuration, task: synthetic.task),
        limit: 0.01,
        loss: { APL.loss(logits: $0, targets: $1, configuration: configuration) }, in: synthetic))
  }

  /// Curves compare between losses because all report cross-entropy; the objective stands beside.
  @Test func reportsCrossEntropyWhateverTheLoss() throws {
    let synthetic = SyntheticTask()
    let batch = firstBatch(synthetic)
    let plain = LossMethod(task: synthetic.task).step(batch, at: position)
    let robust = APL.make(Self.apl, task: synthetic.task).step(batch, at: position)
    #expect(plain.scalars.isEmpty)
    #expect(
      robust.losses.detached().array(of: Float.self)
        == plain.losses.detached().array(of: Float.self))
    let objective = try #require(robust.scalars["objective"]).detached().item()
    let expected = APL.loss(
      logits: robust.logits.detached(), targets: batch.labels, configuration: Self.apl)
    expectClose(objective, expected.mean().item(), relative: 1e-6)
  }

  @Test func learnsTheSyntheticTask() throws {
    let synthetic = SyntheticTask(noiseRate: 0, epochs: 8, augmentation: .none)
    let run = try TrainedRun(LossMethod(task: synthetic.task), of: synthetic)
    #expect(try #require(run.epochs.last).testAccuracy > 0.9)
    #expect(run.epochs.allSatisfy { $0.memorisedShare == nil })
  }
}
