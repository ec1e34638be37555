import Foundation
import TestSupport
import Testing
import Torch

@testable import Methods
@testable import Training

@Suite struct TransitionCorrectionTests {
  /// Softmax (1/4, 3/4) and (1/2, 1/2).
  private static let logits = [0, log(3.0), 0, 0]
  private static let matrix: [Float] = [0.8, 0.2, 0.4, 0.6]
  private let transition = Tensor.from(matrix, shape: [2, 2])

  private func doubles(_ tensor: Tensor) -> [Double] {
    tensor.detached().to(.float64).array(of: Double.self)
  }

  @Test func givenProbabilitiesByHand() {
    let p = Tensor.from([Float(0.25), 0.75, 0.5, 0.5], shape: [2, 2])
    // 0.25 · 0.8 + 0.75 · 0.4, and so on.
    expectClose(
      doubles(TransitionCorrection.givenProbabilities(p, transition: transition)),
      [0.5, 0.5, 0.6, 0.4], relative: 1e-6)
    // The second sample has a matrix of its own.
    let two = Tensor.from(Self.matrix + [0, 1, 0.5, 0.5], shape: [2, 2, 2])
    expectClose(
      doubles(TransitionCorrection.givenProbabilities(p, transition: two)), [0.5, 0.5, 0.25, 0.75],
      relative: 1e-6)
  }

  @Test func importanceWeightsByHand() {
    let p = Tensor.from([Float(0.25), 0.75, 0.5, 0.5], shape: [2, 2])
    let given = Tensor.from([Float(0.5), 0.5, -0.25, 0.4], shape: [2, 2])
    let weights = TransitionCorrection.importanceWeights(
      probabilities: p, given: given, targets: .from([1, 0], shape: [2]))
    // A negative divisor is 10⁻⁶.
    expectClose(doubles(weights), [1.5, 0.5e6], relative: 1e-5)
  }

  @Test func forwardLossByHand() {
    let found = valuesAndGradient(logits: Self.logits, targets: [0, 1], classes: 2) {
      TransitionCorrection.forwardLoss(logits: $0, targets: $1, transition: transition)
    }
    expectClose(found.values, [log(2.0), -log(0.4)], relative: 1e-6)
    // −Σ_i T_iy p_i (δ_ik − p_k) / g_y, halved for the mean over two samples: with two classes ± p_0 p_1 (T_1y − T_0y) / g_y.
    let first = 0.25 * 0.75 * (0.4 - 0.8) / 0.5 / 2
    let second = 0.25 * (0.6 - 0.2) / 0.4 / 2
    expectClose(found.gradient, [first, -first, second, -second], relative: 1e-5)
  }

  @Test func identityGivesCrossEntropy() {
    let identity = Tensor.from([Float(1), 0, 0, 0, 1, 0, 0, 0, 1], shape: [3, 3])
    let logits = [0.3, -1, 2, 0.1, 0.2, 4]
    let corrected = valuesAndGradient(logits: logits, targets: [1, 2], classes: 3) {
      TransitionCorrection.forwardLoss(logits: $0, targets: $1, transition: identity)
    }
    let plain = valuesAndGradient(logits: logits, targets: [1, 2], classes: 3) {
      $0.crossEntropy(targets: $1)
    }
    expectClose(corrected.values, plain.values, relative: 1e-5)
    expectClose(corrected.gradient, plain.gradient, relative: 1e-5, absolute: 1e-7)
  }

  @Test func scoresPredictTheGivenLabel() {
    let logits = Tensor.from(Self.logits.map(Float.init), shape: [2, 2])
    let scores = TransitionCorrection.givenScores(logits: logits, transition: transition)
    expectClose(doubles(scores.softmax(along: 1)), [0.5, 0.5, 0.6, 0.4], relative: 1e-5)
    // A row of zeros has no logarithm.
    let none = TransitionCorrection.givenScores(logits: logits, transition: transition * 0)
    expectClose(doubles(none), [Double](repeating: log(1e-6), count: 4), relative: 1e-5)
  }

  @Test func meanDiagonalByHand() {
    expectClose(TransitionCorrection.meanDiagonal(transition), 0.7, relative: 1e-6)
  }

  @Test func impossibleGivenLabelStaysFinite() {
    let matrix = Tensor.from([Float(1), 0, 1, 0], shape: [2, 2])
    let found = valuesAndGradient(logits: Self.logits, targets: [1, 1], classes: 2) {
      TransitionCorrection.forwardLoss(logits: $0, targets: $1, transition: matrix)
    }
    expectClose(found.values, [-log(1e-6), -log(1e-6)], relative: 1e-5)
    #expect(found.gradient.allSatisfy { $0.isFinite })
  }

  @Test func memoryKeepsTheEarliestBestEpoch() throws {
    let synthetic = SyntheticTask()
    let learner = synthetic.task.learner("network")
    let weight = try #require(learner.network.store.parameters.first)
    var memory: [String: Tensor] = ["other": .zeros([1])]
    for (value, accuracy) in [(1.0, 0.4), (2, 0.6), (3, 0.6), (4, 0.5)] {
      withoutGradient { weight.fill(value) }
      memory.keepBest(learner, of: "warm-up", accuracy: accuracy)
    }
    #expect(memory.bestWeights(of: "warm") == nil && memory.bestWeights(of: "train") == nil)
    try learner.loadWeights(try #require(memory.bestWeights(of: "warm-up")))
    #expect(Set(weight.array(of: Float.self)) == [2])
    memory.forgetBest(of: "warm-up")
    #expect(Array(memory.keys) == ["other"])
  }
}
