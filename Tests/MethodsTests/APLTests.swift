import Foundation
import Methods
import SeededRandom
import TestSupport
import Testing
import Torch

@Suite struct APLTests {
  /// Softmax (1/6, 2/6, 3/6) with label 0 and (1/2, 1/4, 1/4) with label 2.
  private static let logits = [0, log(2.0), log(3.0), log(2.0), 0, 0]
  private static let targets = [0, 2]
  private static let slope = -log(1e-4)

  private static let losses: [String: @Sendable (Tensor, Tensor) -> Tensor] = [
    "ce": { $0.crossEntropy(targets: $1) },
    "nce": { APL.normalisedCrossEntropy(logits: $0, targets: $1) },
    "rce": { APL.reverseCrossEntropy(logits: $0, targets: $1) },
    "mae": { APL.meanAbsoluteError(logits: $0, targets: $1) },
    "apl-nce-rce": {
      APL.loss(
        logits: $0, targets: $1, configuration: .released(.reverseCrossEntropy, classes: 10))
    },
    "apl-nce-mae": {
      APL.loss(
        logits: $0, targets: $1, configuration: .released(.meanAbsoluteError, classes: 10))
    },
    "apl-nce-rce-10-0.1": {
      APL.loss(
        logits: $0, targets: $1,
        configuration: .released(.reverseCrossEntropy, classes: 100))
    },
  ]

  private func byHand(
    _ name: String, values: [Double], gradient: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let loss = try #require(Self.losses[name])
    let found = valuesAndGradient(
      logits: Self.logits, targets: Self.targets, classes: 3, of: loss)
    expectClose(
      found.values, values, relative: 1e-6, "values", sourceLocation: sourceLocation)
    expectClose(
      found.gradient, gradient, relative: 1e-5, absolute: 1e-7, "gradient",
      sourceLocation: sourceLocation)
  }

  @Test func crossEntropyByHand() throws {
    // Half of p − y, since the mean is over two samples.
    try byHand(
      "ce", values: [log(6.0), log(4.0)],
      gradient: [-5.0 / 12, 2.0 / 12, 3.0 / 12, 1.0 / 4, 1.0 / 8, -3.0 / 8])
  }

  @Test func meanAbsoluteErrorByHand() throws {
    // The derivative of 1 − p_y is −p_y (y − p).
    try byHand(
      "mae", values: [5.0 / 6, 3.0 / 4],
      gradient: [-5.0 / 72, 1.0 / 36, 1.0 / 24, 1.0 / 16, 1.0 / 32, -3.0 / 32])
  }

  @Test func reverseCrossEntropyByHand() throws {
    let error: [Double] = [-5.0 / 72, 1.0 / 36, 1.0 / 24, 1.0 / 16, 1.0 / 32, -3.0 / 32]
    try byHand(
      "rce", values: [Self.slope * 5 / 6, Self.slope * 3 / 4],
      gradient: error.map { $0 * Self.slope })
  }

  @Test func normalisedCrossEntropyByHand() throws {
    // l = −log p_y and s = −Σ_k log p_k; the derivative of l / s is (s (p − y) − l (3p − 1)) / s².
    let s = [log(6.0) + log(3.0) + log(2.0), log(2.0) + 2 * log(4.0)]
    let l = [log(6.0), log(4.0)]
    let p = [[1.0 / 6, 2.0 / 6, 3.0 / 6], [0.5, 0.25, 0.25]]
    var gradient: [Double] = []
    for sample in 0..<2 {
      for k in 0..<3 {
        let error = p[sample][k] - (k == Self.targets[sample] ? 1 : 0)
        gradient.append(
          (s[sample] * error - l[sample] * (3 * p[sample][k] - 1)) / (s[sample] * s[sample]) / 2)
      }
    }
    try byHand("nce", values: [l[0] / s[0], l[1] / s[1]], gradient: gradient)
    // log 4 is two of the five halvings in s.
    expectClose(l[1] / s[1], 0.4)
  }

  @Test func sumWeighsBothHalves() throws {
    let nce = log(6.0) / (log(6.0) + log(3.0) + log(2.0))
    let loss = APL.loss(
      logits: .from(Self.logits.prefix(3).map(Float.init), shape: [1, 3]),
      targets: .from([0], shape: [1]),
      configuration: .init(alpha: 3, beta: 2, passive: .meanAbsoluteError, gradientLimit: 1))
    expectClose(loss.item(), 3 * nce + 2 * 5 / 6, relative: 1e-6)
  }

  @Test(arguments: losses.keys.sorted()) func matchesPyTorch(_ name: String) throws {
    let loss = try #require(Self.losses[name])
    for fixture in try LossFixture.load().cases {
      let expected = try #require(fixture.losses.first { $0.name == name })
      let found = valuesAndGradient(
        logits: fixture.logits, targets: fixture.targets, classes: fixture.classes, of: loss)
      expectClose(
        found.values, expected.values, relative: 2e-6, absolute: 1e-6,
        "\(name), \(fixture.classes) classes:")
      expectClose(
        found.gradient, expected.gradient, relative: 1e-4, absolute: 2e-6,
        "\(name), \(fixture.classes) classes, gradient:")
    }
  }

