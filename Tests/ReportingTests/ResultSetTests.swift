import RunStore
import TestSupport
import Testing

@testable import Reporting

@Suite struct ResultSetTests {
  private let ce = CellAddress(row: "ce", column: "symmetric-50")

  @Test func aggregatesOverSeeds() throws {
    let results = try Samples.results(["a": ["x": [0.70, 0.72, 0.77]]])
    let measurement = results.measurement(
      at: CellAddress(row: "a", column: "x"), rule: .lastEpoch)
    expectClose(measurement.summary?.mean ?? 0, 0.73)
    expectClose(measurement.summary?.standardDeviation ?? 0, 0.0013.squareRoot())
    // t(0.975, 2) = 4.302652729911275.
    expectClose(
      measurement.interval?.upperBound ?? 0, 0.73 + 4.302652729911275 * (0.0013 / 3).squareRoot())
    #expect(measurement.isComplete)
    #expect(measurement.shortIDs.allSatisfy { $0.count == 10 })
  }

  @Test func partialCellsShowTheirCount() throws {
    let failure = RunRecord.Failure(cause: .nonFinite, message: "loss is NaN in epoch 3")
    let record = try Samples.record("bad", epochs: [], outcome: .failed(failure))
    let results = try Samples.frozen(replacing: ["ce symmetric-50 2": .recorded(record)])
    let measurement = results.measurement(at: ce, rule: .lastEpoch)
    #expect(measurement.values.map(\.seed) == [1, 3])
    #expect(measurement.missing.map(\.seed) == [2])
    let text = CellText(.init(measurement: measurement, published: nil))
    #expect(text.remark == "n = 2 of 3, 1 diverged")
    #expect(results.missingCount(rule: .lastEpoch) == 1)
  }

  @Test func emptyCellsShowADashAndTheReason() throws {
    let failure = RunRecord.Failure(cause: .outOfMemory, message: "no memory")
    let failed = try Samples.record("bad", epochs: [], outcome: .failed(failure))
    let outcomes: [(PlannedRun.Outcome, String)] = [
      (.notRun, "not run"), (.started, "not finished"),
      (.recorded(failed), "failed: out-of-memory"),
      (.damaged(message: "digest"), "record damaged"),
    ]
    for (outcome, label) in outcomes {
      let places = Samples.seeds.map { ("ce symmetric-50 \($0)", outcome) }
      let results = try Samples.frozen(replacing: Dictionary(uniqueKeysWithValues: places))
      let measurement = results.measurement(at: ce, rule: .lastEpoch)
      #expect(measurement.summary == nil)
      let text = CellText(.init(measurement: measurement, published: nil))
      #expect(text.measured == "–")
      #expect(text.remark == label)
    }
  }

  @Test func exclusionsTellTheirReason() {
    let address = CellAddress(row: "a", column: "x")
    let results = ResultSet(
      rows: [MethodRow(id: "a", name: "A")], columns: [NoiseColumn(id: "x", name: "X")],
      seeds: [1], runs: [], exclusions: [address: .notApplicable(reason: "no noise rate known")])
    let measurement = results.measurement(at: address, rule: .lastEpoch)
    #expect(measurement.emptiness?.explanation == "not applicable: no noise rate known")
  }

  @Test func recordsAreSortedAndUnique() throws {
    let records = try Samples.frozen().records
    #expect(records.count == 90)
    #expect(records.map(\.key) == records.map(\.key).sorted())
  }
}
