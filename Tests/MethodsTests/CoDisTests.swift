import Foundation
import NN
import TestSupport
import Testing
import Torch

@testable import Methods
@testable import Training

@Suite struct CoDisTests {
  private func configuration(
    lambda: Double, divergence: CoDis.Divergence = .released
  ) -> CoDis.Configuration {
    CoDis.Configuration(
      lambda: lambda, divergence: divergence, rampShare: 0.2, rate: 1e-3, decayShare: 0.4,
      firstBetas: [0.9, 0.1])
  }

  // MARK: - By hand

  /// p₁ = (3/4, 1/4) and p₂ = (1/4, 3/4), so M = (1/2, 1/2); dp/dz = 3/16.
  @Test(
    arguments: [
      // ½ ln(4/3), and −½ (½/p − ½/(1 − p)) · 3/16.
      (.released, 0.5 * log(4.0 / 3), 0.125),
      // ¾ ln(3/2) + ¼ ln(1/2), and ½ ln 3 · 3/16.
      (.textbook, 0.75 * log(1.5) + 0.25 * log(0.5), 0.5 * log(3.0) * 3 / 16),
    ] as [(CoDis.Divergence, Double, Double)])
  func discrepancyByHand(divergence: CoDis.Divergence, value: Double, slope: Double) {
    let first = Tensor.from([Float(log(3.0)), 0], shape: [1, 2]).requiringGradient()
    let second = Tensor.from([0, Float(log(3.0))], shape: [1, 2])
    let discrepancy = CoDis.discrepancy(logits: first, others: second, divergence: divergence)
    expectClose(discrepancy.detached().item(), value, relative: 1e-5)
    discrepancy.sum().backward()
    expectClose(
      first.gradient.array(of: Float.self), [Float(slope), Float(-slope)], absolute: 1e-7)
    // The score of label 0 is ln(4/3) − λ · D.
    let score = CoDis.scores(
      logits: first.detached(), others: second, targets: .from([0], shape: [1]), lambda: 0.5,
      divergence: divergence)
    expectClose(score.item(), log(4.0 / 3) - 0.5 * value, relative: 1e-5)
  }

  @Test func equalPredictionsHaveNoDiscrepancy() {
    let logits = Tensor.from([1, -2, 0.5, 3, 3, -7] as [Float], shape: [2, 3])
    for divergence in CoDis.Divergence.allCases {
      let found = CoDis.discrepancy(logits: logits, others: logits + 4, divergence: divergence)
      expectClose(found.array(of: Float.self), [0, 0], absolute: 1e-6)
    }
  }

  /// Certain and opposite predictions, and a class that neither gives any probability in single precision.
  ///
  /// ln 2 in textbooks, and half of (200 − 2 ln 2) in the released code.
  @Test func vanishingProbabilitiesStayFinite() {
    let second = Tensor.from([0, 200, 0] as [Float], shape: [1, 3])
    let cases: [(CoDis.Divergence, Double)] = [
      (.textbook, log(2.0)), (.released, 100 - log(2.0)),
    ]
    for (divergence, expected) in cases {
      let first = Tensor.from([200, 0, 0] as [Float], shape: [1, 3]).requiringGradient()
      let found = CoDis.discrepancy(logits: first, others: second, divergence: divergence)
      expectClose(found.detached().item(), expected, relative: 1e-6)
      found.sum().backward()
      #expect(first.gradient.array(of: Float.self).allSatisfy { $0.isFinite })
    }
  }

  // MARK: - Against PyTorch

  private struct Fixture: Decodable {
    struct Case: Decodable {
      var classes: Int
      var divergence: String
      var lambda: Double
      var kept: Int
      var targets: [Int]
      var logits: [[Double]]
      var discrepancy: [Double]
      var networks: [Network]
    }

    struct Network: Decodable {
      var scores: [Double]
      var choice: [Int]
      var objective: Double
      var gradient: [Double]
    }

    var cases: [Case]
  }

