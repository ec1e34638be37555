import Foundation
import TestSupport
import Testing

@testable import EchoAlignPaper

@Suite struct SelectionSeparationTests {
  @Test func separationByHand() throws {
    let one = try #require(SelectionSeparation(right: [1, 2, 3], wrong: [0, 1, 2]))
    #expect(one.rightMean == 2 && one.wrongMean == 1 && one.meanDifference == 1)
    // Both deviations are 1, hence d = 1; of nine pairs six are ordered and two are ties.
    expectClose(try #require(one.standardisedDifference), 1)
    expectClose(one.areaUnderCurve, 7.0 / 9)
    expectClose(one.cliffsDelta, 5.0 / 9)
    expectClose(one.distance, 1.0 / 3)
    // D = sqrt(ln(2 / 0.001) / 2 · 6 / 9).
    expectClose(one.leastDistance(atLevel: 0.001), 1.5917, relative: 1e-4)
    #expect(SelectionSeparation(right: [], wrong: [1]) == nil)
    #expect(SelectionSeparation(right: [1, 1], wrong: [1])?.standardisedDifference == nil)
  }

  @Test func equalsSciPyAndScikitLearn() throws {
    for expected in try SelectionFixture.load().separations {
      let one = try #require(SelectionSeparation(right: expected.right, wrong: expected.wrong))
      expectClose(one.distance, expected.distance)
      expectClose(one.areaUnderCurve, expected.area)
      expectClose(try #require(one.standardisedDifference), expected.standardised)
      expectClose(one.location, expected.location)
      expectClose(one.logarithmicP, log10(expected.p), relative: 1e-8)
    }
  }

  @Test func thePValueOfManySamplesHasAFiniteLogarithm() throws {
    let right = (0..<3000).map { Double($0) }
    let wrong = (0..<2000).map { -1 - Double($0) }
    let one = try #require(SelectionSeparation(right: right, wrong: wrong))
    #expect(one.distance == 1 && one.areaUnderCurve == 1)
    // ln p = ln 2 - 2 · 1200.
    expectClose(one.logarithmicP, (log(2) - 2400) / log(10))
  }

  @Test func classesAreSplitByTheGivenLabel() throws {
    let samples = SelectionSamples(
      seed: 1, cleanLabels: [0, 1, 1, 1], givenLabels: [0, 0, 1, 1],
      similarities: [0.9, 0.1, 0.8, 0.7])
    let parts = SelectionSeparation.byGivenLabel(samples)
    #expect(Array(parts.keys) == [0] && parts[0]?.meanDifference == 0.8)
    #expect(SelectionSeparation(samples)?.wrongCount == 1)
  }

  @Test func theBandLiesBetweenBothNumbers() throws {
    // BLTM is right about two of ten by its own notion, EchoSelect about the first five.
    let clean = Array(repeating: 0, count: 10)
    let samples = SelectionSamples(
      seed: 1, cleanLabels: clean, givenLabels: (0..<10).map { $0 < 5 ? 0 : 1 },
      similarities: (0..<10).map { 1 - Double($0) / 10 },
      posterior: (0..<10).flatMap { index -> [Float] in
        index < 2 ? [0.99, 0.01] : [0.2, 0.8]
      })
    let draw = try #require(SelectionSimilarities(setting: "x", samples: [samples]).draws.first)
    #expect(draw.theirs?.count == 2 && draw.ours?.count == 5)
    expectClose(try #require(draw.line), 0.9)
    expectClose(try #require(draw.ours?.point?.threshold), 0.6)
    let content = SelectionSimilarities(setting: "x", samples: [samples]).content
    #expect(content.quantities.allSatisfy { $0.values.count == 1 })
    #expect(content.figures.map(\.id) == ["similarities"])
  }

  @Test func aDrawWithoutAWrongLabelHasNoNumber() {
    let samples = SelectionSamples(
      seed: 1, cleanLabels: [0, 1], givenLabels: [0, 1], similarities: [0.1, 0.2])
    let content = SelectionSimilarities(setting: "x", samples: [samples]).content
    #expect(content.quantities.allSatisfy { $0.values.isEmpty })
    #expect(content.notes.contains { $0.contains("nothing to compare") })
  }
}

@Suite struct SelectionSweepTests {
  /// Right at 0.9, 0.7, 0.5; wrong at 0.6, 0.2.
  private let curve = SelectionCurve(
    scores: [0.9, 0.7, 0.6, 0.5, 0.2], isRight: [true, true, false, true, false])

  @Test func sweepByHand() throws {
    let sweep = SelectionSweep(
      seed: 1, curve: curve, thresholds: [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(sweep.steps.map(\.share) == [1, 1, 0.8, 0.6, 0.2, 0])
    #expect(sweep.steps.map(\.accuracy) == [0.6, 0.6, 0.75, 2.0 / 3, 1, nil])
    // At 0.4 accuracy is 3/4 and recall 1.
    let best = try #require(sweep.best)
    #expect(best.threshold == 0.4)
    expectClose(best.balance, 6.0 / 7)
    #expect(sweep.equilibrium == 0.4...0.4)
    expectClose(try #require(sweep.peak), 6.0 / 7 - 0.75)
    expectClose(sweep.largestFall, 0.75 - 2.0 / 3)
    expectClose(sweep.largestLoss(over: 0.2), 0.4)
    expectClose(sweep.largestLoss(over: 0.4), 0.6)
  }

  @Test func balanceEqualsScikitLearn() throws {
    for selection in try SelectionFixture.load().selections {
      let sweep = SelectionSweep(
        seed: 1, curve: SelectionCurve(scores: selection.scores, isRight: selection.right),
        thresholds: selection.thresholds)
      expectClose(sweep.steps.map(\.balance), selection.balance, absolute: 1e-9)
    }
  }

  @Test func theRegionHoldsTheBestAndNothingWorseByAPoint() throws {
    for selection in try SelectionFixture.load().selections {
      let sweep = SelectionSweep(
        seed: 1, curve: SelectionCurve(scores: selection.scores, isRight: selection.right),
        thresholds: (-100...100).map { Double($0) / 100 })
      let (best, region) = (try #require(sweep.best), try #require(sweep.equilibrium))
      #expect(region.contains(best.threshold))
      for step in sweep.steps where region.contains(step.threshold) {
        #expect(step.balance >= best.balance - 0.01)
      }
    }
  }

  @Test func anEmptyGridHasNoBest() {
    let sweep = SelectionSweep(seed: 1, curve: curve, thresholds: [])
    #expect(sweep.best == nil && sweep.equilibrium == nil && sweep.peak == nil)
    #expect(sweep.largestFall == 0 && sweep.largestLoss(over: 0.1) == 0)
  }

  @Test func theLowestOfEqualAccuraciesIsBest() {
    #expect(SelectionThresholds.bestThreshold([0.5, 0.7, 0.7, 0.6, 0.1, 0.2, 0.3, 0.4, 0]) == 0)
  }
}
