import LabelNoise
import NN
import TestSupport
import Testing
import Torch

@testable import Methods
@testable import Training

@Suite struct SIGUATests {
  private func configuration(
    gamma: Double, siguaRate: Double = 0.3, rampShare: Double = 0.2
  ) -> SIGUA.Configuration {
    SIGUA.Configuration(
      gamma: gamma, siguaRate: siguaRate, rampShare: rampShare, rate: 1e-3, decayShare: 0.4,
      firstBetas: [0.9, 0.1])
  }

  // MARK: - By hand

  @Test(
    arguments: [
      // Three of six are good; of the other three one, two, at least one and all are bad.
      (0.5, [1], 3.5 / 3 - 0.1 * 3), (0.7, [1, 5], 3.5 / 3 - 0.1 * 3.5),
      (0.01, [1], 3.5 / 3 - 0.1 * 3), (1, [1, 5, 4], 3.5 / 3 - 0.1 * 4),
    ] as [(Double, [Int], Double)])
  func descendsOnTheSmallestAndAscendsOnTheNext(
    siguaRate: Double, bad: [Int], expected: Double
  ) throws {
    let losses = Tensor.from([0.5, 3, 1, 2, 5, 4] as [Float], shape: [6]).requiringGradient()
    let places = SIGUA.selection(losses: losses, kept: 3, siguaRate: siguaRate)
    #expect(places.good.array(of: Int.self) == [0, 2, 3])
    #expect(try #require(places.bad).array(of: Int.self) == bad)
    let objective = SIGUA.objective(losses: losses, kept: 3, siguaRate: siguaRate, gamma: 0.1)
    expectClose(objective.detached().item(), expected, relative: 1e-6)
    objective.backward()
    let gradient = (0..<6).map { place in
      [0, 2, 3].contains(place)
        ? 1.0 / 3 : bad.contains(place) ? -0.1 / Double(bad.count) : 0
    }
    expectClose(
      losses.gradient.array(of: Float.self), gradient.map(Float.init), absolute: 1e-7)
  }

  @Test func nothingIsBadWhereNothingIsForgotten() {
    let losses = Tensor.from([2, 1, 6] as [Float], shape: [3])
    #expect(SIGUA.selection(losses: losses, kept: 3, siguaRate: 0.4).bad == nil)
    #expect(SIGUA.objective(losses: losses, kept: 3, siguaRate: 0.4, gamma: 1).item() == 3)
  }

  // MARK: - Against PyTorch

  private struct Fixture: Decodable {
    struct Case: Decodable {
      var classes: Int
      var forgetRate: Double
      var siguaRate: Double
      var gamma: Double
      var logits: [Double]
      var targets: [Int]
      var kept: Int
      var good: [Int]
      var bad: [Int]
      var objective: Double
      var gradient: [Double]
    }

    var cases: [Case]
  }

  @Test func agreesWithPyTorch() throws {
    let fixture: Fixture = try TestSupport.Fixture.json("methods/sigua.json")
    #expect(fixture.cases.count == 5)
    for reference in fixture.cases {
      let count = reference.targets.count
      let z = Tensor.from(reference.logits.map(Float.init), shape: [count, reference.classes])
        .requiringGradient()
      let losses = z.crossEntropy(targets: .from(reference.targets, shape: [count]))
      var recipe = configuration(gamma: reference.gamma)
      recipe.rampShare = 0
      let late = EpochPosition(stage: 0, epoch: 5, epochs: 10, overall: 5)
      let kept = recipe.keptCount(of: count, at: late, noiseRate: reference.forgetRate)
      #expect(kept == reference.kept)
      let places = SIGUA.selection(losses: losses, kept: kept, siguaRate: reference.siguaRate)
      #expect(places.good.array(of: Int.self) == reference.good)
      #expect(places.bad?.array(of: Int.self) ?? [] == reference.bad)
      let objective = SIGUA.objective(
        losses: losses, kept: kept, siguaRate: reference.siguaRate, gamma: reference.gamma)
      expectClose(
        objective.detached().item(), reference.objective, relative: 1e-5, absolute: 1e-6)
      objective.backward()
      expectClose(
        z.gradient.array(of: Float.self).map(Double.init), reference.gradient, relative: 1e-5,
        absolute: 1e-7)
    }
  }

  // MARK: - Steps

  /// The method takes Adam's steps down the objective; without ascent those on the good samples alone.
  @Test(arguments: [0, 0.5]) func stepsDownTheObjective(gamma: Double) {
    let synthetic = SyntheticTask(noiseRate: 0.5, epochs: 10)
    let method = SIGUA(configuration(gamma: gamma), task: synthetic.task)
    let twin = SteppedNetwork("network", in: synthetic)
    // Epoch 0 keeps all 7, epochs 1 and 8 keep ⌊3.5⌋ and call ⌊1.2⌋ bad; from epoch 4 on the rate falls, and β₁ is 0.1.
    let plan: [(epoch: Int, kept: Int, rate: Double, beta: Double, places: [Int])] = [
      (0, 7, 1e-3, 0.9, [0, 1, 2, 30, 31, 32, 33]),
      (1, 3, 1e-3, 0.9, [4, 28, 5, 50, 9, 41, 12]),
      (8, 3, 1e-3 * 2 / 6, 0.1, [53, 2, 17, 35, 20, 8, 44]),
    ]
    for entry in plan {
      let batch = synthetic.batch(at: entry.places)
      let epoch = EpochPosition(stage: 0, epoch: entry.epoch, epochs: 10, overall: entry.epoch)
      let report = method.step(batch, at: StepPosition(epoch: epoch, pass: 0, step: 0))
      let losses = twin.logits(batch).crossEntropy(targets: batch.labels)
      let values = losses.detached().array(of: Float.self)
      let order = values.indices.sorted { values[$0] < values[$1] }
      let good = Tensor.from(Array(order.prefix(entry.kept)), shape: [entry.kept])
      var loss = losses.select(good).mean()
      if entry.kept < 7 && gamma > 0 {
        loss = loss - losses.select(.from([order[entry.kept]], shape: [1])).mean() * gamma
      }
      expectClose(report.scalars["objective"]?.detached().item() ?? .nan, loss.detached().item())
      expectClose(report.losses.detached().array(of: Float.self), values)
      twin.optimizer.step(minimising: loss, rate: entry.rate, betas: [entry.beta, 0.999])
      let trained = method.learners["network"]?.network.store.parameters ?? []
      #expect(trained.count == twin.values().count && !trained.isEmpty)
      for (ours, expected) in zip(trained, twin.values()) {
        expectClose(
          ours.array(of: Float.self), expected, relative: 1e-4, absolute: 2e-6,
          "epoch \(entry.epoch)")
      }
    }
  }

  @Test func continuedRunIsTheUndisturbedOne() throws {
    let synthetic = SyntheticTask(noiseRate: 0.45)
    try expectResumable(synthetic) {
      SIGUA(configuration(gamma: 0.01, rampShare: 0.5), task: synthetic.task)
    }
  }

  // MARK: - Settings

  @Test func ascentTakesMoreAtLowNoise() {
    let rates = [0.2, 0.3, 0.45, 0.5].map {
      SIGUA.Configuration.ours(
        setting: MethodSetting(noise: .symmetric(rate: $0), classes: 10, isReduced: true)
      ).siguaRate
    }
    #expect(rates == [0.4, 0.4, 0.3, 0.3])
    let released = SIGUA.Configuration.released(noiseRate: 0.5)
    #expect(released.gamma == 0.01 && released == .paper(noiseRate: 0.5))
  }
}
