import Foundation
import Methods
import TestSupport
import Testing
import Torch

@Suite struct GCETests {
  private func loss(q: Double) -> (Tensor, Tensor) -> Tensor {
    { GCE.loss(logits: $0, targets: $1, configuration: .init(q: q)) }
  }

  private let probabilities = [1e-6, 1e-3, 0.1, 0.3, 0.6, 0.9, 0.999]

  @Test func byHand() {
    // 2 (1 − √p) with the slope −1 / √p, at p = 1/6 and 1/4.
    HandBatch.expect(
      loss(q: 0.5), values: [2 - 2 / 6.0.squareRoot(), 1], slopes: [-6.0.squareRoot(), -2])
  }

  @Test func matchesPyTorch() throws {
    try expectReference("gce") { loss(q: try $1.number("q")) }
  }

  @Test func isTheMeanAbsoluteErrorForAnExponentOfOne() {
    let (logits, targets) = logits(forGiven: probabilities, classes: 5)
    expectClose(
      loss(q: 1)(logits, targets).array(of: Double.self),
      APL.meanAbsoluteError(logits: logits, targets: targets).array(of: Double.self),
      relative: 1e-12)
  }

  /// The distance to cross-entropy is less than q · CE² / 2, and no rounding shows however small q is.
  @Test(arguments: [1e-2, 1e-4, 1e-7, 1e-12, 1e-300])
  func approachesCrossEntropy(q: Double) {
    for type in [ElementType.float32, .float64] {
      var (logits, targets) = logits(forGiven: probabilities, classes: 5)
      logits = logits.to(type)
      let values = loss(q: q)(logits, targets).to(.float64).array(of: Double.self)
      let plain = logits.crossEntropy(targets: targets).to(.float64).array(of: Double.self)
      for (value, crossEntropy) in zip(values, plain) {
        let rounding = 3e-8 + (type == .float32 ? 3e-7 * crossEntropy : 0)
        #expect(value <= crossEntropy + rounding)
        #expect(value >= crossEntropy - max(q, 1e-8) * crossEntropy * crossEntropy / 2 - rounding)
      }
    }
  }

  /// Zhang and Sabuncu, 2018: (C − C^(1 − q)) / q ≤ Σ_y L(y) ≤ (C − 1) / q.
  @Test(arguments: [0.1, 0.7, 1]) func sumOverLabelsIsBounded(q: Double) {
    let scores = (0..<60).map { sin(Double($0 * $0)) * [0.01, 1, 30][$0 / 20] }
    let z = Tensor.from(scores, shape: [6, 10])
    var sums = [Double](repeating: 0, count: 6)
    for label in 0..<10 {
      let values = loss(q: q)(z, .full(Double(label), shape: [6], type: .int64))
        .array(of: Double.self)
      for row in 0..<6 { sums[row] += values[row] }
    }
    for sum in sums {
      #expect(sum >= (10 - pow(10, 1 - q)) / q - 1e-6 && sum <= 9 / q + 1e-6, "\(sum)")
    }
  }

  /// Below 10⁻⁷ the loss is flat.
  @Test func smallProbabilitiesAreClamped() {
    let found = evaluate(
      loss(q: 0.7), logits: [0, 20, 0, 0, 16, 0], targets: [0, 0], in: .float64)
    expectClose(found.values[0], (1 - pow(1e-7, 0.7)) / 0.7)
    #expect(found.gradient[..<3].allSatisfy { $0 == 0 })
    #expect(found.values[1] < found.values[0] && found.gradient[3] < 0)
  }

  @Test func settings() throws {
    let ten = GCE.Configuration(q: 0.7, rateFactor: 0.1, gradientLimit: 5)
    let hundred = GCE.Configuration(q: 0.7, rateFactor: 1, gradientLimit: 5)
    #expect(GCE.Configuration.paper(classes: 10) == ten)
    #expect(GCE.Configuration.released(classes: 10) == ten)
    #expect(GCE.Configuration.released(classes: 100) == hundred)
    #expect(GCE.Configuration.ours(classes: 10, isReduced: false) == ten)
    #expect(GCE.Configuration.ours(classes: 10, isReduced: true) == hundred)
    try expectStepLength(
      of: GCE.Configuration(q: 0.7, rateFactor: 0.1, gradientLimit: 0.01), rateFactor: 0.1,
      gradientLimit: 0.01)
  }
}
