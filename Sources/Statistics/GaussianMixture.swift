import Foundation

/// A mixture of two normal distributions on the line, the one with the lower mean first.
public struct GaussianMixture: Codable, Hashable, Sendable {
  /// One of the two components.
  public struct Component: Codable, Hashable, Sendable {
    /// The share of the mixture, in 0...1.
    public var weight: Double
    /// The mean.
    public var mean: Double
    /// The standard deviation.
    public var standardDeviation: Double

    /// The logarithm of weight times density at x.
    func logJoint(_ x: Double) -> Double {
      let z = (x - mean) / standardDeviation
      return log(weight) - log(standardDeviation) - 0.5 * (z * z + log(2 * Double.pi))
    }
  }

  /// The component with the lower mean.
  public let lower: Component
  /// The component with the higher mean.
  public let upper: Component
  /// The logarithm of the likelihood of the values that were fitted, in nats.
  public let logLikelihood: Double
  /// The number of steps that the fit took.
  public let iterations: Int
  /// Whether the likelihood had stopped growing when the fit ended.
  public let converged: Bool

  /// Fits the mixture to values by expectation and maximisation.
  ///
  /// Nil if there are not two different values.
  ///
  /// The start is fixed, so equal values give equal fits: weights ½, means at the quartiles, both
  /// deviations that of all values. Each step never lowers the likelihood; the fit ends when the
  /// mean log-likelihood grows by less than `tolerance`. Variances are kept above 10⁻⁶ of that of
  /// all values. The likelihood has several maxima: this is the one above the start.
  ///
  /// - Parameters:
  ///   - values: The values, all finite.
  ///   - tolerance: The growth of the mean log-likelihood that ends the fit, in nats.
  ///   - maximumIterations: The number of steps that ends the fit in any case.
  public init?(fitting values: [Double], tolerance: Double = 1e-10, maximumIterations: Int = 5000) {
    let sorted = values.sorted()
    let count = Double(values.count)
    guard let first = sorted.first, let last = sorted.last, first < last,
      let summary = Summary(values)
    else { return nil }
    let variance = values.reduce(0.0) { $0 + ($1 - summary.mean) * ($1 - summary.mean) } / count
    let floor = 1e-6 * variance
    var low = Component(
      weight: 0.5, mean: quantile(sorted: sorted, 0.25), standardDeviation: variance.squareRoot())
    var high = low
    high.mean = quantile(sorted: sorted, 0.75)
    var likelihood = -Double.infinity
    var steps = 0
    var settled = false
    var share = [Double](repeating: 0, count: values.count)
    while true {
      var total = 0.0
      for (index, value) in values.enumerated() {
        let (logLow, logHigh) = (low.logJoint(value), high.logJoint(value))
        let largest = max(logLow, logHigh)
        let logSum = largest + log(exp(logLow - largest) + exp(logHigh - largest))
        share[index] = exp(logHigh - logSum)
        total += logSum
      }
      settled = (total - likelihood) / count < tolerance
      likelihood = total
      if settled || steps == maximumIterations { break }
      steps += 1
      high = Self.maximised(values, weights: share, floor: floor) ?? high
      low = Self.maximised(values, weights: share.map { 1 - $0 }, floor: floor) ?? low
    }
    (lower, upper) = low.mean <= high.mean ? (low, high) : (high, low)
    logLikelihood = likelihood
    iterations = steps
    converged = settled
  }

  /// The component that fits weighted values best, or nil if they weigh nothing.
  private static func maximised(_ values: [Double], weights: [Double], floor: Double) -> Component?
  {
    let sum = weights.reduce(0, +)
    guard sum > 1e-9 else { return nil }
    let mean = zip(values, weights).reduce(0.0) { $0 + $1.0 * $1.1 } / sum
    let variance =
      zip(values, weights).reduce(0.0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / sum
    return Component(
      weight: sum / Double(values.count), mean: mean,
      standardDeviation: max(variance, floor).squareRoot())
  }

  /// Returns the probability that a value belongs to the component with the higher mean.
  public func upperResponsibility(_ x: Double) -> Double {
    1 / (1 + exp(lower.logJoint(x) - upper.logJoint(x)))
  }

  /// The value between the means at which both components are equally probable.
  ///
  /// Nil if one component is the more probable at both means, so that there is none.
  public var boundary: Double? {
    var (low, high) = (lower.mean, upper.mean)
    guard upperResponsibility(low) < 0.5, upperResponsibility(high) > 0.5 else { return nil }
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { break }
      if upperResponsibility(middle) < 0.5 { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
