import Foundation
import RunStore
import Testing

@testable import RunExport

@Suite struct RunComparisonTests {
  private let first = TemporaryStore()
  private let second = TemporaryStore()

  @Test func runsAreToldApart() throws {
    let same = try first.finish(Sample.specification())
    try second.finish(Sample.specification())
    let one = try first.finish(Sample.specification(seed: 4))
    let other = try second.finish(Sample.specification(seed: 5))
    try first.interrupt(Sample.specification(seed: 6))
    let changed = try first.finish(Sample.specification(seed: 7))
    try second.finish(
      Sample.specification(seed: 7), epochs: [Sample.epoch(1), Sample.epoch(2, loss: 3)])
    let comparison = try RunComparison(of: first.store, with: second.store)
    #expect(comparison.equal == [same] && comparison.onlyFirst == [one])
    #expect(comparison.onlySecond == [other] && comparison.different.map(\.key) == [changed])
    #expect(
      comparison.different[0].reason
        == "epoch 2 train loss 1.728604997907366 and epoch 2 train loss 3.0")
    #expect(
      comparison.lines.last == "1 equal, 1 different, 1 only in the first, 1 only in the second")
  }

  @Test func everythingMeasuredCounts() throws {
    let specification = try Sample.specification()
    let record = try Sample.record(specification)
    var other = record
    other.provenance.seconds = 1
    other.provenance.resumed = 0
    #expect(RunComparison.difference(record, other) == nil)
    other.epochs[1].scalars["kept, \"mean\""] = 13
    #expect(RunComparison.difference(record, other)?.contains("13") == true)
    other = record
    other.epochs.removeLast()
    #expect(RunComparison.difference(record, other) != nil)
    other = record
    other.scalars["selected"] = 1
    #expect(RunComparison.difference(record, other)?.contains("selected") == true)
    other = record
    other.outcome = .failed(Sample.failure)
    #expect(RunComparison.difference(record, other) == "done and failed")
    other = record
    other.noise = .object(["digest": .string("c353")])
    #expect(RunComparison.difference(record, other) != nil)
    other = record
    other.epochs[0].trainLoss = .nan
    #expect(RunComparison.difference(other, other) == nil)
    #expect(RunComparison.difference(record, other) != nil)
  }

  @Test func damagedRecordThrows() throws {
    let key = try first.finish(Sample.specification())
    try second.finish(Sample.specification())
    try second.damage(key)
    #expect(throws: StoreError.self) {
      try RunComparison(of: first.store, with: second.store)
    }
  }
}
