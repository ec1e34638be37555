import Foundation
import Methods
import TestSupport
import Testing
import Torch

@Suite struct PCETests {
  private func loss(tau: Double) -> (Tensor, Tensor) -> Tensor {
    { PCE.loss(logits: $0, targets: $1, configuration: .init(tau: tau)) }
  }

  @Test func byHand() {
    // The threshold of 1/5 lies between p_y = 1/6 and 1/4.
    HandBatch.expect(loss(tau: 5), values: [1 + log(5) - 5.0 / 6, log(4)], slopes: [-5, -4])
    HandBatch.expect(loss(tau: 2), values: [log(2) + 2.0 / 3, log(2) + 1.0 / 2], slopes: [-2, -2])
    HandBatch.expect(loss(tau: 7), values: [log(6), log(4)], slopes: [-6, -4])
  }

  @Test func matchesPyTorch() throws {
    try expectReference("pce") { loss(tau: try $1.number("tau")) }
  }

  @Test(arguments: [1.5, 2, 10, 50]) func isContinuousAtTheThreshold(tau: Double) {
    let step = 1e-7
    let around = [1 / tau - step, 1 / tau + step]
    let (logits, targets) = logits(forGiven: around, classes: 4)
    logits.requiringGradient()
    let losses = loss(tau: tau)(logits, targets)
    losses.sum().backward()
    // Both sides are close to log τ with the slope −τ.
    expectClose(
      losses.detached().array(of: Double.self),
      [log(tau) + tau * step, log(tau) - tau * step], absolute: tau * tau * 1e-13)
    let gradient = logits.gradient.array(of: Double.self)
    for row in 0..<2 {
      let p = around[row]
      expectClose(gradient[5 * row], -tau * p * (1 - p), relative: 1e-5, "slope, row \(row)")
    }
  }

  @Test func isBoundedAndBelowCrossEntropy() {
    let (logits, targets) = logits(
      forGiven: [1e-300, 1e-20, 1e-12, 1e-3, 0.09, 0.11, 0.5, 0.9, 1 - 1e-12], classes: 5)
    let values = loss(tau: 10)(logits, targets).array(of: Double.self)
    let crossEntropy = logits.crossEntropy(targets: targets).array(of: Double.self)
    for (value, plain) in zip(values, crossEntropy) {
      #expect(value <= log(10) + 1 && value <= plain + 1e-12 && value >= 0)
    }
    expectClose(values[0], log(10) + 1)
    expectClose(Array(values[5...]), Array(crossEntropy[5...]), absolute: 1e-12)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func settings() throws {
    for classes in [3, 10] { #expect(PCE.Configuration.paper(classes: classes).tau == 2) }
    #expect(PCE.Configuration.paper(classes: 100).tau == 10)
    for classes in [10, 100] {
      let paper = PCE.Configuration.paper(classes: classes)
      #expect(paper == .released(classes: classes))
      #expect(paper == .ours(classes: classes, isReduced: false))
      #expect(paper == .ours(classes: classes, isReduced: true))
      #expect(paper.rateFactor == 1 && paper.gradientLimit == nil)
    }
    try expectStepLength(
      of: PCE.Configuration(tau: 2, rateFactor: 0.1, gradientLimit: 0.01), rateFactor: 0.1,
      gradientLimit: 0.01)
  }
}
