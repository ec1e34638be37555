import Foundation

/// An axis after layout: its range, its ticks, and where numbers lie on it.
public struct AxisScale: Hashable, Sendable {
  /// A labelled position on an axis.
  public struct Tick: Hashable, Sendable {
    /// The number at the tick.
    public var value: Double
    /// The text at the tick.
    public var label: String
  }

  /// The range that the axis covers.
  public let domain: ClosedRange<Double>
  /// The ticks, in ascending order.
  public let ticks: [Tick]
  /// Whether equal ratios are equally long.
  public let isLogarithmic: Bool

  /// Lays out an axis for data of the given extent, with about `limit` ticks at most.
  public init(_ axis: Axis, extent: ClosedRange<Double>?, atMost limit: Int) {
    domain = axis.domain(for: extent, atMost: limit)
    isLogarithmic = axis.kind == .logarithmic
    switch axis.kind {
    case .categories(let names):
      ticks = names.enumerated().map { Tick(value: Double($0.offset), label: $0.element) }
    case .logarithmic:
      ticks = Ticks.logarithmic(in: domain).map {
        Tick(value: $0, label: Ticks.logarithmicLabel($0))
      }
    case .linear:
      let values = Ticks.nice(in: domain, atMost: limit)
      ticks = zip(values, Ticks.labels(for: values)).map { Tick(value: $0, label: $1) }
    }
  }

  /// Returns where a number lies: 0 at the lower end of the axis, 1 at the upper end.
  public func fraction(of value: Double) -> Double {
    if isLogarithmic {
      let low = log(domain.lowerBound)
      return (log(max(value, .leastNormalMagnitude)) - low) / (log(domain.upperBound) - low)
    }
    return (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
  }
}
