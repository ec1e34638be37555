import Foundation

/// EchoSelect's selection at every threshold of a grid: how many samples it keeps, and how many of them are right.
public struct SelectionSweep: Hashable, Sendable {
  /// The selection at one threshold.
  public struct Step: Hashable, Sendable {
    /// The threshold τ.
    public var threshold: Double
    /// The share of the samples kept, in 0...1.
    public var share: Double
    /// The share of right samples among those kept, in 0...1; nil where fewer than 1 % of the samples are kept.
    public var accuracy: Double?
    /// The harmonic mean of ``accuracy`` and of the share of all right samples that are kept, in 0...1.
    public var balance: Double
  }

  /// The seed.
  public let seed: Int
  /// The number of samples.
  public let count: Int
  /// The steps, the lowest threshold first.
  public let steps: [Step]

  /// How far below its best the balance may be in the region of equilibrium: one point.
  public static let tolerance = 0.01

  /// Sweeps the threshold over a grid in ascending order.
  public init(seed: Int, curve: SelectionCurve, thresholds: [Double]) {
    self.seed = seed
    count = curve.poolCount
    steps = thresholds.map { threshold in
      let point = curve.point(threshold: threshold)
      let recalled = Double(point.right) / Double(max(1, curve.rightCount))
      let isEnough = point.kept >= curve.smallestCount
      return Step(
        threshold: threshold, share: Double(point.kept) / Double(max(1, curve.poolCount)),
        accuracy: isEnough ? point.precision : nil,
        balance: point.right == 0
          ? 0 : 2 * point.precision * recalled / (point.precision + recalled))
    }
  }

  /// The step with the best balance of number and accuracy, the lowest threshold of equals; nil for an empty grid.
  public var best: Step? {
    steps.max { ($0.balance, -$0.threshold) < ($1.balance, -$1.threshold) }
  }

  /// The thresholds around the best one at which the balance is within a point of its best: the region of equilibrium.
  public var equilibrium: ClosedRange<Double>? {
    guard let best, let place = steps.firstIndex(of: best) else { return nil }
    let least = best.balance - Self.tolerance
    var (low, high) = (place, place)
    while low > 0, steps[low - 1].balance >= least { low -= 1 }
    while high + 1 < steps.count, steps[high + 1].balance >= least { high += 1 }
    return steps[low].threshold...steps[high].threshold
  }

  /// How far the best balance lies above that of both ends of the grid, such as keeping everything; nil for an empty grid.
  public var peak: Double? {
    guard let best, let first = steps.first, let last = steps.last else { return nil }
    return best.balance - max(first.balance, last.balance)
  }

  /// The largest fall of the accuracy below its value at a lower threshold; 0 where it never falls.
  public var largestFall: Double {
    var (highest, fall) = (0.0, 0.0)
    for accuracy in steps.compactMap(\.accuracy) {
      highest = max(highest, accuracy)
      fall = max(fall, highest - accuracy)
    }
    return fall
  }

  /// The largest share of the samples that is lost while the threshold rises by `width`.
  ///
  /// - Parameter width: A multiple of the distance of the grid's thresholds.
  /// - Returns: The share, in 0...1.
  public func largestLoss(over width: Double) -> Double {
    var loss = 0.0
    for (index, step) in steps.enumerated() {
      guard
        let later = steps[index...].last(where: {
          $0.threshold <= step.threshold + width + 1e-9
        })
      else { continue }
      loss = max(loss, step.share - later.share)
    }
    return loss
  }
}
