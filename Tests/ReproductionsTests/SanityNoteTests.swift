import Reporting
import RunStore
import Testing

@testable import EchoAlignPaper

/// The note that says which methods stay above plain training, and which do not.
@Suite struct SanityNoteTests {
  private static let provenance = Provenance(
    commit: "c", dirty: false, versions: [:], device: "cpu", hardware: "h", threads: 1,
    platform: "p", started: "s", finished: "f", seconds: 1, resumed: 0, digests: [:])

  /// Two epochs a run, of which the first is the better one: only the last counts.
  private func results(_ lastAccuracies: [String: [Double]]) -> ResultSet {
    func epoch(_ number: Int, _ accuracy: Double) -> EpochRecord {
      EpochRecord(
        epoch: number, stage: "train", learningRate: 0.1, trainLoss: 1, trainAccuracy: 0.5,
        memorisedShare: nil, validationLoss: 1, validationAccuracy: 0.5, testLoss: 1,
        testAccuracy: accuracy, scalars: [:])
    }
    var runs: [PlannedRun] = []
    for (row, values) in lastAccuracies {
      for (index, value) in values.enumerated() {
        let record = RunRecord(
          key: "\(row)-\(index)", specification: .null, outcome: .done,
          epochs: [epoch(1, 0.99), epoch(2, value)], scalars: [:], noise: .null,
          provenance: Self.provenance)
        runs.append(
          PlannedRun(
            address: .init(row: row, column: "symmetric-50"), seed: index + 1, key: record.key,
            outcome: .recorded(record)))
      }
    }
    return ResultSet(
      rows: ["ce", "good", "mixed", "none", "control"].map {
        MethodRow(id: $0, name: $0.uppercased(), isControl: $0 == "control")
      }, columns: [.init(id: "symmetric-50", name: "Symmetric 50 %")], seeds: [1, 2], runs: runs)
  }

  @Test func marginsAreReadAfterTheLastEpochOnEverySeed() throws {
    let notes = EchoAlignNotes.sanity(
      results([
        "ce": [0.50, 0.60], "good": [0.70, 0.64], "mixed": [0.90, 0.61], "control": [0.9, 0.9],
      ]), column: "symmetric-50")
    let note = try #require(notes.first)
    #expect(notes.count == 1 && note.contains("CE's last epoch (55.0 %)"))
    #expect(note.contains("clearly above it on every seed are GOOD (+12.0, least +4.0)"))
    #expect(note.contains("NOT clearly above it: MIXED (+20.5, least +1.0), NONE (no number)."))
    #expect(!note.contains("CONTROL"))
  }

  @Test func nothingIsSaidWithoutTheBaseline() {
    #expect(EchoAlignNotes.sanity(results(["good": [0.9]]), column: "symmetric-50").isEmpty)
    #expect(EchoAlignNotes.sanity(results(["ce": [0.9]]), column: "pairflip-45").isEmpty)
  }
}