  @Test func matchesPyTorchOnExtremeLogits() throws {
    try expectReference("apl") { _, expected in
      let isError = expected.options["combination"] == "nce-mae"
      let configuration = APL.Configuration(
        alpha: try expected.number("alpha"), beta: try expected.number("beta"),
        passive: isError ? .meanAbsoluteError : .reverseCrossEntropy)
      return { APL.loss(logits: $0, targets: $1, configuration: configuration) }
    }
  }

  @Test func settings() throws {
    for passive in APL.Passive.allCases {
      let ten = APL.Configuration(
        alpha: 1, beta: 1, passive: passive, rateFactor: 0.1, gradientLimit: 5)
      let hundred = APL.Configuration(
        alpha: 10, beta: passive == .meanAbsoluteError ? 1 : 0.1, passive: passive, rateFactor: 1,
        gradientLimit: 5)
      var reduced = ten
      reduced.rateFactor = 1
      #expect(APL.Configuration.released(passive, classes: 10) == ten)
      #expect(APL.Configuration.released(passive, classes: 100) == hundred)
      #expect(APL.Configuration.paper(passive, classes: 10) == ten)
      #expect(APL.Configuration.ours(passive, classes: 10, isReduced: false) == ten)
      #expect(APL.Configuration.ours(passive, classes: 10, isReduced: true) == reduced)
      #expect(APL.Configuration.ours(passive, classes: 100, isReduced: false) == hundred)
    }
    try expectStepLength(
      of: APL.Configuration(
        alpha: 1, beta: 1, passive: .reverseCrossEntropy, rateFactor: 0.1, gradientLimit: 0.01),
      rateFactor: 0.1, gradientLimit: 0.01)
  }

  private func random(samples: Int, classes: Int, scale: Double) -> (Tensor, Tensor) {
    var generator = SeedStream(root: 3, purpose: "test").generator(UInt64(classes))
    let logits = (0..<(samples * classes)).map { _ in Float(scale * generator.normal()) }
    let targets = (0..<samples).map { _ in generator.uniform(below: classes) }
    return (.from(logits, shape: [samples, classes]), .from(targets, shape: [samples]))
  }

  @Test(arguments: [0.1, 1, 10]) func normalisedCrossEntropyIsAShare(scale: Double) {
    let (logits, targets) = random(samples: 200, classes: 10, scale: scale)
    let values = APL.normalisedCrossEntropy(logits: logits, targets: targets)
      .array(of: Float.self)
    #expect(values.allSatisfy { (0...1).contains($0) })
    // Over all labels the shares sum to one.
    let sums = (0..<10).map { label in
      APL.normalisedCrossEntropy(
        logits: logits, targets: .full(Double(label), shape: [200], type: .int64)
      ).array(of: Float.self)
    }
    for sample in 0..<200 {
      expectClose(Double(sums.map { $0[sample] }.reduce(0, +)), 1, absolute: 1e-5)
    }
  }

  @Test func reverseCrossEntropyIsTheErrorTimesTheLogarithm() {
    let (logits, targets) = random(samples: 100, classes: 7, scale: 2)
    let error = APL.meanAbsoluteError(logits: logits, targets: targets)
    let reverse = APL.reverseCrossEntropy(logits: logits, targets: targets)
    expectClose(
      reverse.array(of: Float.self).map(Double.init),
      error.array(of: Float.self).map { Double($0) * 9.210340371976184 }, relative: 1e-6)
  }

  /// The symmetric-loss condition of Ghosh et al., 2017: the sum over labels is a constant.
  @Test(arguments: [3, 10]) func errorIsASymmetricLoss(classes: Int) {
    let (logits, _) = random(samples: 50, classes: classes, scale: 3)
    var sum = [Double](repeating: 0, count: 50)
    for label in 0..<classes {
      let values = APL.meanAbsoluteError(
        logits: logits, targets: .full(Double(label), shape: [50], type: .int64)
      ).array(of: Float.self)
      for sample in 0..<50 { sum[sample] += Double(values[sample]) }
    }
    expectClose(sum, [Double](repeating: Double(classes - 1), count: 50), absolute: 1e-5)
  }

  /// A sample predicted with certainty as another class has a finite loss.
  @Test func certainMistakesStayFinite() {
    let logits = Tensor.from([Float(200), 0, -200], shape: [1, 3])
    for loss in Self.losses.values where loss(logits, .from([0], shape: [1])).item().isFinite {
      #expect(loss(logits, .from([2], shape: [1])).item().isFinite)
    }
    let error = APL.meanAbsoluteError(logits: logits, targets: .from([2], shape: [1])).item()
    expectClose(error, 1 - 1e-7, absolute: 1e-7)
  }
}
