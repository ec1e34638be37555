import Foundation
import NN
import TestSupport
import Testing
import Torch
import TorchTestSupport

@testable import Methods
@testable import Training

@Suite struct ELRTests {
  private static let symmetric = ELR.Configuration(beta: 0.7, lambda: 3)

  private func loss(lambda: Double, memory: Tensor) -> (Tensor, Tensor) -> Tensor {
    {
      ELR.loss(
        logits: $0, targets: $1, memory: memory,
        configuration: .init(beta: 0.7, lambda: lambda))
    }
  }

  @Test func byHand() {
    // ⟨t, p⟩ is 1/12 + 1/4 = 1/3 and 1/4; its derivative by logit k is p_k (t_k − ⟨t, p⟩).
    let memory: [[Double]] = [[0.5, 0, 0.5], [0.25, 0.5, 0]]
    let agreements: [Double] = [1.0 / 3, 1.0 / 4]
    var gradient: [Double] = []
    for row in 0..<2 {
      for k in 0..<3 {
        let p = HandBatch.probabilities[row][k]
        let pull = p * (memory[row][k] - agreements[row]) / (1 - agreements[row])
        gradient.append((p - (k == HandBatch.targets[row] ? 1 : 0) - 3 * pull) / 2)
      }
    }
    HandBatch.expect(
      loss(lambda: 3, memory: .from(memory.flatMap { $0 }, shape: [2, 3])),
      values: [log(6) + 3 * log(2.0 / 3), log(4) + 3 * log(3.0 / 4)], gradient: gradient)
  }

  @Test func memoryMovesByHand() {
    let moved = ELR.moved(
      memory: .from([0, 0, 0, 1, 0, 0], shape: [2, 3]).to(.float64), logits: HandBatch.logits,
      configuration: Self.symmetric)
    expectTensor(moved, [0.05, 0.1, 0.15, 0.85, 0.075, 0.075], shape: [2, 3], relative: 1e-12)
    // A certain prediction counts as 0.9999 to 0.0001 for each of the others, brought to the sum 1.
    let certain = ELR.moved(
      memory: .zeros([1, 3]), logits: .from([Float(1e4), 0, -1e4], shape: [1, 3]),
      configuration: .init(beta: 0, lambda: 1))
    expectTensor(
      certain, [0.9999 / 1.0001, 0.0001 / 1.0001, 0.0001 / 1.0001], shape: [1, 3], relative: 1e-6,
      absolute: 0)
    #expect(certain.type == .float32)
  }

  @Test func matchesPyTorch() throws {
    try expectReference("elr") {
      loss(lambda: try $1.number("lambda"), memory: $0.memoryTensor)
    }
    for fixture in try LossReference.load().cases {
      for expected in fixture.moved {
        let moved = ELR.moved(
          memory: fixture.memoryTensor, logits: .from(fixture.logits, shape: fixture.shape),
          configuration: .init(beta: expected.beta, lambda: 1))
        expectTensor(moved, expected.values, shape: fixture.shape, relative: 1e-11, absolute: 1e-14)
      }
    }
  }

  @Test func noGradientFlowsIntoTheMemory() {
    let memory = Tensor.from([0.2, 0.3, 0.4], shape: [1, 3]).requiringGradient()
    let logits = Tensor.from([1.0, 2, 3], shape: [1, 3]).requiringGradient()
    let moved = ELR.moved(memory: memory, logits: logits, configuration: Self.symmetric)
    ELR.loss(
      logits: logits, targets: .from([0], shape: [1]), memory: memory,
      configuration: Self.symmetric
    ).mean().backward()
    #expect(!memory.gradient.isDefined && logits.gradient.isDefined)
    // The moved rows are a constant: the loss taken with them has the gradient of these numbers.
    let again = Tensor.from([1.0, 2, 3], shape: [1, 3]).requiringGradient()
    let other = Tensor.from([1.0, 2, 3], shape: [1, 3]).requiringGradient()
    for (leaf, rows) in [
      (again, moved), (other, .from(moved.detached().array(of: Double.self), shape: [1, 3])),
    ] {
      ELR.loss(
        logits: leaf, targets: .from([0], shape: [1]), memory: rows, configuration: Self.symmetric
      ).mean().backward()
    }
    expectTensor(again.gradient, other.gradient, relative: 1e-14, absolute: 0)
  }

  /// A row that sums to one goes on to; one that begins at zero sums to 1 − β^k after k moves.
  @Test(arguments: [0.0, 0.7, 0.9]) func rowsOfTheMemorySumToOne(beta: Double) {
    let configuration = ELR.Configuration(beta: beta, lambda: 3)
    var rows = Tensor.from([0.2, 0.3, 0.5, 0, 0, 0], shape: [2, 3])
    for move in 1...20 {
      let scores = (0..<6).map { sin(Double(move * $0)) * [1, 50][move % 2] }
      rows = ELR.moved(
        memory: rows, logits: .from(scores, shape: [2, 3]), configuration: configuration)
      expectClose(
        rows.sum(along: [1]).array(of: Double.self), [1, 1 - pow(beta, Double(move))],
        absolute: 1e-12)
    }
  }

