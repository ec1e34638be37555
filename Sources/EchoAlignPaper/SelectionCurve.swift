/// How many samples a score keeps, and how many of them are right, at every threshold.
///
/// Samples are kept from the highest score down; samples with equal scores are kept together.
public struct SelectionCurve: Hashable, Sendable {
  /// The samples whose score is at least a threshold.
  public struct Point: Hashable, Sendable {
    /// The threshold.
    public var threshold: Double
    /// The number of samples kept.
    public var kept: Int
    /// The number of kept samples that are right.
    public var right: Int

    /// The share of right samples among those kept, the selection accuracy; 1 where none is kept.
    public var precision: Double { kept == 0 ? 1 : Double(right) / Double(kept) }
  }

  /// One point for each score that occurs, the highest first.
  public let points: [Point]
  /// The number of samples to choose from, of which some may have no score.
  public let poolCount: Int

  /// Creates a curve.
  ///
  /// - Parameters:
  ///   - scores: The score of each sample that can be kept, finite.
  ///   - isRight: Whether each of them is right.
  ///   - poolCount: The number of samples to choose from; nil for as many as there are scores.
  public init(scores: [Double], isRight: [Bool], poolCount: Int? = nil) {
    precondition(
      scores.count == isRight.count && scores.count <= poolCount ?? scores.count,
      "\(scores.count) scores, \(isRight.count) marks and a pool of \(poolCount ?? scores.count)")
    self.poolCount = poolCount ?? scores.count
    let order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    var points: [Point] = []
    var right = 0
    for (index, position) in order.enumerated() {
      right += isRight[position] ? 1 : 0
      let point = Point(threshold: scores[position], kept: index + 1, right: right)
      if points.last?.threshold == scores[position] {
        points[points.count - 1] = point
      } else {
        points.append(point)
      }
    }
    self.points = points
  }

  /// The number of right samples in all.
  public var rightCount: Int { points.last?.right ?? 0 }

  /// The least number of samples that counts as reaching a selection accuracy: 1 % of the pool, rounded up.
  ///
  /// Below it, the first few samples reach any accuracy by luck.
  public var smallestCount: Int { max(1, (poolCount + 99) / 100) }

  /// The point that keeps most samples at a selection accuracy of at least `target`.
  ///
  /// - Parameter target: The accuracy, in 0...1.
  /// - Returns: The point; nil when no point with at least ``smallestCount`` samples is as accurate.
  public func largest(accuracy target: Double) -> Point? {
    points.last {
      $0.kept >= smallestCount && Double($0.right) >= target * Double($0.kept) - 1e-9
    }
  }

  /// The first point that keeps at least a number of samples; nil when there are not as many.
  public func point(keepingAtLeast count: Int) -> Point? {
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if points[middle].kept < count { low = middle + 1 } else { high = middle }
    }
    return low < points.count ? points[low] : nil
  }

  /// The samples whose score is at least a threshold.
  public func point(threshold: Double) -> Point {
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if points[middle].threshold >= threshold { low = middle + 1 } else { high = middle }
    }
    return low == 0
      ? Point(threshold: threshold, kept: 0, right: 0)
      : Point(threshold: threshold, kept: points[low - 1].kept, right: points[low - 1].right)
  }
}
