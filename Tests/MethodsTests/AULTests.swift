import Foundation
import Methods
import TestSupport
import Testing
import Torch

@Suite struct AULTests {
  private func loss(a: Double, q: Double) -> (Tensor, Tensor) -> Tensor {
    { AUL.loss(logits: $0, targets: $1, configuration: .init(a: a, q: q)) }
  }

  private func combined(_ configuration: NCEAUL.Configuration) -> (Tensor, Tensor) -> Tensor {
    { NCEAUL.loss(logits: $0, targets: $1, configuration: configuration) }
  }

  @Test func byHand() {
    // ((2 − p)² − 1) / 2 with the slope −(2 − p), at p = 1/6 and 1/4.
    HandBatch.expect(
      loss(a: 2, q: 2), values: [85.0 / 72, 33.0 / 32], slopes: [-11.0 / 6, -7.0 / 4])
    // The unhinged loss itself, whatever the offset.
    HandBatch.expect(loss(a: 7, q: 1), values: [5.0 / 6, 3.0 / 4], slopes: [-1, -1])
  }

  @Test func combinationByHand() {
    // NCE is log 6 / (log 6 + log 3 + log 2) = 1/2, and log 4 / (log 2 + 2 log 4) = 2/5.
    let values = combined(.init(alpha: 3, beta: 2, a: 2, q: 2))(
      HandBatch.logits, .from(HandBatch.targets, shape: [2]))
    expectClose(
      values.array(of: Double.self), [1.5 + 85.0 / 36, 1.2 + 33.0 / 16], relative: 1e-12)
    HandBatch.expect(
      combined(.init(alpha: 0, beta: 2, a: 2, q: 2)), values: [85.0 / 36, 33.0 / 16],
      slopes: [-11.0 / 3, -7.0 / 2])
  }

  @Test func matchesPyTorch() throws {
    try expectReference("aul") { loss(a: try $1.number("a"), q: try $1.number("q")) }
  }

  @Test func combinationMatchesPyTorch() throws {
    try expectReference("nce-aul") {
      combined(
        .init(
          alpha: try $1.number("alpha"), beta: try $1.number("beta"), a: try $1.number("a"),
          q: try $1.number("q")))
    }
  }

  @Test(arguments: [(5.5, 3.0), (6.3, 1.5), (1.5, 0.9), (1.001, 0.1), (2, 1e-8)])
  func fallsFromItsBoundToZero(a: Double, q: Double) {
    let probabilities = [1e-12, 1e-6, 0.01, 0.2, 0.4, 0.6, 0.8, 0.99, 1 - 1e-9]
    let (logits, targets) = logits(forGiven: probabilities, classes: 6)
    let values = loss(a: a, q: q)(logits, targets).array(of: Double.self)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 }, "\(values)")
    #expect(values.allSatisfy { $0 >= 0 })
    expectClose(values[0], (pow(a, q) - pow(a - 1, q)) / q, relative: 1e-6)
    expectClose(values[8], 0, absolute: 1e-5)
  }

  /// The limit is log((a − p_y) / (a − 1)), and float32 logits lose nothing to the division by q.
  @Test func smallExponentsKeepTheirPrecision() {
    let probabilities = [0.01, 0.3, 0.6, 0.99]
    let (logits, targets) = logits(forGiven: probabilities, classes: 4)
    for q in [1e-6, 1e-12, 1e-300] {
      let values = loss(a: 2, q: q)(logits.to(.float32), targets).to(.float64)
      expectClose(
        values.array(of: Double.self), probabilities.map { log(2 - $0) }, absolute: 2e-6)
    }
  }

  /// For q = 1 the losses of all labels sum to C − 1; for q > 1 to more.
  @Test func sumOverLabelsIsThatOfASymmetricLoss() {
    let scores = (0..<40).map { sin(Double($0 * $0)) * 4 }
    let z = Tensor.from(scores, shape: [4, 10])
    for (q, bound) in [(1.0, 9.0...9.0), (3.0, 9.0...1000)] {
      var sums = [Double](repeating: 0, count: 4)
      for label in 0..<10 {
        let values = loss(a: 5.5, q: q)(z, .full(Double(label), shape: [4], type: .int64))
          .array(of: Double.self)
        for row in 0..<4 { sums[row] += values[row] }
      }
      for sum in sums {
        #expect(sum >= bound.lowerBound - 1e-9 && sum <= bound.upperBound + 1e-9)
      }
    }
  }

  @Test func settings() throws {
    let ten = AUL.Configuration(a: 5.5, q: 3, rateFactor: 0.1, gradientLimit: 5)
    let hundred = AUL.Configuration(a: 5.5, q: 3, rateFactor: 1, gradientLimit: 5)
    #expect(AUL.Configuration.released(classes: 10) == ten)
    #expect(AUL.Configuration.released(classes: 100) == hundred)
    #expect(AUL.Configuration.paper(classes: 10) == ten)
    #expect(AUL.Configuration.ours(classes: 10, isReduced: false) == ten)
    #expect(AUL.Configuration.ours(classes: 10, isReduced: true) == hundred)
    #expect(AUL.Configuration.ours(classes: 100, isReduced: false) == hundred)
    let both = NCEAUL.Configuration(
      alpha: 1, beta: 4, a: 6.3, q: 1.5, rateFactor: 0.1, gradientLimit: 5)
    var reduced = both
    reduced.rateFactor = 1
    #expect(NCEAUL.Configuration.released(classes: 10) == both)
    #expect(NCEAUL.Configuration.paper(classes: 10) == both)
    #expect(NCEAUL.Configuration.ours(classes: 10, isReduced: false) == both)
    #expect(NCEAUL.Configuration.ours(classes: 10, isReduced: true) == reduced)
    #expect(
      NCEAUL.Configuration.ours(classes: 100, isReduced: false)
        == .init(alpha: 10, beta: 0.015, a: 6, q: 3, rateFactor: 1, gradientLimit: 5))
    var short = ten
    short.gradientLimit = 0.01
    try expectStepLength(of: short, rateFactor: 0.1, gradientLimit: 0.01)
    reduced.gradientLimit = 0.02
    try expectStepLength(of: reduced, rateFactor: 1, gradientLimit: 0.02)
  }
}
