import Foundation
import RunStore
import Testing
import Workers

/// Signals to a pool, which therefore runs in a process of its own.
@Suite(.serialized) struct InterruptTests {
  private let fixture: PoolFixture

  init() throws { fixture = try PoolFixture() }

  private func text(_ pipe: Pipe) -> String {
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }

  private func isAlive(_ process: Int32) -> Bool {
    // A process that ended and was not yet collected still has a number.
    let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    guard let fields = status?.split(separator: ")").last?.split(separator: " ") else {
      return false
    }
    return fields.first != "Z"
  }

  private func workers() throws -> [Int32] {
    try ["item-0", "item-1"].map { id in
      try #require(fixture.wait(for: "\(id).tried"))
      usleep(100_000)
      return try #require(fixture.trace("\(id).tried").flatMap { Int32($0) })
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func workersStopAtTheEndOfAnEpochAndContinue(_ number: Int32) throws {
    let (first, output) = try fixture.startPool(items: 2, epochs: 60)
    let workers = try workers()
    kill(first.processIdentifier, number)
    #expect(text(output) == "interrupted\n")
    first.waitUntilExit()
    #expect(first.terminationStatus == ExitStatus.resumable.rawValue)
    #expect(workers.allSatisfy { !isAlive($0) })
    let epochs = ["item-0", "item-1"].compactMap {
      fixture.trace("\($0).epoch").flatMap { Int($0) }
    }
    #expect(epochs.count == 2 && epochs.allSatisfy { $0 < 60 })
    let (second, again) = try fixture.startPool(items: 2, epochs: 60)
    #expect(text(again) == "complete\n")
    second.waitUntilExit()
    #expect(second.terminationStatus == 0)
    #expect(fixture.trace("item-0.epoch") == "60" && fixture.trace("item-1.epoch") == "60")
  }

  @Test func workersThatDoNotStopAreKilledAfterTheGraceTime() throws {
    let (pool, output) = try fixture.startPool(items: 2, epochs: 1, kind: "hang")
    let workers = try workers()
    let clock = ContinuousClock()
    let time = clock.measure {
      kill(pool.processIdentifier, SIGINT)
      #expect(text(output) == "interrupted\n")
    }
    #expect(time > .milliseconds(900) && time < .seconds(5))
    #expect(workers.allSatisfy { !isAlive($0) })
  }

  @Test func secondSignalEndsAtOnce() throws {
    let (pool, output) = try fixture.startPool(items: 2, epochs: 1, kind: "hang")
    let workers = try workers()
    let clock = ContinuousClock()
    let time = clock.measure {
      kill(pool.processIdentifier, SIGINT)
      usleep(150_000)
      kill(pool.processIdentifier, SIGINT)
      #expect(text(output) == "interrupted\n")
    }
    #expect(time < .milliseconds(900))
    #expect(workers.allSatisfy { !isAlive($0) })
  }

  @Test func workersEndWithTheirParent() throws {
    let (pool, _) = try fixture.startPool(items: 2, epochs: 1, kind: "hang")
    let workers = try workers()
    kill(pool.processIdentifier, SIGKILL)
    pool.waitUntilExit()
    let limit = ContinuousClock.now + .seconds(3)
    while workers.contains(where: isAlive) && ContinuousClock.now < limit { usleep(20_000) }
    #expect(workers.allSatisfy { !isAlive($0) })
  }

  @Test func workersIgnoreTheTerminalsInterrupt() throws {
    let (_, output) = try fixture.startPool(items: 2, epochs: 20)
    for worker in try workers() { kill(worker, SIGINT) }
    #expect(text(output) == "complete\n")
  }
}
