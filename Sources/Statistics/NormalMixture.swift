import Foundation

/// A mixture of several normal distributions on the line, in ascending order of their means.
///
/// ``GaussianMixture`` is the one of two components with a fixed start that thresholds rest on.
public struct NormalMixture: Codable, Hashable, Sendable {
  /// One component: weight, mean and standard deviation.
  public typealias Component = GaussianMixture.Component

  /// The components; their weights sum to one.
  public let components: [Component]
  /// The logarithm of the likelihood of the values that were fitted, in nats.
  public let logLikelihood: Double
  /// The number of steps that the fit took.
  public let iterations: Int
  /// Whether the likelihood had stopped growing when the fit ended.
  public let converged: Bool

  /// Fits the mixture to values by expectation and maximisation, in logarithms.
  ///
  /// Nil if there are fewer different values than components. Each step never lowers the likelihood,
  /// but for the floor of the variances, 10⁻⁶ of that of all values. The likelihood has several
  /// maxima: this is the one above the start. From quantiles (c + ½) / k the deviations start at that
  /// of all values, the weights at 1 / k; from k-means at those of its groups.
  ///
  /// - Parameters:
  ///   - values: The values, all finite.
  ///   - count: The number of components k.
  ///   - start: Where the fit begins.
  ///   - tolerance: The growth of the mean log-likelihood that ends the fit, in nats.
  ///   - maximumIterations: The number of steps that ends the fit in any case.
  public init?(
    fitting values: [Double], components count: Int = 2,
    start: MixtureStart = .kMeans(seed: 0), tolerance: Double = 1e-10,
    maximumIterations: Int = 5000
  ) {
    precondition(
      count > 0 && values.allSatisfy(\.isFinite),
      "a mixture of \(count) components of \(values.count) values; they must be finite")
    let sorted = values.sortedAscending()
    guard let spread = Spread(sorted, atLeast: count) else { return nil }
    var current = Self.initial(sorted, count: count, start: start, spread: spread)
    var likelihood = -Double.infinity
    var (steps, settled) = (0, false)
    while true {
      let step = Expectation(sorted, current)
      settled = (step.logLikelihood - likelihood) / Double(sorted.count) < tolerance
      likelihood = step.logLikelihood
      if settled || steps == maximumIterations { break }
      steps += 1
      current = step.maximised(current, count: sorted.count, floor: spread.floor)
    }
    components = current.sorted { $0.mean < $1.mean }
    logLikelihood = likelihood
    iterations = steps
    converged = settled
  }

  /// Returns the probabilities that a value belongs to each of the components.
  public func responsibilities(_ x: Double) -> [Double] {
    let logs = components.map { $0.logJoint(x) }
    let largest = logs.max() ?? 0
    let weights = logs.map { exp($0 - largest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  private static func initial(
    _ sorted: [Double], count: Int, start: MixtureStart, spread: Spread
  ) -> [Component] {
    if case .quantiles = start {
      return (0..<count).map { place in
        Component(
          weight: 1 / Double(count),
          mean: quantile(sorted: sorted, (Double(place) + 0.5) / Double(count)),
          standardDeviation: spread.variance.squareRoot())
      }
    }
    let groups = start.groups(of: sorted, count: count)
    return groups.map { group in
      let size = Double(group.count)
      let mean = sorted[group].reduce(0, +) / size
      let variance = sorted[group].reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / size
      return Component(
        weight: size / Double(sorted.count), mean: mean,
        standardDeviation: max(variance, spread.floor).squareRoot())
    }
  }
}

/// The variance of sorted values, and the least that a component may have.
private struct Spread {
  let variance: Double
  var floor: Double { 1e-6 * variance }

  /// Nil if there are fewer different values than asked for, or no variance.
  init?(_ sorted: [Double], atLeast count: Int) {
    let different = sorted.isEmpty ? 0 : 1 + zip(sorted, sorted.dropFirst()).count { $0 != $1 }
    guard different >= count, let summary = Summary(sorted) else { return nil }
    variance =
      sorted.reduce(0.0) { $0 + ($1 - summary.mean) * ($1 - summary.mean) } / Double(sorted.count)
    guard variance > 0 else { return nil }
  }
}

/// One pass over the values: their likelihood, and what each component needs for its next form.
private struct Expectation {
  private(set) var logLikelihood = 0.0
  /// For each component the sums of its shares of the values, and of these times the distance to its
  /// present mean and the squared distance.
  private var shares: [Double]
  private var offsets: [Double]
  private var squares: [Double]

  init(_ values: [Double], _ components: [NormalMixture.Component]) {
    let count = components.count
    let zeros = [Double](repeating: 0, count: count)
    var (shares, offsets, squares, logs) = (zeros, zeros, zeros, zeros)
    let constants = components.map {
      log($0.weight) - log($0.standardDeviation) - 0.5 * log(2 * Double.pi)
    }
    let scales = components.map { 0.5 / ($0.standardDeviation * $0.standardDeviation) }
    let means = components.map(\.mean)
    var total = 0.0
    for value in values {
      var largest = -Double.infinity
      for index in 0..<count {
        let offset = value - means[index]
        logs[index] = constants[index] - offset * offset * scales[index]
        largest = max(largest, logs[index])
      }
      var sum = 0.0
      for index in 0..<count {
        logs[index] = exp(logs[index] - largest)
        sum += logs[index]
      }
      total += largest + log(sum)
      for index in 0..<count {
        let (share, offset) = (logs[index] / sum, value - means[index])
        shares[index] += share
        offsets[index] += share * offset
        squares[index] += share * offset * offset
      }
    }
    (self.shares, self.offsets, self.squares) = (shares, offsets, squares)
    logLikelihood = total
  }

  /// The components that make the expected likelihood largest; one that has lost its values stays.
  func maximised(
    _ present: [NormalMixture.Component], count: Int, floor: Double
  ) -> [NormalMixture.Component] {
    present.indices.map { index in
      guard shares[index] > 1e-9 else { return present[index] }
      let shift = offsets[index] / shares[index]
      let variance = squares[index] / shares[index] - shift * shift
      return NormalMixture.Component(
        weight: shares[index] / Double(count), mean: present[index].mean + shift,
        standardDeviation: max(variance, floor).squareRoot())
    }
  }
}
