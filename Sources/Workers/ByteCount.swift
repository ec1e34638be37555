/// A number of bytes as people write it: `8G`, `512M`, `1.5 GB`.
public struct ByteCount: Hashable, Sendable, CustomStringConvertible {
  /// The number of bytes.
  public let bytes: Int

  private static let units = ["", "K", "M", "G", "T"]

  /// Takes a number over.
  public init(_ bytes: Int) { self.bytes = bytes }

  /// Reads a number with a unit of 1024 (K, M, G, T, in either case, a B or iB after it allowed); nil
  /// when it is none, or not above zero.
  public init?(_ text: String) {
    var digits = Substring(text.uppercased()).filter { $0 != " " }
    for ending in ["IB", "B"] where digits.hasSuffix(ending) {
      digits.removeLast(ending.count)
      break
    }
    let power = Self.units.lastIndex { !$0.isEmpty && digits.hasSuffix($0) } ?? 0
    if power > 0 { digits.removeLast() }
    var unit = 1.0
    for _ in 0..<power { unit *= 1024 }
    guard let number = Double(digits), number.isFinite, number > 0, number * unit < 1e18,
      number * unit >= 1, digits.allSatisfy({ $0.isNumber || $0 == "." })
    else { return nil }
    bytes = Int(number * unit)
  }

  /// Three digits and a unit, such as `1.50 GB`.
  public var description: String {
    var value = Double(bytes)
    var power = 0
    while value >= 999.5 && power < Self.units.count - 1 {
      value /= 1024
      power += 1
    }
    let decimals = power == 0 || value >= 99.5 ? 0 : value >= 9.95 ? 1 : 2
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let rounded = Int((value * scale).rounded())
    guard decimals > 0 else { return "\(rounded) \(Self.units[power])B" }
    let fraction = String(rounded % Int(scale))
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(rounded / Int(scale)).\(zeros)\(fraction) \(Self.units[power])B"
  }
}
