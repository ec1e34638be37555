import Foundation
import RunStore
import Testing
import Workers

@Suite(.serialized) struct WorkerPoolTests {
  private let fixture: PoolFixture

  init() throws { fixture = try PoolFixture() }

  private func failure(_ report: PoolReport, _ id: String) throws -> WorkFailure {
    guard case .failed(let failure) = try #require(report.results[id]) else {
      throw WorkFailure(cause: .other, message: "\(id) did not fail: \(report.results)")
    }
    return failure
  }

  @Test func everyItemIsDoneOnceByFewProcesses() throws {
    let observer = RecordingObserver()
    let items = try (0..<12).map { try fixture.item("i\($0)") }
    let report = try fixture.pool(workers: 3).run(items, observer: observer)
    #expect(!report.isInterrupted && report.failures.isEmpty)
    for item in items {
      guard case .finished = report.results[item.id] else {
        Issue.record("\(item.id): \(String(describing: report.results[item.id]))")
        continue
      }
    }
    let traces = items.compactMap { fixture.trace("\($0.id).done")?.split(separator: " ") }
    #expect(traces.count == 12)
    #expect(Set(traces.map { $0[0] }).count <= 3)
    #expect(traces.allSatisfy { $0[1] == "1" })
    #expect(observer.ended == 1)
    #expect(observer.snapshots.last?.settled == 12)
    #expect(observer.snapshots.allSatisfy { (0...1).contains($0.fraction) && $0.secondsLeft >= 0 })
  }

  @Test func anEmptyListIsDone() throws {
    let report = try fixture.pool().run([])
    #expect(report.results.isEmpty && !report.isInterrupted)
  }

  @Test func failureSkipsOnlyWhatNeedsIt() throws {
    let report = try fixture.pool().run(
      [
        fixture.item("bad", "fail"), fixture.item("child", after: ["bad"]),
        fixture.item("grandchild", after: ["child", "good"]), fixture.item("good"),
        fixture.item("other", after: ["good", "before"]),
      ], completed: ["before"])
    let failure = try failure(report, "bad")
    #expect(failure.cause == .data && failure.exitStatus == .badData)
    #expect(failure.message.contains("/data/images is damaged"))
    #expect(failure.lastLines.contains("last words of bad"))
    for id in ["child", "grandchild"] {
      #expect(report.results[id] == .skipped(reason: "it needs label of bad, which failed"))
      #expect(fixture.trace("\(id).tried") == nil)
    }
    #expect(fixture.trace("other.done") != nil)
    #expect(report.failures.map(\.id) == ["bad"])
  }

  @Test func anItemIsTriedAgainWhenItsWorkerDies() throws {
    let observer = RecordingObserver()
    let report = try fixture.pool().run(
      [fixture.item("once", "die-once"), fixture.item("other")], observer: observer)
    #expect(report.failures.isEmpty)
    #expect(fixture.trace("once.done") != nil)
    let restarts = observer.events.filter { if case .restarted = $0 { true } else { false } }
    #expect(restarts.count == 1)
  }

  @Test func anItemWhoseWorkersDieFailsWithTheSignal() throws {
    let report = try fixture.pool(workers: 1).run(
      [fixture.item("dies", "die"), fixture.item("other")])
    let failure = try failure(report, "dies")
    #expect(failure.cause == .signal || failure.cause == .outOfMemory)
    #expect(failure.message.contains("signal 9"))
    #expect(failure.message.contains("memory"))
    #expect(failure.lastLines.last == "last words of dies")
    #expect(fixture.trace("other.done") != nil)
  }

  @Test func lastWordsTellWhetherMemoryRanOut() throws {
    let report = try fixture.pool().run([
      fixture.item("memory", "no-memory"), fixture.item("exit", "exit"),
    ])
    #expect(try failure(report, "memory").cause == .outOfMemory)
    #expect(try failure(report, "exit").cause == .other)
    #expect(try failure(report, "exit").message.contains("exit status 3"))
  }

  @Test func aWorkerKilledFromOutsideIsReplaced() throws {
    let observer = KillingObserver(fixture: fixture, item: "long")
    let report = try fixture.pool(workers: 1).run(
      [fixture.item("long", epochs: 20, milliseconds: 40)], observer: observer)
    #expect(observer.killed != nil)
    #expect(fixture.trace("long.tried") != observer.killed.map { "\($0)" })
    #expect(report.failures.isEmpty)
    #expect(fixture.trace("long.epoch") == "20")
  }

  @Test func workersThatCannotStartAreAnError() throws {
    let items = try [fixture.item("a"), fixture.item("b")]
    let ends = #expect(throws: WorkerError.self) {
      try fixture.pool(argument: "broken").run(items)
    }
    #expect(ends?.exitStatus == .inputMissing)
    #expect(ends?.message.contains("no data here") == true)
    var pool = fixture.pool()
    pool.executable = URL(fileURLWithPath: "/nowhere/worker")
    let missing = #expect(throws: WorkerError.self) { try pool.run(items) }
    #expect(missing?.exitStatus == .inputMissing)
    #expect(missing?.message.contains("/nowhere/worker") == true)
  }

  @Test func wrongListsAreErrors() throws {
    let pool = fixture.pool()
    #expect(throws: WorkerError.duplicateItem("a")) {
      try pool.run([fixture.item("a"), fixture.item("a")])
    }
    #expect(throws: WorkerError.unknownDependency(item: "a", dependency: "x")) {
      try pool.run([fixture.item("a", after: ["x"])])
    }
    #expect(throws: WorkerError.cycle(["a", "b"])) {
      try pool.run([
        fixture.item("a", after: ["b"]), fixture.item("b", after: ["a"]), fixture.item("c"),
      ])
    }
  }

  @Test func longestChainsStartFirst() throws {
    let observer = RecordingObserver()
    _ = try fixture.pool(workers: 1).run(
      [
        fixture.item("small", cost: 1), fixture.item("asset", cost: 2),
        fixture.item("user", after: ["asset"], cost: 10), fixture.item("middle", cost: 5),
      ], observer: observer)
    let order = observer.events.compactMap { event -> String? in
      if case .started(let label, _) = event { return label } else { return nil }
    }
    #expect(order == ["asset", "user", "middle", "small"].map { "label of \($0)" })
  }

  @Test func twoThousandItemsCostLittle() throws {
    let items = try (0..<2_000).map { number in
      try fixture.item(
        "i\(number)", after: number >= 100 ? ["i\(number - 100)"] : [], epochs: 0)
    }
    let report = try fixture.pool(workers: 2).run(items)
    #expect(report.failures.isEmpty && report.results.count == 2_000)
    #expect(report.seconds < 20, "2,000 items took \(report.seconds) s")
    print("2,000 items in \(report.seconds) s")
  }
}
