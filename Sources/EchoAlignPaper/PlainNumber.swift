import Foundation

/// Numbers as texts of tables: as few digits as tell them.
enum PlainNumber {
  /// The shortest decimal text that reads back as the number, such as `0.1`, `45000` or `1e-4`.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return value > 0 ? "∞" : value < 0 ? "−∞" : "–" }
    if value == value.rounded(), abs(value) < 1e15 { return String(format: "%.0f", value) }
    return "\(value)"
  }

  /// A number with a fixed count of significant digits.
  static func significant(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return text(value) }
    let scientific = String(format: "%.\(digits - 1)e", value)
    // The exponent after rounding: 0.9999 is 1.00, not 1.000.
    let exponent = scientific.split(separator: "e").last.flatMap { Int($0) } ?? 0
    let decimals = digits - 1 - exponent
    return decimals > 8 ? scientific : String(format: "%.\(max(0, decimals))f", value)
  }
}
