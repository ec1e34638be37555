/// The result of a t test on a difference of means.
public struct TTest: Hashable, Sendable {
  /// The difference of the means, first minus second.
  public let difference: Double
  /// The standard error of the difference.
  public let standardError: Double
  /// Difference over standard error; infinite if the samples have no spread but differ.
  public let statistic: Double
  /// The degrees of freedom.
  public let degreesOfFreedom: Double
  /// The side that ``pValue`` is for.
  public let alternative: Alternative
  /// The probability, if there were no difference, of a statistic at least as extreme.
  public let pValue: Double

  init(difference: Double, standardError: Double, degreesOfFreedom: Double, _ side: Alternative) {
    self.difference = difference
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
    self.alternative = side
    let statistic =
      standardError > 0
      ? difference / standardError : (difference == 0 ? 0 : difference * .infinity)
    self.statistic = statistic
    let distribution = StudentT(degreesOfFreedom: degreesOfFreedom)
    switch side {
    case .greater: pValue = distribution.upperTail(statistic)
    case .less: pValue = distribution.upperTail(-statistic)
    case .twoSided: pValue = 2 * distribution.upperTail(statistic.magnitude)
    }
  }

  /// Student's interval of the difference, difference ± t · standard error.
  ///
  /// - Parameter confidence: The coverage, between 0 and 1.
  /// - Returns: The two-sided interval.
  public func interval(confidence: Double = 0.95) -> ClosedRange<Double> {
    precondition(confidence > 0 && confidence < 1, "confidence \(confidence) is not in (0, 1)")
    let t = StudentT(degreesOfFreedom: degreesOfFreedom).quantile(upperTail: (1 - confidence) / 2)
    return difference - t * standardError...difference + t * standardError
  }
}
