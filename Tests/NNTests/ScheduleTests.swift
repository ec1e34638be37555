import Foundation
import NN
import TestSupport
import Testing

struct ScheduleTests {
  private func factors(_ schedule: Schedule, of epochs: Int) -> [Double] {
    (0..<epochs).map { schedule.factor(epoch: $0, of: epochs) }
  }

  @Test func flatIsOneFactor() {
    #expect(factors(.constant, of: 3) == [1, 1, 1])
    #expect(factors(.flat(factor: 0.1), of: 2) == [0.1, 0.1])
  }

  @Test func milestonesApplyFromTheirEpochOn() {
    expectClose(
      factors(.milestones([0.4, 0.8], factor: 0.1), of: 10),
      [1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01])
    // 0.5 · 5 = 2.5 rounds away from zero, to epoch 3.
    expectClose(factors(.milestones([0.5], factor: 0.5), of: 5), [1, 1, 1, 0.5, 0.5])
    // 0.45 · 5 = 2.25 rounds down, to epoch 2.
    expectClose(factors(.milestones([0.45], factor: 0.5), of: 5), [1, 1, 0.5, 0.5, 0.5])
    expectClose(factors(.milestones([0], factor: 0.5), of: 2), [0.5, 0.5])
    expectClose(factors(.milestones([1], factor: 0.5), of: 2), [1, 1])
    expectClose(factors(.milestones([], factor: 0.5), of: 2), [1, 1])
    expectClose(factors(.milestones([0.5, 0.5], factor: 0.5), of: 2), [1, 0.25])
  }

  @Test func linearDecayStartsAtOneAndEndsOneStepAboveZero() {
    expectClose(
      factors(.linearDecay(from: 0.4), of: 10),
      [1, 1, 1, 1, 1] + (1...5).reversed().map { Double($0) / 6 })
    expectClose(factors(.linearDecay(from: 0), of: 4), [1, 0.75, 0.5, 0.25])
    expectClose(factors(.linearDecay(from: 1), of: 3), [1, 1, 1])
    // Co-teaching's released code: 200 epochs, from epoch 80.
    expectClose(Schedule.linearDecay(from: 0.4).factor(epoch: 140, of: 200), 0.5)
  }

  @Test func cosineFallsFromOne() {
    expectClose(
      factors(.cosine, of: 4), [1, 0.5 * (1 + 0.5.squareRoot()), 0.5, 0.5 * (1 - 0.5.squareRoot())])
    #expect(Schedule.cosine.factor(epoch: 0, of: 1) == 1)
  }

  @Test(arguments: [
    Schedule.constant, .milestones([0.3, 0.6], factor: 0.2), .linearDecay(from: 0.25), .cosine,
  ])
  func factorsNeverRiseAndSurviveJSON(schedule: Schedule) throws {
    for epochs in [1, 2, 7, 100] {
      let values = factors(schedule, of: epochs)
      #expect(values.allSatisfy { (0...1).contains($0) && $0 > 0 })
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
    }
    let data = try JSONEncoder().encode(schedule)
    #expect(try JSONDecoder().decode(Schedule.self, from: data) == schedule)
  }

  @Test func anEpochOutsideTheStageStopsTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = Schedule.cosine.factor(epoch: 3, of: 3) }
  }
}
