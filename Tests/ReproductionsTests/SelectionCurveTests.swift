import TestSupport
import Testing

@testable import EchoAlignPaper

/// Selections and separations by scikit-learn, NumPy and SciPy; see Tests/Fixtures/scripts/selection.py.
struct SelectionFixture: Decodable {
  struct Kept: Decodable {
    var target: Double
    var kept: Int
  }
  struct Selection: Decodable {
    var scores: [Double]
    var right: [Bool]
    var kept: [Kept]
    var thresholds: [Double]
    var precision: [Double]
    var balance: [Double]
  }
  struct Separation: Decodable {
    var right: [Double]
    var wrong: [Double]
    var distance: Double
    var location: Double
    var p: Double
    var area: Double
    var standardised: Double
  }
  var selections: [Selection]
  var separations: [Separation]

  static func load() throws -> SelectionFixture { try Fixture.json("selection/selection.json") }
}

@Suite struct SelectionCurveTests {
  /// Scores 0.9 (right), 0.8 (right), 0.8 (wrong), 0.5 (right), 0.1 (wrong).
  private let curve = SelectionCurve(
    scores: [0.8, 0.1, 0.9, 0.5, 0.8], isRight: [true, false, true, true, false])

  @Test func pointsByHandKeepEqualScoresTogether() {
    #expect(curve.points.map(\.threshold) == [0.9, 0.8, 0.5, 0.1])
    #expect(curve.points.map(\.kept) == [1, 3, 4, 5])
    #expect(curve.points.map(\.right) == [1, 2, 3, 3])
    #expect(curve.rightCount == 3 && curve.poolCount == 5 && curve.smallestCount == 1)
  }

  @Test(arguments: [(1.0, 1), (0.76, 1), (0.75, 4), (0.61, 4), (0.6, 5), (0.0, 5)])
  func largestSelectionMayLieBehindALessAccurateOne(target: Double, kept: Int) {
    // Three samples are right by two thirds, but four by three quarters.
    #expect(curve.largest(accuracy: target)?.kept == kept)
  }

  @Test func anAccuracyOfTooFewSamplesIsNotReached() {
    // The first of 200 is right, the next 199 alternate from wrong on: 99 % is reached by one alone.
    let scores = (0..<200).map { -Double($0) }
    let curve = SelectionCurve(scores: scores, isRight: (0..<200).map { $0 % 2 == 0 })
    #expect(curve.smallestCount == 2)
    #expect(curve.largest(accuracy: 0.99) == nil)
    #expect(curve.largest(accuracy: 0.5)?.kept == 200)
  }

  @Test func placesOfCountsAndThresholds() {
    #expect(curve.point(keepingAtLeast: 1)?.kept == 1)
    #expect(curve.point(keepingAtLeast: 2)?.kept == 3)
    #expect(curve.point(keepingAtLeast: 5)?.threshold == 0.1)
    #expect(curve.point(keepingAtLeast: 6) == nil)
    #expect(curve.point(threshold: 0.95).kept == 0 && curve.point(threshold: 0.95).precision == 1)
    #expect(curve.point(threshold: 0.8).kept == 3 && curve.point(threshold: 0.79).right == 2)
    #expect(curve.point(threshold: -1).kept == 5)
  }

  @Test func nothingToChooseFromIsNoError() {
    let empty = SelectionCurve(scores: [], isRight: [], poolCount: 10)
    #expect(empty.largest(accuracy: 0) == nil && empty.point(keepingAtLeast: 0) == nil)
    #expect(empty.rightCount == 0 && empty.point(threshold: 0).kept == 0)
  }

