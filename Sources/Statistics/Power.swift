/// How many runs a comparison needs.
public struct Power: Hashable, Sendable {
  /// What the runs are compared by.
  public enum Design: String, Codable, Hashable, Sendable {
    /// Differences of runs that share a seed: one-sample t with n - 1 degrees of freedom,
    /// noncentrality d √n; the deviation is that of the differences.
    case paired
    /// Two arms of n runs each: two-sample t with 2 n - 2 degrees of freedom, noncentrality d
    /// √(n/2); the deviation is that of one arm.
    case independent
  }

  /// The design.
  public let design: Design
  /// The chance allowed for a false finding, between 0 and 1.
  public let alpha: Double
  /// Whether both directions count as findings; `greater` and `less` are alike here.
  public let alternative: Alternative

  /// Creates the power calculation of a t test.
  public init(design: Design, alpha: Double = 0.05, alternative: Alternative = .greater) {
    precondition(alpha > 0 && alpha < 1, "alpha \(alpha) is not in (0, 1)")
    self.design = design
    self.alpha = alpha
    self.alternative = alternative
  }

  /// Returns the chance that n runs per arm find a difference.
  ///
  /// The test finds it when its statistic passes the critical value of Student's t at `alpha`;
  /// under the difference, the statistic follows the noncentral t.
  ///
  /// - Parameters:
  ///   - effect: The difference in units of the deviation of ``design``; its sign does not matter.
  ///   - n: The runs per arm, at least 2.
  /// - Returns: A probability.
  public func power(effect: Double, n: Int) -> Double {
    precondition(n >= 2, "power of \(n) runs; at least 2")
    let count = Double(n)
    let degrees = design == .paired ? count - 1 : 2 * count - 2
    let scale = design == .paired ? count.squareRoot() : (count / 2).squareRoot()
    let tail = alternative == .twoSided ? alpha / 2 : alpha
    let critical = StudentT(degreesOfFreedom: degrees).quantile(upperTail: tail)
    let distribution = NoncentralT(
      degreesOfFreedom: degrees, noncentrality: effect.magnitude * scale)
    let found = 1 - distribution.cdf(critical)
    return alternative == .twoSided ? found + distribution.cdf(-critical) : found
  }

  /// Returns the smallest difference, in units of the deviation, that n runs find with a given
  /// power.
  public func detectableEffect(n: Int, power target: Double = 0.8) -> Double {
    precondition(target > alpha && target < 1, "power \(target) is not between alpha and 1")
    var low = 0.0
    var high = 1.0
    while power(effect: high, n: n) < target { high *= 2 }
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if power(effect: middle, n: n) < target { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}

/// Returns how many seeds per arm would settle a comparison, if the difference is as measured.
///
/// The smallest n, from 2 on, at which a t test at `alpha` finds the difference with the given
/// power; see ``Power``. Seeds already run count towards it.
///
/// - Parameters:
///   - meanDifference: The difference of the means.
///   - standardDeviation: The deviation of the paired differences, or of one arm if independent.
///   - alpha: The chance allowed for a false finding.
///   - power: The chance wanted for finding the difference.
///   - design: Whether the runs are paired.
///   - alternative: The side of the test.
/// - Returns: The number of seeds, or nil if the difference is zero or more than 10,000 are needed.
public func seedsToSettle(
  meanDifference: Double, standardDeviation: Double, alpha: Double = 0.05, power: Double = 0.8,
  design: Power.Design = .paired, alternative: Alternative = .greater
) -> Int? {
  precondition(
    standardDeviation >= 0 && power > 0 && power < 1,
    "standard deviation \(standardDeviation), power \(power)")
  if meanDifference == 0 { return nil }
  if standardDeviation == 0 { return 2 }
  let effect = meanDifference / standardDeviation
  let calculation = Power(design: design, alpha: alpha, alternative: alternative)
  var enough = 2
  while calculation.power(effect: effect, n: enough) < power {
    if enough >= 10_000 { return nil }
    enough = min(2 * enough, 10_000)
  }
  var tooFew = enough / 2
  while enough - tooFew > 1, enough > 2 {
    let middle = (enough + tooFew) / 2
    if calculation.power(effect: effect, n: middle) < power {
      tooFew = middle
    } else {
      enough = middle
    }
  }
  return enough
}
