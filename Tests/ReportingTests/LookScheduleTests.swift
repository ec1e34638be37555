import TestSupport
import Testing

@testable import Reporting

@Suite struct LookScheduleTests {
  private let schedule = LookSchedule(planned: [1, 2, 3])

  @Test func everyLookDoublesTheSeedsAndHalvesTheShare() {
    #expect(schedule.count == 6)
    let looks = (1...schedule.count).map(schedule.look)
    #expect(looks.map(\.seeds.count) == [3, 6, 12, 24, 48, 96])
    #expect(looks.map(\.factor) == [2, 4, 8, 16, 32, 64])
    #expect(looks[1].seeds == [1, 2, 3, 4, 5, 6])
    #expect(looks.reduce(0) { $0 + 1 / $1.factor } <= 1)
  }

  @Test func seedsGoOnAfterTheLargestPlannedOne() {
    let schedule = LookSchedule(planned: [9, 2])
    #expect(schedule.look(2).seeds == [2, 9, 10, 11])
    #expect(Array(schedule.further.prefix(3)) == [10, 11, 12])
  }

  @Test func aLookCountsOnlyWhenAllItsSeedsAreThere() {
    #expect(schedule.lastLook { _ in false }.number == 1)
    #expect(schedule.lastLook { $0 <= 5 }.number == 1)
    #expect(schedule.lastLook { $0 <= 6 }.number == 2)
    #expect(schedule.lastLook { $0 != 5 }.number == 1)
    #expect(schedule.lastLook { _ in true }.number == schedule.count)
  }

  @Test func manyPlannedSeedsLeaveOneLook() {
    let schedule = LookSchedule(planned: Array(1...200))
    #expect(schedule.count == 1)
    #expect(schedule.further.isEmpty)
    #expect(schedule.lastLook { _ in true }.number == 1)
  }
}