  @Test func equalsScikitLearn() throws {
    for selection in try SelectionFixture.load().selections {
      let curve = SelectionCurve(scores: selection.scores, isRight: selection.right)
      for expected in selection.kept {
        #expect(
          curve.largest(accuracy: expected.target)?.kept ?? 0 == expected.kept,
          "\(selection.scores.count) samples at \(expected.target)")
      }
      expectClose(curve.points.map(\.precision).reversed(), selection.precision)
      expectClose(curve.points.map(\.threshold).reversed(), selection.thresholds)
    }
  }

  @Test func aHigherTargetNeverKeepsMore() throws {
    for selection in try SelectionFixture.load().selections {
      let curve = SelectionCurve(scores: selection.scores, isRight: selection.right)
      let counts = (0...100).map { curve.largest(accuracy: Double($0) / 100)?.kept ?? 0 }
      #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }
}

/// What counts as right, by hand: five samples of three classes.
@Suite struct SelectionReadingTests {
  private let samples = SelectionSamples(
    seed: 1, cleanLabels: [0, 1, 2, 0, 1], givenLabels: [0, 1, 0, 1, 1],
    similarities: [0.9, 0.8, 0.7, 0.2, 0.6],
    posterior: [
      0.7, 0.2, 0.1,  // 0: given and clean
      0.3, 0.3, 0.4,  // 2: neither given nor clean
      0.0, 0.1, 0.9,  // 2: clean, not given
      0.2, 0.6, 0.2,  // 1: given, not clean
      0.5, 0.5, 0.0,  // 0, the lower of equals: neither given nor clean
    ])

  @Test func predictionsTakeTheLowestOfEquals() {
    #expect(samples.predictions.map(\.label) == [0, 2, 2, 1, 0])
    #expect(samples.predictions.map { Float($0.confidence) } == [0.7, 0.4, 0.9, 0.6, 0.5])
    #expect(samples.isRight == [true, true, false, false, true])
  }

  @Test func readingsByHand() throws {
    func marks(_ reading: SelectionReading) throws -> [Int] {
      try #require(reading.curve(samples)).points.map(\.right)
    }
    // By similarity: samples 0, 1, 2, 4, 3.
    #expect(try marks(.echoSelect) == [1, 2, 2, 3, 3])
    // By max p: samples 2, 0, 3, 4, 1.
    #expect(try marks(.predicted) == [1, 2, 2, 2, 2])
    #expect(try marks(.given) == [0, 1, 1, 2, 3])
    // Samples 0 and 3 alone agree with their given label.
    let agreeing = try #require(SelectionReading.agreeing.curve(samples))
    #expect(agreeing.points.map(\.kept) == [1, 2] && agreeing.points.map(\.right) == [1, 1])
    #expect(agreeing.poolCount == 5)
  }

  @Test func aMissingRunHasNoCurve() {
    var samples = samples
    samples.posterior = []
    #expect(SelectionReading.rivals.allSatisfy { $0.curve(samples) == nil })
    #expect(SelectionReading.echoSelect.curve(samples) != nil)
    let comparison = SelectionComparison(column: "instance-30", samples: [samples])
    #expect(comparison.ratios(to: .predicted, at: 96).isEmpty)
    #expect(comparison.kept(.echoSelect, at: 60).map(\.count) == [5])
  }

  @Test func ratiosByHand() {
    let comparison = SelectionComparison(column: "instance-30", samples: [samples])
    // 80 %: EchoSelect keeps two, BLTM by its own notion two, by given labels none, which enters as one.
    #expect(comparison.kept(.echoSelect, at: 80).map(\.count) == [2])
    #expect(comparison.ratios(to: .predicted, at: 80).map(\.ratio) == [1])
    #expect(comparison.kept(.given, at: 80).map(\.count) == [0])
    #expect(comparison.ratios(to: .given, at: 80).map(\.ratio) == [2])
    #expect(comparison.kept(.agreeing, at: 80).map(\.percent) == [20])
    #expect(comparison.accuracy(.given, keeping: 0.2)?.mean == 0)
    #expect(comparison.accuracy(.agreeing, keeping: 0.6) == nil)
  }
}