  @Test func agreesWithPyTorch() throws {
    let fixture: Fixture = try TestSupport.Fixture.json("methods/co-dis.json")
    #expect(fixture.cases.count == 12)
    for reference in fixture.cases {
      let count = reference.targets.count
      let divergence = try #require(CoDis.Divergence(rawValue: reference.divergence))
      let targets = Tensor.from(reference.targets, shape: [count])
      for (own, other) in [(0, 1), (1, 0)] {
        let pair = reference.logits.map {
          Tensor.from($0.map(Float.init), shape: [count, reference.classes]).requiringGradient()
        }
        let expected = reference.networks[own]
        expectClose(
          CoDis.discrepancy(logits: pair[own], others: pair[other], divergence: divergence)
            .detached().array(of: Float.self).map(Double.init), reference.discrepancy,
          relative: 1e-5, absolute: 1e-6)
        let scores = CoDis.scores(
          logits: pair[own], others: pair[other], targets: targets, lambda: reference.lambda,
          divergence: divergence)
        expectClose(
          scores.detached().array(of: Float.self).map(Double.init), expected.scores,
          relative: 1e-5, absolute: 1e-5)
        #expect(
          scores.detached().argsort(along: 0).narrow(0, from: 0, length: reference.kept)
            .array(of: Int.self) == expected.choice)
        let choice = reference.networks[other].choice
        let objective = scores.select(.from(choice, shape: [choice.count])).mean()
        expectClose(
          objective.detached().item(), expected.objective, relative: 1e-5, absolute: 1e-5)
        objective.backward()
        expectClose(
          pair[own].gradient.array(of: Float.self).map(Double.init), expected.gradient,
          relative: 1e-4, absolute: 1e-6)
        #expect(!pair[other].gradient.isDefined, "the other network took a gradient")
      }
    }
  }

  // MARK: - Steps

  /// Each network takes Adam's step down its own scores of the samples that the other one scores lowest.
  @Test(arguments: CoDis.Divergence.allCases)
  func eachStepsOnTheOthersChoice(divergence: CoDis.Divergence) {
    let synthetic = SyntheticTask(noiseRate: 0.5, epochs: 10)
    let method = CoDis(configuration(lambda: 2, divergence: divergence), task: synthetic.task)
    let names = ["network", "network-2"]
    let twins = names.map { SteppedNetwork($0, in: synthetic) }
    let plan: [(epoch: Int, kept: Int, rate: Double, beta: Double, places: [Int])] = [
      (0, 7, 1e-3, 0.9, [0, 1, 2, 30, 31, 32, 33]),
      (1, 3, 1e-3, 0.9, [4, 28, 5, 50, 9, 41, 12]),
      (8, 3, 1e-3 * 2 / 6, 0.1, [53, 2, 17, 35, 20, 8, 44]),
    ]
    for entry in plan {
      let batch = synthetic.batch(at: entry.places)
      let epoch = EpochPosition(stage: 0, epoch: entry.epoch, epochs: 10, overall: entry.epoch)
      let report = method.step(batch, at: StepPosition(epoch: epoch, pass: 0, step: 0))
      let logits = twins.map { $0.logits(batch) }
      let scores = [(0, 1), (1, 0)].map { own, other in
        logits[own].crossEntropy(targets: batch.labels)
          - CoDis.discrepancy(
            logits: logits[own], others: logits[other].detached(), divergence: divergence) * 2
      }
      let lowest = scores.map { all in
        let values = all.detached().array(of: Float.self)
        return Array(values.indices.sorted { values[$0] < values[$1] }.prefix(entry.kept))
      }
      #expect(entry.kept == 7 || Set(lowest[0]) != Set(lowest[1]), "the check has no power")
      expectClose(
        report.losses.detached().array(of: Float.self),
        logits[0].detached().crossEntropy(targets: batch.labels).array(of: Float.self))
      for (own, other) in [(0, 1), (1, 0)] {
        let loss = scores[own].select(.from(lowest[other], shape: [entry.kept])).mean()
        if own == 0 {
          expectClose(
            report.scalars["objective"]?.detached().item() ?? .nan, loss.detached().item(),
            relative: 1e-6)
        }
        twins[own].optimizer.step(minimising: loss, rate: entry.rate, betas: [entry.beta, 0.999])
        let trained = method.learners[names[own]]?.network.store.parameters ?? []
        #expect(trained.count == twins[own].values().count && !trained.isEmpty)
        for (ours, expected) in zip(trained, twins[own].values()) {
          expectClose(
            ours.array(of: Float.self), expected, relative: 1e-4, absolute: 2e-6,
            "\(names[own]), epoch \(entry.epoch)")
        }
      }
    }
  }

  /// Without weight on the discrepancy the choice and every step are Co-teaching's.
  @Test func weightZeroIsCoTeaching() throws {
    let synthetic = SyntheticTask(noiseRate: 0.45, epochs: 8)
    let coTeaching = try TrainedRun(
      CoTeaching(
        .init(rampShare: 0.2, rate: 1e-3, decayShare: 0.4, firstBetas: [0.9, 0.1]),
        task: synthetic.task), of: synthetic)
    func run(_ lambda: Double) throws -> TrainedRun {
      try TrainedRun(CoDis(configuration(lambda: lambda), task: synthetic.task), of: synthetic)
    }
    let same = try run(0)
    #expect(same.final == coTeaching.final)
    #expect(same.epochs.map(\.testLoss) == coTeaching.epochs.map(\.testLoss))
    for name in ["test-accuracy-network-2", "test-accuracy-mean-of-both"] {
      #expect(same.epochs.map { $0.scalars[name] } == coTeaching.epochs.map { $0.scalars[name] })
      #expect(same.epochs.allSatisfy { $0.scalars[name] != nil })
    }
    #expect(try run(0.15).final != coTeaching.final)
  }

  @Test func continuedRunIsTheUndisturbedOne() throws {
    let synthetic = SyntheticTask(noiseRate: 0.45)
    try expectResumable(synthetic) {
      CoDis(configuration(lambda: 0.15), task: synthetic.task)
    }
  }

  // MARK: - Settings

  @Test func settingsDifferInTheDivergenceAlone() {
    var paper = CoDis.Configuration.paper()
    #expect(paper.divergence == .textbook && paper.lambda == 0.15)
    paper.divergence = .released
    #expect(paper == .released())
    #expect(
      CoDis.Configuration.ours(
        setting: MethodSetting(noise: .pairflip(rate: 0.45), classes: 100, isReduced: true))
        == .released())
  }
}
