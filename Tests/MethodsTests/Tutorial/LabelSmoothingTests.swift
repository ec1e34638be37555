import Foundation
import Methods
import TestSupport
import Testing
import Torch

@Suite struct LabelSmoothingTests {
  /// Softmax (1/6, 2/6, 3/6) with label 0.
  private static let logits = [0, log(2.0), log(3.0)]

  @Test func valueAndGradientByHand() {
    let found = valuesAndGradient(logits: Self.logits, targets: [0], classes: 3) {
      LabelSmoothing.loss(logits: $0, targets: $1, configuration: .init(alpha: 0.3))
    }
    let spread = (log(6.0) + log(3.0) + log(2.0)) / 3
    expectClose(found.values, [0.7 * log(6.0) + 0.3 * spread], relative: 1e-6, "value")
    // p minus the smoothed target (0.8, 0.1, 0.1).
    expectClose(
      found.gradient, [1.0 / 6 - 0.8, 2.0 / 6 - 0.1, 3.0 / 6 - 0.1], relative: 1e-5,
      absolute: 1e-7, "gradient")
  }

  @Test func withoutSmoothingItIsCrossEntropy() {
    let smoothed = valuesAndGradient(logits: Self.logits, targets: [2], classes: 3) {
      LabelSmoothing.loss(logits: $0, targets: $1, configuration: .init(alpha: 0))
    }
    let plain = valuesAndGradient(logits: Self.logits, targets: [2], classes: 3) {
      $0.crossEntropy(targets: $1)
    }
    #expect(smoothed.values == plain.values)
  }

  @Test func trainsAndContinues() throws {
    let synthetic = SyntheticTask(noiseRate: 0.3)
    func run(from saved: TrainedRun.Saved? = nil) throws -> TrainedRun {
      let method = LabelSmoothing.Configuration.paper.make(
        task: synthetic.task, resources: synthetic.resources)
      return try TrainedRun(method, of: SyntheticTask(noiseRate: 0.3), from: saved)
    }
    let whole = try run()
    #expect(whole.epochs.allSatisfy { $0.trainLoss.isFinite })
    let half = whole.checkpoints[whole.checkpoints.count / 2]
    #expect(try run(from: half).agrees(with: whole))
  }
}
