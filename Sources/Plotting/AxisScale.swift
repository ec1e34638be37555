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
  /// Further positions that get a short tick without a label: 2...9 between powers of ten.
  public let minorTicks: [Double]
  /// Whether equal ratios are equally long.
  public let isLogarithmic: Bool

  /// Lays out an axis for data of the given extent, with about `limit` ticks at most.
  public init(_ axis: Axis, extent: ClosedRange<Double>?, atMost limit: Int) {
    domain = axis.domain(for: extent, atMost: limit)
    isLogarithmic = axis.kind == .logarithmic
    let given = axis.ticks?.filter(domain.contains)
    switch axis.kind {
    case .categories(let names):
      ticks = names.enumerated().map { Tick(value: Double($0.offset), label: $0.element) }
      minorTicks = []
    case .logarithmic:
      let values = given ?? Ticks.logarithmic(in: domain, atMost: limit)
      ticks = values.map { Tick(value: $0, label: Ticks.logarithmicLabel($0)) }
      minorTicks = given == nil ? Ticks.minorLogarithmic(in: domain) : []
    case .linear:
      let values = given ?? Ticks.nice(in: domain, atMost: limit)
      ticks = zip(values, Ticks.labels(for: values)).map { Tick(value: $0, label: $1) }
      minorTicks = []
    }
  }

  /// Lays out an axis whose ticks stand level with those of another one, so that one grid serves
  /// both.
  ///
  /// Where the axis has a range, ticks or a kind of its own, or the other one's ticks do not reach
  /// its ends, the axis gets its own ticks.
  init(_ axis: Axis, extent: ClosedRange<Double>?, alignedWith other: AxisScale, atMost limit: Int)
  {
    let isFree = axis.kind == .linear && axis.range == nil && axis.ticks == nil && axis.fit == .nice
    var tight = axis
    tight.fit = .tight
    guard isFree, !other.isLogarithmic, other.ticks.count > 1,
      other.ticks.first?.value == other.domain.lowerBound,
      other.ticks.last?.value == other.domain.upperBound,
      let values = Ticks.covering(tight.domain(for: extent), count: other.ticks.count)
    else {
      self.init(axis, extent: extent, atMost: limit)
      return
    }
    self.init(linear: values)
  }

  /// An axis from the first to the last of its ticks.
  private init(linear values: [Double]) {
    domain = values[0]...values[values.count - 1]
    ticks = zip(values, Ticks.labels(for: values)).map { Tick(value: $0, label: $1) }
    minorTicks = []
    isLogarithmic = false
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
