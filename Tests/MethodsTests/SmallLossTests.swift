import NN
import TestSupport
import Testing

@testable import Methods
@testable import Training

@Suite struct SmallLossTests {
  private struct Recipe: SmallLossRecipe {
    var rampShare = 0.05
    var rate = 1e-3
    var decayShare = 0.4
    var firstBetas = [0.9, 0.1]

    func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      LossMethod(task: task)
    }
  }

  private func epoch(_ epoch: Int, of epochs: Int = 200) -> EpochPosition {
    EpochPosition(stage: 0, epoch: epoch, epochs: epochs, overall: epoch)
  }

  @Test func keepsLessAsTheForgetRateRises() {
    // ⌊(1 − F) · 128⌋ with F = linspace(0, 0.45, 10), then 0.45.
    let counts = (0..<12).map {
      Recipe().keptCount(of: 128, at: epoch($0), noiseRate: 0.45)
    }
    #expect(counts == [128, 121, 115, 108, 102, 96, 89, 83, 76, 70, 70, 70])
    // The shortest ramp still has an epoch that forgets nothing.
    #expect(
      (0..<3).map { Recipe().keptCount(of: 10, at: epoch($0, of: 3), noiseRate: 0.5) }
        == [10, 5, 5])
    #expect(Recipe().keptCount(of: 1, at: epoch(100), noiseRate: 0.9) == 1)
  }

  @Test func rateAndFirstBetaFallFromTheSameEpoch() {
    let learner = Recipe().learner("network", in: SyntheticTask().task)
    let epochs = [0, 79, 80, 140, 199]
    #expect(
      epochs.map { Recipe().betas(at: epoch($0)) }
        == [0.9, 0.9, 0.1, 0.1, 0.1].map { [$0, 0.999] })
    expectClose(
      epochs.map { learner.rate(at: epoch($0)) }, [1e-3, 1e-3, 1e-3, 5e-4, 1e-3 / 120])
  }

  @Test func incompleteBatchIsLeftOutUnlessItIsTheOnlyOne() {
    for (count, expected) in [(54, 3), (48, 3), (10, 1)] {
      #expect(Recipe().passes(of: SyntheticTask(count: count).task)[0].batchCount == expected)
    }
  }

  /// The methods that are built on Co-teaching take its schedule.
  @Test func schedulesAreCoTeachings() {
    let noise = 0.5
    let coTeaching = CoTeaching.Configuration.released
    let others: [any SmallLossRecipe] = [
      SIGUA.Configuration.released(noiseRate: noise), CoDis.Configuration.released(),
      CoDis.Configuration.paper(),
    ]
    for other in others {
      #expect(other.rampShare == coTeaching.rampShare && other.rate == coTeaching.rate)
      #expect(other.decayShare == coTeaching.decayShare)
      #expect(other.firstBetas == coTeaching.firstBetas)
    }
  }
}
