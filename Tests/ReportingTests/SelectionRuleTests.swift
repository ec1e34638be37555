import RunStore
import Testing

@testable import Reporting

@Suite struct SelectionRuleTests {
  private func record(_ tests: [Double], validation: [Double]) throws -> RunRecord {
    try Samples.record(
      "rule",
      epochs: zip(tests, validation).enumerated().map {
        Samples.epoch($0.offset + 1, test: $0.element.0, validation: $0.element.1)
      })
  }

  @Test func fourRulesReadOneRecord() throws {
    let record = try record([0.5, 0.9, 0.7, 0.6], validation: [0.2, 0.3, 0.4, 0.4])
    #expect(SelectionRule.lastEpoch.select(from: record) == .init(value: 0.6, epochs: [4]))
    #expect(SelectionRule.bestOnTest.select(from: record) == .init(value: 0.9, epochs: [2]))
    #expect(
      SelectionRule.bestOnNoisyValidation.select(from: record) == .init(value: 0.7, epochs: [3]),
      "the earliest of two equal validation accuracies")
    let mean = try #require(SelectionRule.meanOfLastTen.select(from: record))
    #expect(abs(mean.value - 0.675) < 1e-12)
    #expect(mean.epochs == [1, 2, 3, 4])
  }

  @Test func meanOfLastTenTakesTen() throws {
    let tests = (1...15).map { Double($0) / 100 }
    let selection = SelectionRule.meanOfLastTen.select(
      from: try record(tests, validation: tests))
    #expect(selection?.epochs == Array(6...15))
    #expect(abs((selection?.value ?? 0) - 0.105) < 1e-12)
  }

  @Test func preparingStagesAreNoCandidates() throws {
    var record = try record([0.9, 0.8, 0.4, 0.5], validation: [0.9, 0.8, 0.3, 0.2])
    record.epochs[0].isPreparation = true
    record.epochs[1].isPreparation = true
    #expect(SelectionRule.bestOnTest.select(from: record) == .init(value: 0.5, epochs: [4]))
    #expect(
      SelectionRule.bestOnNoisyValidation.select(from: record) == .init(value: 0.4, epochs: [3]))
    #expect(SelectionRule.meanOfLastTen.select(from: record)?.epochs == [3, 4])
    record.epochs = Array(record.epochs.prefix(2))
    for rule in SelectionRule.allCases { #expect(rule.select(from: record) == nil) }
  }

  @Test func onlyTheOracleLooksAtTestLabels() {
    #expect(SelectionRule.allCases.filter(\.usesTestLabels) == [.bestOnTest])
    #expect(SelectionRule.bestOnTest.markedName.hasSuffix("†"))
  }

  @Test func testValuesNeverMoveTheOthersChoice() throws {
    let validation = [0.1, 0.5, 0.3]
    let first = try record([0.1, 0.2, 0.3], validation: validation)
    let second = try record([0.9, 0.1, 0.0], validation: validation)
    for rule in SelectionRule.allCases where !rule.usesTestLabels {
      #expect(rule.select(from: first)?.epochs == rule.select(from: second)?.epochs)
    }
  }

  @Test func nothingToSelectGivesNil() throws {
    #expect(SelectionRule.lastEpoch.select(from: try record([], validation: [])) == nil)
    #expect(
      SelectionRule.lastEpoch.select(from: try record([.nan], validation: [0.1])) == nil)
    #expect(
      SelectionRule.bestOnNoisyValidation.select(from: try record([0.5], validation: [.nan]))
        == nil)
  }
}
