import Foundation
import Plotting
import Reporting
import RunStore
import TestSupport
import Testing

@testable import EchoAlignPaper

/// Figure 6: what is read from records.
@Suite struct LossesStudyTests {
  private static let provenance = Provenance(
    commit: "c", dirty: false, versions: [:], device: "cpu", hardware: "h", threads: 1,
    platform: "p", started: "s", finished: "f", seconds: 1, resumed: 0, digests: [:])

  private func epoch(
    _ number: Int, _ stage: String, loss: Double, isPreparation: Bool? = nil
  ) -> EpochRecord {
    EpochRecord(
      epoch: number, stage: stage, isPreparation: isPreparation, learningRate: 0.1,
      trainLoss: loss, trainAccuracy: 0.75, memorisedShare: nil, validationLoss: 1,
      validationAccuracy: 0.5, testLoss: loss + 1, testAccuracy: 0.5, scalars: [:])
  }

  /// Warm-up, two epochs of training and one of fine-tuning, the losses growing with the seed.
  private func record(_ seed: Int, row: String) -> RunRecord {
    let base = Double(seed)
    return RunRecord(
      key: "\(row)-\(seed)", specification: .null, outcome: .done,
      epochs: [
        epoch(1, "warm-up", loss: 9, isPreparation: true), epoch(2, "train", loss: base),
        epoch(3, "train", loss: base / 2), epoch(4, "fine-tune", loss: 7),
      ], scalars: [:], noise: .null, provenance: Self.provenance)
  }

  private var results: ResultSet {
    let runs = [1, 2].map { seed in
      PlannedRun(
        address: .init(row: "echoalign-b", column: "symmetric-50"), seed: seed,
        key: "key-\(seed)", outcome: .recorded(record(seed, row: "echoalign-b")))
    }
    return ResultSet(
      rows: [.init(id: "ce", name: "CE"), .init(id: "echoalign-b", name: "EchoAlign B")],
      columns: [.init(id: "symmetric-50", name: "Symmetric 50 %")], seeds: [1, 2],
      runs: runs + [
        PlannedRun(
          address: .init(row: "ce", column: "symmetric-50"), seed: 1, key: "ce-1",
          outcome: .notRun)
      ])
  }

  @Test func lastEpochIsThatOfTheTrainingStage() throws {
    let quantities = LossStudy(results).quantities
    #expect(quantities.count == 8)
    func found(_ id: String) throws -> Quantity {
      try #require(quantities.first { $0.id == id })
    }
    let train = try found("train-loss/echoalign-b/symmetric-50")
    #expect(train.values == [0.5, 1] && train.seeds == [1, 2] && train.unit == "nats")
    #expect(try found("test-loss/echoalign-b/symmetric-50").values == [1.5, 2])
    #expect(try found("train-error/echoalign-b/symmetric-50").values == [0.25, 0.25])
    #expect(try found("test-error/echoalign-b/symmetric-50").values == [0.5, 0.5])
    #expect(try found("test-loss/ce/symmetric-50").values.isEmpty)
  }

  @Test func preparationIsNotPlotted() throws {
    let chart = try #require(LossStudy(results).figure).figure.chart
    let table = chart.table
    let x = try #require(table.columns.firstIndex(of: "x"))
    let y = try #require(table.columns.firstIndex(of: "y"))
    let event = try #require(table.columns.firstIndex(of: "event"))
    let name = try #require(table.columns.firstIndex(of: "name"))
    let training = table.rows.filter { $0[name] == .text("EchoAlign B, training") }
    #expect(training.map { $0[x] } == [.number(1), .number(2), .number(3)])
    // Means over both seeds.
    #expect(training.map { $0[y] } == [.number(1.5), .number(0.75), .number(7)])
    let events = table.rows.filter { $0[event] == .text("fine-tune") }
    #expect(events.map { $0[x] } == [.number(2.5)])
    // The listing has a line a finished run.
    #expect(try #require(LossStudy(results).listing).rows.map { $0[2] } == ["1", "2"])
  }

  @Test func curvesOfUnequalLengthAreAveragedWhereTheyAre() {
    var short = record(1, row: "ce")
    short.epochs.removeLast()
    let samples = LossStudy.samples([short, record(2, row: "ce")]) { $0.trainLoss }
    #expect(samples.map(\.y) == [1.5, 0.75, 7])
    #expect(samples[2].band == nil && samples[0].band != nil)
    #expect(LossStudy.samples([]) { $0.trainLoss }.isEmpty)
  }

  @Test func nothingFinishedShowsNothing() {
    let study = LossStudy(.empty)
    #expect(study.figure == nil && study.listing == nil && study.quantities.isEmpty)
  }
}
