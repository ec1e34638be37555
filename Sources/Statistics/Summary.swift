import Foundation

/// Mean and spread of a sample.
public struct Summary: Codable, Hashable, Sendable {
  /// The arithmetic mean.
  public let mean: Double
  /// The standard deviation with divisor n - 1; nil for a single value.
  public let standardDeviation: Double?
  /// The number of values.
  public let n: Int

  /// Summarises values; returns nil if there is none.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    self.n = values.count
    if values.count > 1 {
      let squares = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
      self.standardDeviation = (squares / Double(values.count - 1)).squareRoot()
    } else {
      self.standardDeviation = nil
    }
  }

  /// Creates a summary from published numbers.
  public init(mean: Double, standardDeviation: Double?, n: Int) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.n = n
  }

  /// The standard error of the mean, s / √n; nil for a single value.
  public var standardError: Double? {
    standardDeviation.map { $0 / Double(n).squareRoot() }
  }

  /// Student's interval of the mean, mean ± t s / √n with n - 1 degrees of freedom.
  ///
  /// In repeated samples from a normal distribution, a share `confidence` of these intervals holds
  /// the true mean. Nil for a single value.
  ///
  /// - Parameter confidence: The coverage, between 0 and 1.
  /// - Returns: The interval.
  public func tInterval(confidence: Double = 0.95) -> ClosedRange<Double>? {
    guard let error = standardError, n > 1 else { return nil }
    return centred(error, confidence: confidence)
  }

  /// The interval that will hold the mean of new values with the given probability.
  ///
  /// mean ± t s √(1/n + 1/m) with n - 1 degrees of freedom, for m further values from the same
  /// normal distribution. A published mean of m runs outside it contradicts that its runs and these
  /// come from the same distribution. Nil for a single value.
  ///
  /// - Parameters:
  ///   - newValues: How many values m the new mean is of; 1 for a single run.
  ///   - confidence: The probability, between 0 and 1.
  /// - Returns: The interval.
  public func predictionInterval(
    forMeanOf newValues: Int = 1, confidence: Double = 0.95
  ) -> ClosedRange<Double>? {
    precondition(newValues > 0, "a mean of \(newValues) values")
    guard let deviation = standardDeviation, n > 1 else { return nil }
    let spread = deviation * (1 / Double(n) + 1 / Double(newValues)).squareRoot()
    return centred(spread, confidence: confidence)
  }

  private func centred(_ spread: Double, confidence: Double) -> ClosedRange<Double> {
    precondition(confidence > 0 && confidence < 1, "confidence \(confidence) is not in (0, 1)")
    let t = StudentT(degreesOfFreedom: Double(n - 1)).quantile(upperTail: (1 - confidence) / 2)
    return mean - t * spread...mean + t * spread
  }
}
