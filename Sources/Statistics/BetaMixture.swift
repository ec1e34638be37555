import Foundation

/// A mixture of two beta distributions on (0, 1), the one with the lower mean first.
///
/// Losses scaled to 0...1, probabilities and similarities are bounded and skew, which normal
/// components are not.
public struct BetaMixture: Codable, Hashable, Sendable {
  /// How a step finds the components' parameters from weighted values.
  public enum Estimation: String, Codable, Hashable, Sendable, CaseIterable {
    /// By the largest weighted likelihood, so that the fit is one by maximum likelihood.
    case likelihood
    /// By weighted mean and variance, as in E. Arazo et al., "Unsupervised label noise modeling and
    /// loss correction", 2019. Cheaper, but no maximisation: the likelihood may fall, and what the
    /// fit ends at is not its maximum.
    case moments
  }

  /// The component with the lower mean.
  public let lower: BetaComponent
  /// The component with the higher mean.
  public let upper: BetaComponent
  /// The logarithm of the likelihood of the values that were fitted, in nats.
  public let logLikelihood: Double
  /// The number of steps that the fit took.
  public let iterations: Int
  /// Whether the likelihood had stopped changing when the fit ended.
  public let converged: Bool

  /// Fits the mixture to values by expectation and maximisation, in logarithms.
  ///
  /// Nil if there are not two different values. The start has the weights and moments of two groups:
  /// the halves of the sorted values, or those of k-means.
  ///
  /// - Parameters:
  ///   - values: The values, in 0...1.
  ///   - start: Where the fit begins.
  ///   - estimation: How steps find parameters.
  ///   - margin: Values nearer to 0 or 1 than this are moved to it, since densities at the ends may
  ///     be zero or infinite; Arazo et al. use 10⁻⁴. Between 0 and ½.
  ///   - tolerance: The change of the mean log-likelihood that ends the fit, in nats.
  ///   - maximumIterations: The number of steps that ends the fit in any case.
  public init?(
    fitting values: [Double], start: MixtureStart = .quantiles,
    estimation: Estimation = .likelihood, margin: Double = 1e-4, tolerance: Double = 1e-10,
    maximumIterations: Int = 5000
  ) {
    precondition(margin > 0 && margin < 0.5, "a margin of \(margin), not between 0 and 1/2")
    precondition(
      values.allSatisfy { $0 >= 0 && $0 <= 1 }, "beta distributions are for values in 0...1")
    let sorted = values.sortedAscending().map { min(max($0, margin), 1 - margin) }
    guard let first = sorted.first, let last = sorted.last, first < last else { return nil }
    let points = sorted.map { Point($0) }
    var pair = start.groups(of: sorted, count: 2).map { group in
      Sums(points[group]).moments(of: sorted.count)
    }
    var likelihood = -Double.infinity
    var (steps, settled) = (0, false)
    while true {
      let step = BetaExpectation(points, pair)
      let growth = (step.logLikelihood - likelihood) / Double(sorted.count)
      settled = (estimation == .likelihood ? growth : growth.magnitude) < tolerance
      likelihood = step.logLikelihood
      if settled || steps == maximumIterations { break }
      steps += 1
      pair = step.maximised(pair, count: sorted.count, by: estimation)
    }
    (lower, upper) = pair[0].mean <= pair[1].mean ? (pair[0], pair[1]) : (pair[1], pair[0])
    logLikelihood = likelihood
    iterations = steps
    converged = settled
  }

  /// Returns the probability that a value between 0 and 1 belongs to the component with the higher
  /// mean.
  public func upperResponsibility(_ x: Double) -> Double {
    precondition(x > 0 && x < 1, "the share of the upper component at \(x), not between 0 and 1")
    let point = Point(x)
    let low = lower.logJoint(logX: point.logX, logComplement: point.logComplement)
    let high = upper.logJoint(logX: point.logX, logComplement: point.logComplement)
    return 1 / (1 + exp(low - high))
  }
}

/// A value with the logarithms that densities need.
private struct Point {
  let value: Double
  let logX: Double
  let logComplement: Double

  init(_ value: Double) {
    self.value = value
    logX = log(value)
    logComplement = log1p(-value)
  }
}

/// Sums over values, weighted by one component's shares of them.
private struct Sums {
  var share = 0.0
  var value = 0.0
  var square = 0.0
  var logX = 0.0
  var logComplement = 0.0

  init() {}

  init(_ points: ArraySlice<Point>) {
    for point in points { add(point, 1) }
  }

  mutating func add(_ point: Point, _ weight: Double) {
    share += weight
    value += weight * point.value
    square += weight * point.value * point.value
    logX += weight * point.logX
    logComplement += weight * point.logComplement
  }

  /// The component with the weighted mean and variance.
  func moments(of count: Int) -> BetaComponent {
    let mean = value / share
    return .moments(
      weight: share / Double(count), mean: mean, variance: square / share - mean * mean)
  }
}

/// One pass over the values: their likelihood, and what each component needs for its next form.
private struct BetaExpectation {
  private(set) var logLikelihood = 0.0
  private var sums = [Sums(), Sums()]

  init(_ points: [Point], _ pair: [BetaComponent]) {
    var (low, high, total) = (Sums(), Sums(), 0.0)
    let (scaleLow, scaleHigh) = (pair[0].logScale, pair[1].logScale)
    for point in points {
      let logLow =
        scaleLow + (pair[0].alpha - 1) * point.logX + (pair[0].beta - 1) * point.logComplement
      let logHigh =
        scaleHigh + (pair[1].alpha - 1) * point.logX + (pair[1].beta - 1) * point.logComplement
      let largest = max(logLow, logHigh)
      let (partLow, partHigh) = (exp(logLow - largest), exp(logHigh - largest))
      let sum = partLow + partHigh
      total += largest + log(sum)
      low.add(point, partLow / sum)
      high.add(point, partHigh / sum)
    }
    sums = [low, high]
    logLikelihood = total
  }

  /// The components' next form; one that has lost its values stays.
  func maximised(
    _ pair: [BetaComponent], count: Int, by estimation: BetaMixture.Estimation
  ) -> [BetaComponent] {
    zip(pair, sums).map { present, sums in
      guard sums.share > 1e-9 else { return present }
      switch estimation {
      case .moments: return sums.moments(of: count)
      case .likelihood:
        return present.mostLikely(
          weight: sums.share / Double(count), meanLog: sums.logX / sums.share,
          meanLogComplement: sums.logComplement / sums.share)
      }
    }
  }
}
