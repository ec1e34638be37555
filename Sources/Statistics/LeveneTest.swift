/// Levene's test of equal variances in two or more groups.
///
/// With Z = |x - centre of its group|, N values in k groups: W = (N - k) / (k - 1) · Σ nᵢ (Z̄ᵢ - Z̄)² /
/// Σᵢⱼ (Zᵢⱼ - Z̄ᵢ)², which under equal variances follows about F with k - 1 and N - k degrees of
/// freedom.
public struct LeveneTest: Codable, Hashable, Sendable {
  /// What deviations are measured from.
  public enum Centre: Codable, Hashable, Sendable {
    /// The mean: H. Levene, 1960. For symmetric distributions with moderate tails.
    case mean
    /// The median: M. B. Brown and A. B. Forsythe, Journal of the American Statistical Association
    /// 69, 1974. Keeps its level for skewed distributions.
    case median
    /// The mean without a share of the values at each end, below ½. For heavy tails.
    case trimmedMean(share: Double)
  }

  /// W.
  public let statistic: Double
  /// The probability, if the variances are equal, of a statistic at least as large.
  public let pValue: Double
  /// The degrees of freedom k - 1.
  public let numeratorDegrees: Int
  /// The degrees of freedom N - k.
  public let denominatorDegrees: Int

  /// Compares the spread of groups.
  ///
  /// Nil if there are no more values than groups, or if no deviation differs from another, so that
  /// there is nothing to compare.
  ///
  /// - Parameters:
  ///   - groups: Two or more groups, none empty.
  ///   - centre: What deviations are measured from.
  public init?(_ groups: [[Double]], centre: Centre = .median) {
    precondition(
      groups.count >= 2 && groups.allSatisfy { !$0.isEmpty },
      "Levene's test of groups with \(groups.map(\.count)) values; two or more, none empty")
    let total = groups.reduce(0) { $0 + $1.count }
    (numeratorDegrees, denominatorDegrees) = (groups.count - 1, total - groups.count)
    guard denominatorDegrees > 0 else { return nil }
    let deviations = groups.map { group in
      let middle = centre.value(of: group)
      return group.map { ($0 - middle).magnitude }
    }
    let means = deviations.map(Self.mean)
    let grand = accurateSum(deviations.map(accurateSum)) / Double(total)
    var (between, within) = (0.0, 0.0)
    for (group, mean) in zip(deviations, means) {
      between += Double(group.count) * (mean - grand) * (mean - grand)
      for deviation in group { within += (deviation - mean) * (deviation - mean) }
    }
    guard between > 0 || within > 0 else { return nil }
    statistic = between / Double(numeratorDegrees) / (within / Double(denominatorDegrees))
    pValue = FDistribution(
      numerator: Double(numeratorDegrees), denominator: Double(denominatorDegrees)
    ).upperTail(statistic)
  }

  fileprivate static func mean(_ values: [Double]) -> Double {
    accurateSum(values) / Double(values.count)
  }
}

extension LeveneTest.Centre {
  /// The centre of a group.
  fileprivate func value(of group: [Double]) -> Double {
    switch self {
    case .mean: return LeveneTest.mean(group)
    case .median: return quantile(sorted: group.sortedAscending(), 0.5)
    case .trimmedMean(let share):
      precondition(share >= 0 && share < 0.5, "a trimmed share of \(share), not in 0..<0.5")
      let cut = Int(share * Double(group.count))
      return LeveneTest.mean(Array(group.sortedAscending()[cut..<(group.count - cut)]))
    }
  }
}

/// The sum of numbers with what rounding loses on the way added at the end, since nearly equal means
/// are subtracted.
///
/// A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974.
private func accurateSum(_ values: [Double]) -> Double {
  var (sum, lost) = (0.0, 0.0)
  for value in values {
    let next = sum + value
    lost += sum.magnitude >= value.magnitude ? (sum - next) + value : (value - next) + sum
    sum = next
  }
  return sum + lost
}
