import Foundation
import SeededRandom
import TestSupport
import Testing
import Torch

@testable import Methods

struct HOCReference: Decodable {
  struct Forward: Decodable {
    var classes: Int
    var logits: [Double]
    var targets: [Int]
    var transition: [Double]
    var values: [Double]
    var gradient: [Double]
  }
  var classes: Int
  var steps: Int
  var rate: Double
  var features: [Double]
  var labels: [Int]
  var nearest: [[Int]]
  var singles: [Double]
  var pairs: [Double]
  var triples: [Double]
  var transition: [Double]
  var prior: [Double]
  var residual: Double
  var forward: [Forward]

  static func load() throws -> HOCReference { try Fixture.json("methods/hoc.json") }

  var featureTensor: Tensor {
    .from(features.map(Float.init), shape: [labels.count, features.count / labels.count])
  }
}

@Suite struct HOCEstimatorTests {
  private let stream = SeedStream(root: 1, purpose: "hoc")
  private static let matrix = [0.7, 0.2, 0.1, 0.1, 0.6, 0.3, 0.05, 0.15, 0.8]

  private func estimator(
    rounds: Int = 5, sampleSize: Int = 15_000, steps: Int = 400
  ) -> HOCEstimator {
    HOCEstimator(rounds: rounds, sampleSize: sampleSize, steps: steps, rate: 0.1)
  }

  // MARK: - Neighbours and frequencies

  @Test(arguments: [1, 2, 7]) func nearestTwoByHand(block: Int) {
    // Lengths do not matter.
    let degrees = [0.0, 10, 25, 100, 350]
    let lengths = [1.0, 5, 0.1, 2, 3]
    var features: [Float] = []
    for (angle, length) in zip(degrees, lengths) {
      let radians = angle * Double.pi / 180
      features += [Float(length * cos(radians)), Float(length * sin(radians))]
    }
    let found = HOCEstimator.nearestTwo(.from(features, shape: [5, 2]), block: block)
    #expect(found.map(\.0)[1...3] == [0, 1, 2])
    // Sample 0 is ten degrees from both 1 and 4.
    #expect(Set([found[0].0, found[0].1]) == [1, 4])
    #expect(found.map(\.1)[1...3] == [2, 0, 1])
    #expect(found[4] == (0, 1))
  }

  @Test func equalAndEmptyFeaturesHaveNeighboursOfTheirOwn() {
    for features in [Tensor.full(1, shape: [4, 3]), Tensor.zeros([4, 3])] {
      for (place, pair) in HOCEstimator.nearestTwo(features).enumerated() {
        #expect(Set([place, pair.0, pair.1]).count == 3)
      }
    }
  }

  @Test func frequenciesByHand() {
    let found = HOCEstimator.Frequencies(
      labels: [0, 1, 1, 0], triples: [[0, 1, 2], [1, 2, 0], [2, 1, 3], [3, 0, 1]], classes: 2)
    #expect(found.singles == [0.5, 0.5])
    // (0,1), (1,1), (1,1), (0,0).
    #expect(found.pairs == [0.25, 0.25, 0, 0.5])
    // (0,1,1), (1,1,0), (1,1,0), (0,0,1).
    #expect(found.triples == [0, 0.25, 0, 0.25, 0, 0, 0.5, 0])
  }

  @Test func frequenciesMatchNumPy() throws {
    let reference = try HOCReference.load()
    let features = reference.featureTensor
    #expect(HOCEstimator.nearestTwo(features, block: 32).map { [$0.0, $0.1] } == reference.nearest)
    let found = estimator().frequencies(
      features: features, labels: reference.labels, classes: reference.classes, stream: stream)
    expectClose(found.singles, reference.singles)
    expectClose(found.pairs, reference.pairs)
    expectClose(found.triples, reference.triples)
  }

  @Test func roundsDrawTheirOwnSamples() throws {
    let reference = try HOCReference.load()
    func frequencies(rounds: Int, stream: SeedStream) -> HOCEstimator.Frequencies {
      estimator(rounds: rounds, sampleSize: 30).frequencies(
        features: reference.featureTensor, labels: reference.labels, classes: 3, stream: stream)
    }
    let five = frequencies(rounds: 5, stream: stream)
    #expect(frequencies(rounds: 5, stream: stream) == five)
    #expect(frequencies(rounds: 1, stream: stream) != five)
    #expect(frequencies(rounds: 5, stream: stream.substream("other")) != five)
    // Singles, pairs and triples are marginals of each other.
    expectClose(five.triples.reduce(0, +), 1)
    expectClose(
      (0..<9).map { cell in (0..<3).map { five.triples[cell * 3 + $0] }.reduce(0, +) }, five.pairs,
      relative: 1e-9, absolute: 1e-12)
    expectClose(
      (0..<3).map { row in (0..<3).map { five.pairs[row * 3 + $0] }.reduce(0, +) }, five.singles,
      relative: 1e-9, absolute: 1e-12)
  }

  // MARK: - The estimate

  /// The frequencies that a matrix and clean frequencies give, by loops.
  private func exact(_ matrix: [Double], prior: [Double]) -> [[Double]] {
    let n = prior.count
    func sum(_ labels: [Int]) -> Double {
      (0..<n).map { k in labels.reduce(prior[k]) { $0 * matrix[k * n + $1] } }.reduce(0, +)
    }
    let all = Array(0..<n)
    return [
      all.map { sum([$0]) }, all.flatMap { i in all.map { sum([i, $0]) } },
      all.flatMap { i in all.flatMap { j in all.map { sum([i, j, $0]) } } },
    ]
  }

