import Foundation
import Methods
import SeededRandom
import TestSupport
import Testing
import Torch

@Suite struct CELCTests {
  private func loss(
    delta: Double, rule: CELC.Rule = .intended
  ) -> (Tensor, Tensor) -> Tensor {
    { CELC.loss(logits: $0, targets: $1, configuration: .init(delta: delta, rule: rule)) }
  }

  private func random(_ rows: Int, _ classes: Int, scale: Double) -> Tensor {
    var generator = SeedStream(root: 7, purpose: "test").generator(UInt64(classes))
    return .from(
      (0..<(rows * classes)).map { _ in scale * generator.normal() }, shape: [rows, classes])
  }

  private func norms(_ rows: Tensor) -> [Double] {
    (rows * rows).sum(along: [1]).squareRoot().array(of: Double.self)
  }

  @Test func byHand() {
    // (3, 4, 0) has the norm 5: it becomes (0.6, 0.8, 0), while (0.3, 0.4, 0) stays as it is.
    let found = evaluate(
      loss(delta: 1), logits: [3, 4, 0, 0.3, 0.4, 0], targets: [0, 2], in: .float64)
    let long = [exp(0.6), exp(0.8), 1]
    let short = [exp(0.3), exp(0.4), 1]
    expectClose(
      found.values, [log(long.reduce(0, +)) - 0.6, log(short.reduce(0, +))], relative: 1e-12)
    // Of p − y only the part across the unit vector u passes, over the norm.
    let sums = [long.reduce(0, +), short.reduce(0, +)]
    let error = [long[0] / sums[0] - 1, long[1] / sums[0], long[2] / sums[0]]
    let along = 0.6 * error[0] + 0.8 * error[1]
    let across = [error[0] - 0.6 * along, error[1] - 0.8 * along, error[2]]
    let plain = [short[0] / sums[1], short[1] / sums[1], short[2] / sums[1] - 1]
    expectClose(
      found.gradient, across.map { $0 / 5 / 2 } + plain.map { $0 / 2 }, relative: 1e-12,
      absolute: 1e-15)
  }

  @Test func matchesPyTorch() throws {
    try expectReference("celc") { loss(delta: try $1.number("delta")) }
    try expectReference("celc-released") {
      loss(delta: try $1.number("delta"), rule: .released)
    }
  }

  @Test func releasedRuleJumps() {
    let rows = Tensor.from([0.5, 0, 1.4, 0, 1.6, 0, 8, 6], shape: [4, 2])
    let configuration = CELC.Configuration.released(classes: 10)
    expectClose(
      norms(CELC.clipped(rows, configuration: configuration)), [0.5, 1.4, 1 / 1.5, 1 / 1.5])
    expectClose(
      norms(CELC.clipped(rows, configuration: .paper(classes: 10))),
      [0.5, 1 / 1.5, 1 / 1.5, 1 / 1.5])
    // The rules agree where δ is one.
    let one = CELC.Rule.allCases.map {
      CELC.clipped(rows, configuration: .init(delta: 1, rule: $0)).bytes()
    }
    #expect(one[0] == one[1])
  }

  /// ln(1 + (C − 1) e^(∓d)) with d = δ √(C / (C − 1)); for δ = 2/3 these are the numbers below.
  @Test(arguments: [(10, 1.697, 2.954), (100, 3.945, 5.270)])
  func lossIsBounded(classes: Int, least: Double, greatest: Double) {
    let d = 2.0 / 3 * (Double(classes) / Double(classes - 1)).squareRoot()
    let bounds = [-d, d].map { log(1 + Double(classes - 1) * exp($0)) }
    expectClose(bounds, [least, greatest], absolute: 5e-4)
    for scale in [0.01, 1, 1000] {
      let rows = random(100, classes, scale: scale)
      for label in [0, classes - 1] {
        let values = loss(delta: 2.0 / 3)(
          rows, .full(Double(label), shape: [100], type: .int64)
        ).array(of: Double.self)
        #expect(values.allSatisfy { $0 >= bounds[0] - 1e-12 && $0 <= bounds[1] + 1e-12 })
      }
    }
    // They are reached by logits that favour, or disfavour, one class alone.
    let centred = (0..<classes).map { ($0 == 0 ? 1 : 0) - 1 / Double(classes) }
    for (sign, bound) in [(1.0, bounds[0]), (-1, bounds[1])] {
      let row = Tensor.from(centred.map { 50 * sign * $0 }, shape: [1, classes])
      expectClose(loss(delta: 2.0 / 3)(row, .from([0], shape: [1])).item(), bound)
    }
  }

  @Test(arguments: [0.1, 1 / 1.5, 5], CELC.Rule.allCases)
  func predictedClassStays(delta: Double, rule: CELC.Rule) {
    for scale in [0.05, 1, 1e4] {
      let rows = random(200, 10, scale: scale)
      let configuration = CELC.Configuration(delta: delta, rule: rule)
      let clipped = CELC.clipped(rows, configuration: configuration)
      #expect(
        clipped.argmax(along: 1).array(of: Int.self) == rows.argmax(along: 1).array(of: Int.self))
      let limit = rule == .intended ? delta : 1 / delta
      for (before, after) in zip(norms(rows), norms(clipped)) {
        expectClose(after, before > limit ? delta : before)
      }
    }
  }

  @Test func shortLogitsAreUntouched() {
    let rows = random(50, 10, scale: 0.1).to(.float32)
    let clipped = CELC.clipped(rows, configuration: .init(delta: 5))
    #expect(clipped.bytes() == rows.bytes())
  }

  @Test func zeroLogitsHaveAFiniteGradient() {
    for delta in [1e-300, 1e-20, 1 / 1.5, 1e12] {
      for type in [ElementType.float32, .float64] {
        let found = evaluate(
          loss(delta: delta), logits: [0, 0, 0], targets: [1], in: type)
        expectClose(found.values, [log(3)], relative: 1e-6)
        #expect(found.gradient.allSatisfy { $0.isFinite })
      }
    }
  }

  @Test func settings() throws {
    let intended = CELC.Configuration(
      delta: 1 / 1.5, rule: .intended, rateFactor: 1, gradientLimit: nil)
    let released = CELC.Configuration(
      delta: 1 / 1.5, rule: .released, rateFactor: 1, gradientLimit: nil)
    for classes in [10, 100] {
      #expect(CELC.Configuration.paper(classes: classes) == intended)
      #expect(CELC.Configuration.released(classes: classes) == released)
      #expect(CELC.Configuration.ours(classes: classes, isReduced: true) == intended)
      #expect(CELC.Configuration.ours(classes: classes, isReduced: false) == intended)
    }
    try expectStepLength(
      of: CELC.Configuration(rateFactor: 0.1, gradientLimit: 0.01), rateFactor: 0.1,
      gradientLimit: 0.01)
  }
}
