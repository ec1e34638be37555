import Foundation

/// One axis of a chart as its user describes it: label, range and kind.
public struct Axis: Hashable, Sendable {
  /// How numbers become positions.
  public enum Kind: Hashable, Sendable {
    /// Equal differences are equally long.
    case linear
    /// Equal ratios are equally long; all numbers must be positive.
    case logarithmic
    /// Names at equal distances; the position of the i-th is i.
    case categories([String])
  }

  /// How a range that follows from the data meets the ends of the axis.
  public enum Fit: Hashable, Sendable {
    /// The axis ends where the data end.
    case tight
    /// The axis ends at the next ticks.
    case nice
    /// The axis is a little longer than the data.
    case padded
  }

  /// What is measured, with its unit: `Test accuracy (%)`.
  public var label: String
  /// The kind of the axis.
  public var kind: Kind
  /// The range shown; when it is missing, it follows from the data.
  public var range: ClosedRange<Double>?
  /// How a range from the data meets the ends of the axis.
  public var fit: Fit
  /// Where ticks stand, ascending, such as the measured resolutions; nil for round numbers.
  ///
  /// Ticks outside the range are left out; an axis of categories takes no notice.
  public var ticks: [Double]?
  /// The extent of the data of all panels that share the axis; nil for an axis on its own.
  var sharedExtent: ClosedRange<Double>?

  /// Creates an axis.
  public init(
    _ label: String, kind: Kind = .linear, range: ClosedRange<Double>? = nil, fit: Fit = .nice,
    ticks: [Double]? = nil
  ) {
    self.label = label
    self.kind = kind
    self.range = range
    self.fit = fit
    self.ticks = ticks
  }

  /// Returns the range that the axis covers for data of the given extent.
  ///
  /// Without data it is 0...1; data that are all equal get room on both sides.
  func domain(for extent: ClosedRange<Double>?, atMost limit: Int = 8) -> ClosedRange<Double> {
    if case .categories(let names) = kind {
      return -0.5...(Double(max(names.count, 1)) - 0.5)
    }
    if let range { return range }
    guard let extent = sharedExtent ?? extent else { return kind == .logarithmic ? 1...10 : 0...1 }
    if kind == .logarithmic {
      guard extent.lowerBound < extent.upperBound else {
        return (extent.lowerBound / 2)...(extent.upperBound * 2)
      }
      guard fit == .padded else { return extent }
      let room = pow(extent.upperBound / extent.lowerBound, 0.05)
      return (extent.lowerBound / room)...(extent.upperBound * room)
    }
    var domain = extent
    let largest = max(abs(domain.lowerBound), abs(domain.upperBound))
    if domain.upperBound - domain.lowerBound <= max(largest * 1e-9, 1e-290) {
      let room = largest <= 1e-290 ? 1 : largest * 0.1
      domain = (domain.lowerBound - room)...(domain.upperBound + room)
    }
    switch fit {
    case .tight: return domain
    case .nice: return Ticks.extended(domain, atMost: limit)
    case .padded:
      let room = 0.05 * (domain.upperBound - domain.lowerBound)
      return (domain.lowerBound - room)...(domain.upperBound + room)
    }
  }
}

extension ClosedRange<Double> {
  /// Returns the smallest range that holds all the numbers, or nil when there are none.
  static func covering(_ values: some Sequence<Double>) -> ClosedRange<Double>? {
    var result: ClosedRange<Double>?
    for value in values {
      guard let known = result else {
        result = value...value
        continue
      }
      result = Swift.min(known.lowerBound, value)...Swift.max(known.upperBound, value)
    }
    return result
  }

  /// Returns the smallest range that holds both; a missing one adds nothing.
  static func union(_ one: ClosedRange<Double>?, _ other: ClosedRange<Double>?)
    -> ClosedRange<Double>?
  {
    covering([one, other].compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] })
  }
}
