import Foundation

/// Round numbers for an axis, and their labels.
public enum Ticks {
  /// A distance of ticks: a whole number times a power of ten.
  struct Step: Hashable {
    var mantissa: Int
    var exponent: Int

    var value: Double { Step.scaled(mantissa, by: exponent) }

    /// Returns `count * 10^exponent`, as the nearest double to the decimal number.
    static func scaled(_ count: Int, by exponent: Int) -> Double {
      exponent >= 0
        ? Double(count) * pow(10, Double(exponent)) : Double(count) / pow(10, Double(-exponent))
    }
  }

  /// Returns the smallest step of 1, 2, 2.5 or 5 times a power of ten that needs at most `limit`
  /// ticks for the range.
  static func step(for range: ClosedRange<Double>, atMost limit: Int) -> Step {
    firstStep(for: range, atMost: limit) {
      indices(in: range, step: $0).count <= max(limit, 2)
    }
  }

  /// Returns the first step, in ascending order, that meets a condition.
  private static func firstStep(
    for range: ClosedRange<Double>, atMost limit: Int, where condition: (Step) -> Bool
  ) -> Step {
    let span = range.upperBound - range.lowerBound
    var exponent = Int(floor(log10(span / Double(max(limit, 2))))) - 1
    while true {
      for (mantissa, shift) in [(1, 0), (2, 0), (25, -1), (5, 0)] {
        let step = Step(mantissa: mantissa, exponent: exponent + shift)
        if condition(step) { return step }
      }
      exponent += 1
    }
  }

  /// Returns round numbers in the range, in ascending order and at equal distances.
  ///
  /// The distance is 1, 2, 2.5 or 5 times a power of ten: the smallest that yields at most
  /// `limit` numbers (at least 2). The range must be finite and longer than zero.
  public static func nice(in range: ClosedRange<Double>, atMost limit: Int) -> [Double] {
    let step = step(for: range, atMost: limit)
    return indices(in: range, step: step).map {
      Step.scaled($0 * step.mantissa, by: step.exponent)
    }
  }

  /// Returns the range extended outwards so that both ends are among its own ticks.
  static func extended(_ range: ClosedRange<Double>, atMost limit: Int) -> ClosedRange<Double> {
    func outwards(_ step: Step) -> ClosedRange<Double> {
      let lower = Int(floor(range.lowerBound / step.value + 1e-9))
      let upper = max(Int(ceil(range.upperBound / step.value - 1e-9)), lower + 1)
      return Step.scaled(
        lower * step.mantissa, by: step.exponent)...Step.scaled(
          upper * step.mantissa, by: step.exponent)
    }
    let step = firstStep(for: range, atMost: limit) { step in
      let longer = outwards(step)
      let ticks = nice(in: longer, atMost: limit)
      return ticks.first == longer.lowerBound && ticks.last == longer.upperBound
    }
    return outwards(step)
  }

  /// Returns `count` (at least 2) round numbers at the smallest equal distance with which they cover
  /// the range; nil where they would be ten times as long, or never do, as two multiples of one step
  /// on both sides of 0.
  static func covering(_ range: ClosedRange<Double>, count: Int) -> [Double]? {
    let longest = 10 * (range.upperBound - range.lowerBound)
    func first(_ step: Step) -> Int { Int(floor(range.lowerBound / step.value + 1e-9)) }
    let step = firstStep(for: range, atMost: count) { step in
      step.value > longest
        || Double(first(step) + count - 1) * step.value >= range.upperBound - 1e-9 * step.value
    }
    guard step.value <= longest else { return nil }
    return (0..<count).map { Step.scaled((first(step) + $0) * step.mantissa, by: step.exponent) }
  }

  /// Returns the labels of equidistant ticks, all with the same number of decimals.
  ///
  /// The minus sign is U+2212. Numbers of 100,000 and more or steps below 0.0001 are written with
  /// a power of ten.
  public static func labels(for values: [Double]) -> [String] {
    guard let largest = values.map(abs).max(), largest > 0 else {
      return values.map { _ in "0" }
    }
    let distance = values.count > 1 ? values[1] - values[0] : largest
    if largest >= 1e5 || distance < 1e-4 {
      let exponent = Int(floor(log10(largest)))
      let scaled = values.map { $0 / pow(10, Double(exponent)) }
      let mantissas = labels(for: scaled, distance: distance / pow(10, Double(exponent)))
      return zip(values, mantissas).map { value, mantissa in
        value == 0 ? "0" : "\(mantissa)×10\(superscript(exponent))"
      }
    }
    return labels(for: values, distance: distance)
  }

  /// Returns the powers of ten in a range of positive numbers; with fewer than three of them, their
  /// multiples by 2 and 5 too; where these are more than `limit` (at least 2), every second, third
  /// and so on power.
  static func logarithmic(in range: ClosedRange<Double>, atMost limit: Int = .max) -> [Double] {
    let powers = multiples(of: [1], in: range)
    let full = powers.count >= 3 ? powers : multiples(of: [1, 2, 5], in: range)
    guard full.count > max(limit, 2) else { return full }
    let sparse = powers.count >= 3 ? powers : multiples(of: [1, 3], in: range)
    let stride = (sparse.count + max(limit, 2) - 1) / max(limit, 2)
    return sparse.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
  }

  /// Returns the multiples of powers of ten by 2...9 in a range of at most six powers.
  static func minorLogarithmic(in range: ClosedRange<Double>) -> [Double] {
    range.upperBound / range.lowerBound > 1e6 ? [] : multiples(of: Array(2...9), in: range)
  }

  /// Returns the multiples of powers of ten by some factors that lie in a range.
  private static func multiples(of factors: [Int], in range: ClosedRange<Double>) -> [Double] {
    let exponents = Int(floor(log10(range.lowerBound)))...Int(ceil(log10(range.upperBound)))
    let lowest = range.lowerBound * (1 - 1e-9)
    let highest = range.upperBound * (1 + 1e-9)
    return exponents.flatMap { exponent in factors.map { Step.scaled($0, by: exponent) } }
      .filter { $0 >= lowest && $0 <= highest }
  }

  /// Returns the label of a tick on a logarithmic axis.
  static func logarithmicLabel(_ value: Double) -> String {
    let exponent = Int(floor(log10(value) + 1e-9))
    if (-3...4).contains(exponent) {
      return labels(for: [value], distance: Step.scaled(1, by: exponent)).joined()
    }
    let mantissa = Int((value / pow(10, Double(exponent))).rounded())
    return (mantissa == 1 ? "" : "\(mantissa)×") + "10\(superscript(exponent))"
  }

  private static func indices(in range: ClosedRange<Double>, step: Step) -> ClosedRange<Int> {
    let slack = 1e-9
    let lower = Int(ceil(range.lowerBound / step.value - slack))
    let upper = Int(floor(range.upperBound / step.value + slack))
    return lower...max(lower, upper)
  }

  private static func labels(for values: [Double], distance: Double) -> [String] {
    var decimals = 0
    while decimals < 9 {
      let scaled = distance * pow(10, Double(decimals))
      if scaled > 0.999, abs(scaled - scaled.rounded()) < 1e-6 * scaled { break }
      decimals += 1
    }
    return values.map { value in
      let digits = String(format: "%.\(decimals)f", abs(value))
      let isNegative = value < 0 && digits.contains { ("1"..."9").contains($0) }
      return isNegative ? "\u{2212}\(digits)" : digits
    }
  }

  private static func superscript(_ exponent: Int) -> String {
    let raised: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
      "8": "⁸", "9": "⁹",
    ]
    return String(String(exponent).map { raised[$0, default: $0] })
  }
}
