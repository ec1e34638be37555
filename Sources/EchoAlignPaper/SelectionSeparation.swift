import Foundation
import Statistics

/// How far the similarities of rightly labelled samples lie above those of wrongly labelled ones.
public struct SelectionSeparation: Hashable, Sendable {
  /// The number of rightly labelled samples.
  public let rightCount: Int
  /// The number of wrongly labelled samples.
  public let wrongCount: Int
  /// The mean similarity of rightly labelled samples.
  public let rightMean: Double
  /// The mean similarity of wrongly labelled samples.
  public let wrongMean: Double
  /// Cohen's d: the difference of the means by the pooled standard deviation; nil without spread.
  public let standardisedDifference: Double?
  /// The chance that a rightly labelled sample has the higher similarity, ties counting one half.
  public let areaUnderCurve: Double
  /// The statistic D of Kolmogorov and Smirnov, two-sided.
  public let distance: Double
  /// The similarity at which the distribution functions are D apart.
  public let location: Double
  /// The logarithm to base 10 of its p-value.
  ///
  /// Where the p-value is too small for a number, the leading term of the limit, 2 exp(-2 λ²) with λ² = D² n m / (n + m), which
  /// is larger than the exact one for distances this large.
  public let logarithmicP: Double

  /// The difference of the means.
  public var meanDifference: Double { rightMean - wrongMean }
  /// Cliff's delta, 2 AUC - 1.
  public var cliffsDelta: Double { 2 * areaUnderCurve - 1 }

  /// Compares two samples of similarities; nil when one is empty.
  public init?(right: [Double], wrong: [Double]) {
    guard let rights = Summary(right), let wrongs = Summary(wrong) else { return nil }
    rightCount = rights.n
    wrongCount = wrongs.n
    rightMean = rights.mean
    wrongMean = wrongs.mean
    let squares = [rights, wrongs].reduce(0.0) { sum, sample in
      let deviation = sample.standardDeviation ?? 0
      return sum + Double(sample.n - 1) * deviation * deviation
    }
    let freedom = Double(rights.n + wrongs.n - 2)
    standardisedDifference =
      squares > 0 ? (rights.mean - wrongs.mean) / (squares / freedom).squareRoot() : nil
    areaUnderCurve = Statistics.areaUnderCurve(positive: right, negative: wrong)
    let test = KolmogorovSmirnov(right, wrong)
    distance = test.statistic
    location = test.location
    let effective = Double(rights.n) * Double(wrongs.n) / Double(rights.n + wrongs.n)
    logarithmicP =
      test.pValue > 1e-300
      ? log10(test.pValue)
      : (log(2.0) - 2 * effective * distance * distance) / log(10.0)
  }

  /// The samples of one draw, split by whether the given label is right; nil when all are alike.
  public init?(_ samples: SelectionSamples) {
    let isRight = samples.isRight
    let values = samples.similarities
    self.init(
      right: values.indices.filter { isRight[$0] }.map { values[$0] },
      wrong: values.indices.filter { !isRight[$0] }.map { values[$0] })
  }

  /// The least distance D that is significant at a level with these numbers of samples, by the limit.
  public func leastDistance(atLevel level: Double) -> Double {
    let effective =
      Double(rightCount) * Double(wrongCount) / Double(rightCount + wrongCount)
    return (log(2 / level) / 2 / effective).squareRoot()
  }

  /// The separation among the samples of each given label that has both kinds, by label.
  public static func byGivenLabel(_ samples: SelectionSamples) -> [Int: SelectionSeparation] {
    let isRight = samples.isRight
    var parts: [Int: (right: [Double], wrong: [Double])] = [:]
    for (index, label) in samples.givenLabels.enumerated() {
      if isRight[index] {
        parts[label, default: ([], [])].right.append(samples.similarities[index])
      } else {
        parts[label, default: ([], [])].wrong.append(samples.similarities[index])
      }
    }
    return parts.compactMapValues { SelectionSeparation(right: $0.right, wrong: $0.wrong) }
  }
}