  @Test func moreAgreementIsALowerLoss() {
    let logits = Tensor.from([3.0, 0, 0], shape: [1, 3])
    let losses = [0, 0.25, 0.5, 0.75, 1].map { share in
      loss(lambda: 3, memory: .from([share, 0, 0], shape: [1, 3]))(
        logits, .from([1], shape: [1])
      ).item()
    }
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
    expectClose(losses[0], logits.crossEntropy(targets: .from([1], shape: [1])).item())
  }

  private let position = StepPosition(
    epoch: EpochPosition(stage: 0, epoch: 0, epochs: 4, overall: 0), pass: 0, step: 0)

  private func batch(_ places: [Int], of synthetic: SyntheticTask) -> Batch {
    let samples = synthetic.task.samples
    let positions = Tensor.from(places, shape: [places.count])
    return Batch(
      positions: positions, views: [samples.bank.batch(rows: positions)],
      labels: samples.labelsOnDevice.select(positions), weights: nil, count: places.count)
  }

  /// Two steps on overlapping batches, written out: the memory of the batch moves, then the loss is taken with it.
  @Test func stepMovesTheMemoryAndThenUsesIt() throws {
    let synthetic = SyntheticTask()
    let method = ELR(Self.symmetric, task: synthetic.task)
    #expect(method.begin(stage: 0) == Stage(name: "train", epochs: 6))
    #expect(method.begin(stage: 1) == nil)
    let network = synthetic.task.makeNetwork("network")
    let optimizer = Optimizer(
      synthetic.task.trainingProtocol.optimizer, parameters: network.store.parameters)
    var expected = [[Double]](repeating: [0, 0, 0], count: synthetic.task.samples.count)
    for places in [[0, 20, 7, 33, 5], [20, 50, 0, 8]] {
      let batch = batch(places, of: synthetic)
      let report = method.step(batch, at: position)
      let logits = network.logits(batch.images, training: true)
      let predicted = logits.detached().to(.float64).softmax(along: 1).array(of: Double.self)
      for (row, place) in places.enumerated() {
        for k in 0..<3 {
          expected[place][k] = 0.7 * expected[place][k] + 0.3 * predicted[3 * row + k]
        }
      }
      let rows = places.flatMap { expected[$0] }.map(Float.init)
      let agreement = (Tensor.from(rows, shape: [places.count, 3]) * logits.softmax(along: 1))
        .sum(along: [1])
      let losses = logits.crossEntropy(targets: batch.labels) + (1 - agreement).log() * 3
      expectClose(
        try #require(report.scalars["objective"]).detached().item(), losses.mean().item(),
        relative: 1e-5)
      expectTensor(report.losses, logits.crossEntropy(targets: batch.labels))
      optimizer.step(minimising: losses.mean(), rate: 0.05)
      expectTensor(
        try #require(method.memory["targets"]), expected.flatMap { $0 },
        shape: [synthetic.task.samples.count, 3], relative: 1e-4, absolute: 1e-6)
    }
    let trained = method.learners["network"]?.network.store.parameters ?? []
    #expect(trained.count == network.store.parameters.count && !trained.isEmpty)
    for (ours, plain) in zip(trained, network.store.parameters) {
      expectTensor(ours, plain, relative: 1e-4, absolute: 1e-6)
    }
  }

  @Test func memorySurvivesAnInterruption() throws {
    let synthetic = SyntheticTask(epochs: 4)
    let whole = try TrainedRun(ELR(Self.symmetric, task: synthetic.task), of: synthetic)
    #expect(whole.final.keys.contains("memory/targets"))
    for saved in whole.checkpoints {
      let rest = try TrainedRun(
        ELR(Self.symmetric, task: synthetic.task), of: synthetic, from: saved)
      #expect(rest.agrees(with: whole), "from epoch \(saved.epochs.count)")
    }
    try expectNoTensorLeak {
      _ = try TrainedRun(ELR(Self.symmetric, task: synthetic.task), of: synthetic)
    }
  }

  @Test func withoutWeightItIsCrossEntropy() throws {
    let synthetic = SyntheticTask(epochs: 3)
    let elr = try TrainedRun(
      ELR(.init(beta: 0.7, lambda: 0), task: synthetic.task), of: synthetic)
    let plain = try TrainedRun(LossMethod(task: synthetic.task), of: synthetic)
    #expect(elr.epochs.map(\.trainLoss) == plain.epochs.map(\.trainLoss))
    #expect(elr.epochs.map(\.testAccuracy) == plain.epochs.map(\.testAccuracy))
  }

  @Test func settings() {
    #expect(ELR.Configuration.released(classes: 10, isSymmetric: true) == Self.symmetric)
    #expect(
      ELR.Configuration.released(classes: 10, isSymmetric: false) == .init(beta: 0.9, lambda: 1))
    for isSymmetric in [true, false] {
      #expect(
        ELR.Configuration.released(classes: 100, isSymmetric: isSymmetric)
          == .init(beta: 0.9, lambda: 7))
    }
  }
}
