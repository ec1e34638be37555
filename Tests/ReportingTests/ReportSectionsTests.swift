import RunStore
import TestSupport
import Testing

@testable import Reporting

@Suite struct ReportSectionsTests {
  @Test func lensShowsWhatTheRuleIsWorth() throws {
    let lens = ProtocolLens(results: try Samples.frozen(), isComparable: false)
    let entry = try #require(
      lens.entries.first { $0.row.id == "ce" && $0.column.id == "symmetric-50" })
    #expect(entry.gain(.lastEpoch) == 0)
    #expect(try #require(entry.gain(.bestOnTest)) > 0.05)
    #expect(lens.findings.count == 3)
    #expect(lens.winner(column: "symmetric-50", rule: .lastEpoch)?.id == "echoalign-b")
  }

  @Test func lensNamesTheRuleThatClosesTheGap() throws {
    let record = try Samples.record(
      "gap",
      epochs: [
        Samples.epoch(1, test: 0.77, validation: 0.1),
        Samples.epoch(2, test: 0.67, validation: 0.9),
      ])
    let address = CellAddress(row: "ce", column: "worst")
    let results = ResultSet(
      rows: [MethodRow(id: "ce", name: "CE")], columns: [NoiseColumn(id: "worst", name: "Worst")],
      seeds: [1],
      runs: [PlannedRun(address: address, seed: 1, key: record.key, outcome: .recorded(record))])
    let published = PublishedValue(
      table: "2", dataset: "CIFAR-10N", condition: "worst", method: "CE",
      metric: "test_accuracy_percent", printed: 76.57, printedSpread: nil, value: 0.7657,
      spread: nil)
    let lens = ProtocolLens(results: results, published: [address: published], isComparable: true)
    #expect(lens.entries.first?.closestToPublished == .bestOnTest)
    #expect(lens.findings.contains { $0.contains("best on test in 1") })
  }

  @Test func auditReadsTheRecords() throws {
    let audit = NoiseAuditSection(results: try Samples.frozen())
    let setting = try #require(audit.settings.first { $0.column.id == "symmetric-50" })
    #expect(setting.draws.map(\.seed) == [1, 2, 3])
    let matrix = setting.meanMatrix
    for row in matrix { expectClose(row.reduce(0, +), 1) }
    expectClose(matrix[0][0], 0.5, relative: 0.2)
  }

  @Test func auditTellsWhatItCannotRead() throws {
    let results = try Samples.results(["a": ["x": [0.5]]])
    let audit = NoiseAuditSection(results: results)
    #expect(audit.settings.first?.draws.isEmpty == true)
    #expect(audit.settings.first?.warnings.first?.contains("No audit") == true)
  }

  @Test func regimeIsReadFromTheRuns() throws {
    let results = try Samples.frozen()
    let memorising = RegimeNote(results: results, row: "ce", column: "symmetric-50")
    #expect(memorising.isMemorising == true)
    #expect(memorising.text.hasPrefix("Memorising regime"))
    let calm = RegimeNote(results: results, row: "echoalign-b", column: "symmetric-30")
    #expect(calm.isMemorising == false)
    #expect(RegimeNote(results: results, row: "none", column: "none").isMemorising == nil)
  }

  @Test func numbersAreSpeltForReaders() {
    #expect(PrintedNumber.percent(0.85312) == "85.31")
    #expect(PrintedNumber.points(0.0123) == "+1.23")
    #expect(PrintedNumber.points(-0.0123) == "−1.23")
    #expect(PrintedNumber.points(-0.000001) == "0.00")
    #expect(PrintedNumber.probability(0.00001) == "< 0.0001")
    #expect(PrintedNumber.list(["a", "b", "c"]) == "a, b and c")
  }

  @Test func learningCurvesHaveARowForEachNoise() throws {
    let figure = try #require(ReportFigure.learningCurves(try Samples.frozen()))
    #expect(figure.figure.chart.table.rows.count > 5 * 3 * 6 * 19)
    #expect(ReportFigure.learningCurves(try Samples.results([:])) == nil)
  }
}
