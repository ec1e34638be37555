import Foundation
import Plotting
import Reporting
import TestSupport
import Testing

@testable import EchoAlignPaper
@testable import Experiments

/// Figure 5a: what becomes of estimates of mutual information.
@Suite struct InformationStudyTests {
  /// Estimates whose numbers are told apart by their digits; those of the second estimator may be missing.
  private func estimates(_ base: Double, lacksProbe: Bool = false) -> InformationEstimates {
    func pair(_ name: String, _ offset: Double) -> InformationEstimates.Pair {
      if lacksProbe && name == "probe" {
        return .init(estimator: name, problem: "label 3 has 1 row")
      }
      return .init(
        estimator: name, original: .init(nats: base + offset, standardError: 0.01),
        modified: .init(nats: base + offset + 0.5))
    }
    return InformationEstimates(
      pairs: [pair("ross", 0.1), pair("probe", 0.2), pair("plug-in", 0.3)],
      cleanPairs: [pair("ross", 1.1), pair("probe", 1.2), pair("plug-in", 1.3)],
      shift: .init(nats: 0.2), shiftControl: .init(nats: -0.01), entropyNats: 2.3,
      ceilingNats: log(10), count: 100, components: 16)
  }

  @Test func quantitiesHaveEverySeedThatWasEstimated() throws {
    let study = InformationStudy([(1, estimates(0)), (3, estimates(0.05, lacksProbe: true))])
    let quantities = study.quantities
    #expect(quantities.count == 13)
    func found(_ id: String) throws -> Quantity {
      try #require(quantities.first { $0.id == id })
    }
    let ross = try found("information/modified/ross")
    expectClose(ross.values, [0.6, 0.65], relative: 1e-12)
    #expect(ross.seeds == [1, 3] && ross.unit == "nats")
    let probe = try found("clean-information/original/probe")
    expectClose(probe.values, [1.2], relative: 1e-12)
    #expect(probe.seeds == [1])
    #expect(try found("label-entropy").values == [2.3, 2.3])
    #expect(study.notes.contains { $0.contains("probe, seed 3: label 3 has 1 row") })
    // Each estimator's modified value is 0.5 above its original one, with either kind of labels.
    #expect(
      study.notes.contains {
        $0.contains("+0.50 nats about the noisy labels and +0.50 nats about the clean labels")
      })
  }

  @Test func barsAreMeansAndTheCeilingIsDrawn() throws {
    let study = InformationStudy([(1, estimates(0)), (2, estimates(0.1))])
    let figure = try #require(study.figure)
    let table = figure.figure.chart.table
    let bars = table.rows.filter { $0.contains(.text("modified-images")) }
    #expect(bars.count == 6)
    let value = try #require(table.columns.firstIndex(of: "value"))
    #expect(table.rows.contains { $0[value] == .number(log(10)) })
    guard case .number(let mean) = bars[0][value] else {
      Issue.record("no number in \(bars[0])")
      return
    }
    expectClose(mean, 0.65, relative: 1e-12)
    #expect(try #require(study.listing).rows.count == 6)
    #expect(
      try #require(study.listing).rows[0] == [
        "k-NN (Ross)", "1", "0.100 ± 0.010", "0.600", "1.100 ± 0.010", "1.600",
      ])
  }

  @Test func nothingMeasuredShowsNothingAndSaysSo() {
    let study = InformationStudy([])
    #expect(study.figure == nil && study.listing == nil)
    #expect(study.quantities.allSatisfy { $0.values.isEmpty })
    #expect(study.notes.contains { $0.contains("was not measured") })
  }
}