  @Test func expectedFrequenciesAreSumsOverTheCleanClass() {
    let prior = [0.5, 0.3, 0.2]
    let found = HOCEstimator.expected(
      transition: .from(Self.matrix, shape: [3, 3]), prior: .from(prior, shape: [3]))
    for (ours, expected) in zip(found, exact(Self.matrix, prior: prior)) {
      expectClose(ours.array(of: Double.self), expected, relative: 1e-12)
    }
  }

  @Test func estimateMatchesPyTorch() throws {
    let reference = try HOCReference.load()
    let frequencies = estimator().frequencies(
      features: reference.featureTensor, labels: reference.labels, classes: reference.classes,
      stream: stream)
    let found = HOCEstimator(
      rounds: 1, sampleSize: 90, steps: reference.steps, rate: reference.rate
    ).estimate(frequencies, on: .cpu)
    expectClose(
      found.transition.array(of: Double.self), reference.transition, relative: 0, absolute: 1e-8)
    expectClose(found.prior.array(of: Double.self), reference.prior, relative: 0, absolute: 1e-8)
    expectClose(found.residual, reference.residual, relative: 1e-8)
  }

  @Test(arguments: [[0.5, 0.3, 0.2], [0.3, 0.4, 0.3]])
  func recoversTheMatrixOfExactFrequencies(prior: [Double]) {
    let all = exact(Self.matrix, prior: prior)
    let found = estimator(steps: 1500).estimate(
      .init(singles: all[0], pairs: all[1], triples: all[2]), on: .cpu)
    expectClose(found.transition.array(of: Double.self), Self.matrix, relative: 0, absolute: 0.005)
    expectClose(found.prior.array(of: Double.self), prior, relative: 0, absolute: 0.005)
    #expect(found.residual < 0.005)
  }

  /// Samples in tight clusters whose given labels follow a known matrix.
  ///
  /// A sample serves many triples, so that the error is larger than that of as many independent triples.
  @Test func recoversAKnownMatrixFromSamples() {
    var generator = SeedStream(root: 2, purpose: "test").generator()
    let prior = [0.5, 0.3, 0.2]
    let count = 6000
    var features: [Float] = []
    let labels = (0..<count).map { _ in
      let clean = generator.categorical(prior)
      features += (0..<4).map { Float(($0 == clean ? 5 : 0) + 0.3 * generator.normal()) }
      return generator.categorical(Array(Self.matrix[(clean * 3)..<(clean * 3 + 3)]))
    }
    let estimator = estimator(rounds: 20, sampleSize: 2000)
    let frequencies = estimator.frequencies(
      features: .from(features, shape: [count, 4]), labels: labels, classes: 3, stream: stream)
    let found = estimator.estimate(frequencies, on: .cpu)
    expectClose(found.transition.array(of: Double.self), Self.matrix, relative: 0, absolute: 0.06)
    expectClose(found.prior.array(of: Double.self), prior, relative: 0, absolute: 0.06)
    #expect(found.residual < 0.05)
    for row in 0..<3 {
      expectClose(
        found.transition.narrow(0, from: row, length: 1).sum().item(), 1, relative: 1e-12)
    }
  }

  /// Without noise, T is the identity.
  @Test func cleanLabelsGiveTheIdentity() {
    let labels = (0..<60).map { $0 % 3 }
    let features = labels.flatMap { label in (0..<3).map { Float($0 == label ? 1 : 0) } }
    let estimator = estimator()
    let frequencies = estimator.frequencies(
      features: .from(features, shape: [60, 3]), labels: labels, classes: 3, stream: stream)
    let found = estimator.estimate(frequencies, on: .cpu)
    expectClose(
      found.transition.array(of: Double.self), [1, 0, 0, 0, 1, 0, 0, 0, 1], relative: 0,
      absolute: 0.01)
  }

  /// The released code passes over the first steps, even where it starts at the solution.
  @Test func firstStepsDoNotCount() {
    let peak = exp(5.01) / (exp(5.01) + 2)
    let matrix = (0..<9).map { $0 % 4 == 0 ? peak : (1 - peak) / 2 }
    let all = exact(matrix, prior: [0.34, 0.33, 0.33])
    let frequencies = HOCEstimator.Frequencies(singles: all[0], pairs: all[1], triples: all[2])
    let residuals = [7, 400].map { estimator(steps: $0).estimate(frequencies, on: .cpu).residual }
    // The start is less than 0.03 away, and Adam's first steps lead off.
    #expect(residuals[0] > 0.05 && residuals[1] < 0.02)
  }

  @Test func classWithoutASampleHasAFiniteRow() {
    let frequencies = HOCEstimator.Frequencies(
      labels: [0, 0, 0], triples: [[0, 1, 2], [1, 0, 2], [2, 0, 1]], classes: 2)
    let found = estimator(steps: 60).estimate(frequencies, on: .cpu)
    #expect(found.transition.array(of: Double.self).allSatisfy { $0.isFinite })
    #expect(found.residual.isFinite)
  }
}
