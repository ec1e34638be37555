/// Decimal notation without exponent and without loss, for identifiers and file names.
///
/// The digits are the fewest that give the number back, so different numbers never share a text.
enum DecimalText {
  /// The number as a plain decimal, for example `0.45`, `1` or `0.00001`.
  static func plain(_ value: Double) -> String {
    shifted(value, by: 0)
  }

  /// The number times 100 as a plain decimal, for example `12.5` for 0.125.
  static func percent(_ value: Double) -> String {
    shifted(value, by: 2)
  }

  /// Reads a decimal, and divides it by 100 if it is a percentage, without rounding twice.
  static func number(_ text: Substring, percent: Bool) -> Double? {
    let isPlain = text.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
    if percent && isPlain && !text.isEmpty { return Double(text + "e-2") }
    return Double(text)
  }

  /// The number times a power of ten, by moving the point of its shortest decimal notation.
  private static func shifted(_ value: Double, by places: Int) -> String {
    guard value.isFinite else { return "\(value)" }
    let parts = "\(value.magnitude)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
    var digits = Array(mantissa[0] + fraction)
    // The place of the point, counted from the first digit.
    var point = mantissa[0].count + places
    if parts.count > 1 { point += Int(parts[1]) ?? 0 }
    while point < 1 {
      digits.insert("0", at: 0)
      point += 1
    }
    while digits.count < point { digits.append("0") }
    while point > 1 && digits[0] == "0" {
      digits.removeFirst()
      point -= 1
    }
    while digits.count > point && digits.last == "0" { digits.removeLast() }
    let whole = String(digits[..<point])
    let rest = String(digits[point...])
    return (value < 0 ? "-" : "") + whole + (rest.isEmpty ? "" : "." + rest)
  }
}
