/// A measured or printed number with its spread and the number of runs behind it.
public struct Estimate: Hashable, Sendable {
  /// The number itself, in the unit of its axis.
  public var value: Double
  /// The ends of the error bar, in the unit of the axis; nil when no spread is known.
  public var interval: ClosedRange<Double>?
  /// The number of runs; nil when it is unknown.
  public var count: Int?

  /// Creates an estimate with the ends of its error bar.
  public init(_ value: Double, interval: ClosedRange<Double>? = nil, count: Int? = nil) {
    self.value = value
    self.interval = interval
    self.count = count
  }

  /// Creates an estimate whose error bar reaches `spread` (not negative) to both sides.
  ///
  /// A spread that is not finite is kept as it is, and refused when the chart is laid out.
  public init(_ value: Double, plusMinus spread: Double, count: Int? = nil) {
    precondition(!(spread < 0), "a spread is not negative: \(spread)")
    self.value = value
    self.count = count
    interval =
      value.isFinite && spread.isFinite
      ? (value - spread)...(value + spread) : -.infinity ... .infinity
  }

  /// Whether value and interval are finite.
  var isFinite: Bool {
    value.isFinite
      && (interval.map { $0.lowerBound.isFinite && $0.upperBound.isFinite } ?? true)
  }

  /// The range of value and interval together.
  var extent: ClosedRange<Double> {
    guard let interval else { return value...value }
    return min(value, interval.lowerBound)...max(value, interval.upperBound)
  }
}
