import Foundation

/// A Gaussian kernel estimate of a density, reflected at the bounds of its numbers.
///
/// `f(x) = 1 / (n h) * sum over i of phi((x - x_i) / h)`, phi the standard normal density. Where the
/// numbers have a bound, such as 0 and 1 for probabilities, the part of every kernel beyond it is
/// folded back, so that the density is 0 outside and its integral 1 inside. The bandwidth h is
/// that of Silverman (1986, equation 3.31), `0.9 min(s, IQR / 1.34) n^(-1/5)`, s with divisor n - 1.
public struct KernelDensity: Hashable, Sendable {
  /// The reach of a kernel in bandwidths: beyond it, it is below 1e-16 of its height.
  private static let reach = 8.6

  /// The bandwidth h.
  public let bandwidth: Double
  /// The bounds of the numbers; nil for none, an end that is infinite for none on that side.
  public let bounds: ClosedRange<Double>?
  private let sorted: [Double]

  /// Creates an estimate from finite numbers, at least one, within the bounds.
  ///
  /// - Parameters:
  ///   - values: the numbers, in any order.
  ///   - bounds: the least and greatest possible number; nil for none.
  ///   - bandwidth: the bandwidth; nil for Silverman's.
  public init(_ values: [Double], bounds: ClosedRange<Double>? = nil, bandwidth: Double? = nil) {
    precondition(
      !values.isEmpty && values.allSatisfy(\.isFinite),
      "no density of \(values.count) values, or one is not finite")
    precondition(bandwidth ?? 1 > 0, "a bandwidth is positive, not \(bandwidth ?? 0)")
    precondition(
      bounds.map { values.allSatisfy($0.contains) } ?? true, "a number lies beyond the bounds")
    let sorted = values.sorted()
    self.sorted = sorted
    self.bounds = bounds
    self.bandwidth = bandwidth ?? Self.silverman(sorted)
  }

  /// Silverman's bandwidth of ascending numbers.
  ///
  /// Without an interquartile range s stands alone; without any spread, a tenth of the number's
  /// size, or 1.
  static func silverman(_ sorted: [Double]) -> Double {
    let count = Double(sorted.count)
    let mean = sorted.reduce(0, +) / count
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = sorted.count > 1 ? (squares / (count - 1)).squareRoot() : 0
    func quantile(_ share: Double) -> Double {
      let place = share * (count - 1)
      let lower = Int(place)
      let upper = min(lower + 1, sorted.count - 1)
      return sorted[lower] + (place - Double(lower)) * (sorted[upper] - sorted[lower])
    }
    let spread = (quantile(0.75) - quantile(0.25)) / 1.34
    let least = abs(mean) * 1e-9
    let scale = [spread > least ? min(spread, deviation) : deviation].first { $0 > least }
    return 0.9 * (scale ?? (mean == 0 ? 1 : abs(mean) / 10)) * pow(count, -0.2)
  }

  /// Returns the density at a number.
  public func density(at x: Double) -> Double {
    guard let bounds else { return unbounded(x) }
    guard bounds.contains(x) else { return 0 }
    let (low, high) = (bounds.lowerBound, bounds.upperBound)
    guard low.isFinite, high.isFinite else {
      let mirrored = [low, high].filter(\.isFinite).map { unbounded(2 * $0 - x) }
      return unbounded(x) + mirrored.reduce(0, +)
    }
    let period = 2 * (high - low)
    let turns = period > 0 ? min(Int((Self.reach * bandwidth / period).rounded(.up)), 100) : 0
    var sum = 0.0
    for turn in -turns...turns {
      let shift = Double(turn) * period
      sum += unbounded(x + shift) + unbounded(2 * low - x + shift)
    }
    return sum
  }

  /// The estimate without bounds.
  private func unbounded(_ x: Double) -> Double {
    let first = index(of: x - Self.reach * bandwidth)
    let last = index(of: x + Self.reach * bandwidth)
    var sum = 0.0
    for value in sorted[first..<max(first, last)] {
      let distance = (x - value) / bandwidth
      sum += exp(-0.5 * distance * distance)
    }
    return sum / (Double(sorted.count) * bandwidth * (2 * .pi).squareRoot())
  }

  /// The number of values below `x`.
  private func index(of x: Double) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The numbers between which the density is worth drawing: three bandwidths beyond the data, but
  /// within the bounds.
  var support: ClosedRange<Double> {
    let low = (sorted.first ?? 0) - 3 * bandwidth
    let high = (sorted.last ?? 0) + 3 * bandwidth
    return max(low, bounds?.lowerBound ?? low)...min(high, bounds?.upperBound ?? high)
  }
}
