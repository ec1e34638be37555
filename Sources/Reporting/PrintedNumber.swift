import Foundation

/// How numbers are spelt for readers; the only place where anything is rounded.
public enum PrintedNumber {
  /// A fraction as percent with two decimals: 0.85312 is `85.31`.
  static func percent(_ fraction: Double, decimals: Int = 2) -> String {
    fixed(fraction * 100, decimals: decimals)
  }

  /// A difference of fractions in points, with its sign: 0.0123 is `+1.23`.
  static func points(_ fraction: Double, decimals: Int = 2) -> String {
    let text = fixed(fraction * 100, decimals: decimals)
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return text.hasPrefix("−") || isZero ? text : "+" + text
  }

  /// A number with a fixed count of decimals, a true minus sign and no minus zero.
  public static func fixed(_ number: Double, decimals: Int) -> String {
    guard number.isFinite else { return number.isNaN ? "not a number" : number < 0 ? "−∞" : "∞" }
    let digits = String(format: "%.\(decimals)f", abs(number))
    let isZero = !digits.contains { ("1"..."9").contains($0) }
    return number < 0 && !isZero ? "−" + digits : digits
  }

  /// A number with as many digits as it was written with: `0.5`, `17673`, `−3`.
  static func written(_ number: Double) -> String {
    if number == number.rounded() && abs(number) < 1e12 { return fixed(number, decimals: 0) }
    return "\(number)".replacing("-", with: "−")
  }

  /// A number with four significant digits; a whole one as it is, a very small or large one with an
  /// exponent: `26524`, `0.5123`, `1.235e−7`.
  static func significant(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return fixed(number, decimals: 0) }
    let magnitude = abs(number)
    if number == number.rounded() && magnitude < 1e12 { return fixed(number, decimals: 0) }
    guard (1e-4..<1e6).contains(magnitude) else { return scientific(number) }
    return fixed(number, decimals: max(0, 3 - Int(log10(magnitude).rounded(.down))))
  }

  /// A mean with its spread to two significant digits: `0.5123 ± 0.0042`; alone without a spread.
  static func mean(_ mean: Double, spread: Double?) -> String {
    guard let spread, spread.isFinite, spread > 0 else { return significant(mean) }
    guard (1e-6..<1e6).contains(spread), abs(mean) < 1e9 else {
      return "\(significant(mean)) ± \(significant(spread))"
    }
    let decimals = max(0, 1 - Int(log10(spread).rounded(.down)))
    return "\(fixed(mean, decimals: decimals)) ± \(fixed(spread, decimals: decimals))"
  }

  private static func scientific(_ number: Double) -> String {
    let parts = String(format: "%.3e", abs(number)).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(number)" }
    let power = exponent < 0 ? "−\(-exponent)" : "\(exponent)"
    return "\(number < 0 ? "−" : "")\(parts[0])e\(power)"
  }

  /// A probability: `0.031`, `0.0004`, or `< 0.0001`.
  static func probability(_ p: Double) -> String {
    guard p.isFinite else { return "not a number" }
    if p < 0.0001 { return "< 0.0001" }
    return fixed(p, decimals: p < 0.01 ? 4 : 3)
  }

  /// A probability with its sign of relation: `p = 0.031`, `p < 0.0001`.
  static func relation(_ name: String, _ p: Double) -> String {
    let text = probability(p)
    return text.hasPrefix("<") ? "\(name) \(text)" : "\(name) = \(text)"
  }

  /// A time: `45 s`, `12 min`, `3.4 h`.
  static func duration(_ seconds: Double) -> String {
    if seconds < 90 { return "\(fixed(seconds, decimals: 0)) s" }
    if seconds < 5400 { return "\(fixed(seconds / 60, decimals: 0)) min" }
    return "\(fixed(seconds / 3600, decimals: 1)) h"
  }

  /// A whole number with its noun: `1 run`, `3 runs`.
  static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  /// Names as a sentence lists them: `a, b and c`.
  static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
