import Foundation
import Reporting
import Statistics

/// The selections of one column under every reading, seed by seed.
public struct SelectionComparison: Sendable {
  /// The samples that a seed's selection keeps at a selection accuracy.
  public struct Kept: Hashable, Sendable {
    /// The seed.
    public var seed: Int
    /// The point of the curve; nil where the accuracy is not reached by enough samples.
    public var point: SelectionCurve.Point?
    /// The number of samples to choose from.
    public var poolCount: Int
    /// The least number of samples that counts; see ``SelectionCurve/smallestCount``.
    public var smallestCount: Int

    /// The number of samples kept; 0 where the accuracy is not reached.
    public var count: Int { point?.kept ?? 0 }
    /// The share of the pool in percent.
    public var percent: Double { 100 * Double(count) / Double(max(1, poolCount)) }
  }

  /// The identifier of the column.
  public let column: String
  /// The curves by reading, in order of seeds.
  public let curves: [SelectionReading: [(seed: Int, curve: SelectionCurve)]]

  /// Compares the selections of a column; readings of a run that is missing have no curve.
  public init(column: String, samples: [SelectionSamples]) {
    self.column = column
    curves = Dictionary(
      uniqueKeysWithValues: SelectionReading.allCases.map { reading in
        (reading, samples.compactMap { draw in reading.curve(draw).map { (draw.seed, $0) } })
      })
  }

  /// What is kept at a selection accuracy in percent, seed by seed.
  public func kept(_ reading: SelectionReading, at percent: Int) -> [Kept] {
    (curves[reading] ?? []).map { seed, curve in
      Kept(
        seed: seed, point: curve.largest(accuracy: Double(percent) / 100),
        poolCount: curve.poolCount, smallestCount: curve.smallestCount)
    }
  }

  /// The number that EchoSelect keeps by the number that a rival keeps, on the seeds that have both.
  ///
  /// A count below 1 % of the pool enters as 1 %, so that the ratio is finite, and 1 where neither is reached.
  public func ratios(to rival: SelectionReading, at percent: Int) -> [(seed: Int, ratio: Double)] {
    let theirs = Dictionary(
      uniqueKeysWithValues: kept(rival, at: percent).map { ($0.seed, $0) })
    return kept(.echoSelect, at: percent).compactMap { ours in
      theirs[ours.seed].map { their in
        let (top, bottom) = (
          max(ours.count, ours.smallestCount), max(their.count, their.smallestCount)
        )
        return (ours.seed, Double(top) / Double(bottom))
      }
    }
  }

  /// The mean selection accuracy with its deviation over seeds where a share of the pool is kept.
  ///
  /// - Returns: The numbers as fractions; nil where a seed has not as many samples, or there is no seed.
  public func accuracy(
    _ reading: SelectionReading, keeping share: Double
  ) -> Summary? {
    let all = curves[reading] ?? []
    let values = all.compactMap { _, curve in
      curve.point(keepingAtLeast: max(1, Int((share * Double(curve.poolCount)).rounded())))?
        .precision
    }
    return values.count == all.count ? Summary(values) : nil
  }
}

/// How means over seeds are spelt in plain tables.
enum SelectionText {
  /// Mean ± standard deviation with a fixed number of decimals; a dash without a number.
  static func mean(_ values: [Double], decimals: Int) -> String {
    guard let summary = Summary(values) else { return "–" }
    let text = PrintedNumber.fixed(summary.mean, decimals: decimals)
    guard let deviation = summary.standardDeviation else { return text }
    return "\(text) ± \(PrintedNumber.fixed(deviation, decimals: decimals))"
  }
}
