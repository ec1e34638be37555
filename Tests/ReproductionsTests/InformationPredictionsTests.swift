import Foundation
import Plotting
import Reporting
import TestSupport
import Testing

@testable import EchoAlignPaper

/// Figure 5b: variances of predicted probabilities, in both readings.
@Suite struct InformationPredictionsTests {
  private typealias Prediction = PredictionStudy.Prediction

  private func prediction(
    _ seed: Int, _ probabilities: [Float], labels: [Int] = [0, 1]
  ) -> Prediction {
    Prediction(seed: seed, run: "run\(seed)", probabilities: probabilities, labels: labels)
  }

  @Test func probabilitiesOfOneRunByHand() {
    let one = prediction(1, [0.75, 0.25, 0.5, 0.5])
    #expect(one.largest == [0.75, 0.5] && one.ofTruth == [0.75, 0.5])
    // Of equal probabilities the first class is said.
    #expect(one.accuracy == 0.5)
    #expect(prediction(1, [0.25, 0.75, 0.25, 0.75]).accuracy == 0.5)
    #expect(prediction(1, [0.25, 0.75, 0.25, 0.75]).ofTruth == [0.25, 0.75])
    // Mean 0.625, deviations ± 0.125, divisor 1.
    expectClose(PredictionStudy.variance(one.largest), 2 * 0.125 * 0.125, relative: 1e-12)
    #expect(PredictionStudy.variance([0.3]) == 0)
  }

  @Test func varianceOverSeedsByHand() throws {
    let predictions = [
      prediction(1, [1, 0, 0.5, 0.5]), prediction(2, [0, 1, 0.5, 0.5]),
      prediction(4, [1, 0, 0.5, 0.5]),
    ]
    // Each class of the first image has the values 1, 0, 1: mean 2/3, squares 4/9 + 1/9 + 1/9, divisor 2.
    let images = PredictionStudy.seedVariances(predictions)
    expectClose(images, [2.0 / 3, 0], relative: 1e-12, absolute: 1e-15)
    let study = PredictionStudy(rows: [.init(id: "ce", name: "CE", predictions: predictions)])
    let quantity = try #require(study.quantities.first { $0.id == "variance/seeds/ce" })
    // The second seed's part is four times that of each other, and their mean is the variance.
    #expect(quantity.seeds == [1, 2, 4])
    expectClose(quantity.values, [1.0 / 6, 4.0 / 6, 1.0 / 6], relative: 1e-12)
    expectClose(try #require(quantity.summary).mean, 1.0 / 3, relative: 1e-12)
  }

  @Test func oneSeedHasNoVarianceOverSeeds() {
    let study = PredictionStudy(rows: [
      .init(id: "ce", name: "CE", predictions: [prediction(1, [1, 0, 0, 1])]),
      .init(id: "echoalign-b", name: "B", predictions: []),
    ])
    let ids = study.quantities.map(\.id)
    #expect(!ids.contains("variance/seeds/ce") && ids.contains("variance/seeds/echoalign-b"))
    #expect(study.figures.map(\.id) == ["predictive-probability"])
    #expect(PredictionStudy.seedVariances([prediction(1, [1, 0, 0, 1])]).isEmpty)
  }

  @Test func testsComparePairsOfEqualSeeds() throws {
    let labels = (0..<40).map { $0 % 2 }
    func spread(_ reach: Float, _ seed: Int) -> Prediction {
      let probabilities = labels.indices.flatMap { index -> [Float] in
        let p = 0.5 + reach * Float(index % 20) / 20
        return labels[index] == 0 ? [p, 1 - p] : [1 - p, p]
      }
      return prediction(seed, probabilities, labels: labels)
    }
    let study = PredictionStudy(rows: [
      .init(id: "ce", name: "CE", predictions: [spread(0.45, 1), spread(0.45, 2)]),
      .init(id: "echoalign-b", name: "B", predictions: [spread(0.05, 2), spread(0.05, 3)]),
    ])
    let tests = try #require(study.listings.first { $0.id == "variance-tests" })
    // Seed 3 has no partner.
    #expect(tests.rows.map { $0[1] } == ["2", "2"])
    #expect(try #require(Double(tests.rows[0][5])) < 1e-3)
    #expect(tests.rows[0][6] == "0.850")
    #expect(study.figures.map(\.id) == ["predictive-probability", "variance-over-seeds"])
  }

  @Test func networksThatAreNotThoseOfTheRecordsAreNamed() {
    var other = prediction(2, [1, 0, 0, 1])
    func notes(_ second: Prediction) -> String {
      PredictionStudy(rows: [
        .init(id: "ce", name: "CE", predictions: [prediction(1, [1, 0, 0, 1]), second])
      ]).notes.joined()
    }
    #expect(notes(other).contains("2 runs were trained once more and asked; all had"))
    other.matchesRecord = false
    #expect(notes(other).contains("these had other epochs than their records: run2."))
  }

  @Test func nothingMeasuredShowsNothing() {
    let study = PredictionStudy(rows: [.init(id: "ce", name: "CE", predictions: [])])
    #expect(study.figures.isEmpty && study.listings.isEmpty)
    #expect(study.quantities.allSatisfy { $0.values.isEmpty })
  }
}
