import Foundation
import Testing
import Workers

/// Items that another process is at work on, and workers that take too much memory.
@Suite(.serialized) struct BusyItemTests {
  private let fixture: PoolFixture

  init() throws { fixture = try PoolFixture() }

  @Test func anItemThatIsBusyElsewhereIsPutOffAndOthersGoOn() throws {
    let observer = RecordingObserver()
    let report = try fixture.pool(workers: 1).run(
      [fixture.item("busy", "busy-thrice", cost: 9), fixture.item("a"), fixture.item("b")],
      observer: observer)
    #expect(report.failures.isEmpty && !report.isInterrupted)
    let order = observer.events.compactMap { event -> String? in
      if case .finished(let label, _) = event { label } else { nil }
    }
    #expect(order == ["label of a", "label of b", "label of busy"])
    #expect(observer.snapshots.contains { $0.elsewhere == 1 })
    #expect(observer.snapshots.last?.elsewhere == 0)
  }

  @Test func aPoolThatOnlyWaitsCanBeStopped() throws {
    let (process, output) = try fixture.startPool(items: 1, epochs: 1, kind: "busy")
    #expect(fixture.wait(for: "item-0.tried"))
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationStatus == 75)
    _ = output.fileHandleForReading.readDataToEndOfFile()
  }

  @Test func memoryBeyondTheLimitTakesWorkersAwayButNotTheLast() throws {
    let observer = RecordingObserver()
    var pool = fixture.pool(workers: 3)
    pool.memoryLimit = 1
    let items = try (0..<3).map { try fixture.item("i\($0)", epochs: 30, milliseconds: 120) }
    let report = try pool.run(items, observer: observer)
    #expect(report.failures.isEmpty)
    for index in 0..<3 { #expect(fixture.trace("i\(index).epoch") == "30") }
    let numbers = observer.events.compactMap { event -> Int? in
      if case .reduced(let workers, _) = event { workers } else { nil }
    }
    #expect(numbers == [2, 1])
    #expect(observer.snapshots.last?.workers.count ?? 0 <= 1)
    let restarts = observer.events.filter { if case .restarted = $0 { true } else { false } }
    #expect(restarts.isEmpty)
  }

  @Test func aWorkerWithoutMemoryIsReplacedOnceByFewer() throws {
    let observer = RecordingObserver()
    let report = try fixture.pool(workers: 2).run(
      [
        fixture.item("once", "out-of-memory-once"), fixture.item("always", "out-of-memory"),
        fixture.item("other"),
      ], observer: observer)
    #expect(report.failures.map(\.id) == ["always"])
    #expect(report.failures.first?.failure.cause == .outOfMemory)
    #expect(fixture.trace("once.done") != nil && fixture.trace("other.done") != nil)
    let fewest = observer.events.compactMap { event -> Int? in
      if case .reduced(let workers, _) = event { workers } else { nil }
    }.min()
    #expect(fewest == 1)
  }

  @Test(arguments: [
    ("8G", 8 << 30), ("512m", 512 << 20), ("1.5 GB", 3 << 29), ("2GiB", 2 << 30), ("100", 100),
    ("1TB", 1 << 40),
  ]) func numbersOfBytesAreRead(text: String, bytes: Int) {
    #expect(ByteCount(text)?.bytes == bytes)
  }

  @Test(arguments: ["", "G", "-1G", "0", "1e3", "nan", "8 apples", "inf", "0.1"])
  func otherTextIsNoNumberOfBytes(text: String) { #expect(ByteCount(text) == nil) }

  @Test func numbersOfBytesAreWrittenWithThreeDigits() {
    #expect(ByteCount(3 << 29).description == "1.50 GB")
    #expect(ByteCount(100).description == "100 B")
    #expect(ByteCount(10_240).description == "10.0 KB")
    #expect(ByteCount(1023 << 10).description == "1.00 MB")
    #expect(ByteCount((1 << 30) + (1 << 24)).description == "1.02 GB")
  }

  @Test func fewerWorkersWinWhenTheyAreNearlyAsFast() {
    func best(_ rates: [(Int, Int, Double)]) -> Int? {
      WorkerMeasurement(
        processor: "p", cores: 4,
        rates: rates.map { .init(workers: $0.0, threads: $0.1, imagesPerSecond: $0.2) }
      ).bestWorkers
    }
    #expect(best([(1, 1, 100), (2, 1, 195), (4, 1, 198), (1, 4, 900)]) == 2)
    #expect(best([(1, 1, 100), (2, 1, 190), (4, 1, 300)]) == 4)
    #expect(best([(1, 4, 900)]) == nil)
  }
}
