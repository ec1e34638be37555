import Foundation

/// A colour in sRGB with opacity, each component in 0...1.
public struct Color: Hashable, Sendable {
  /// The red component, in 0...1.
  public var red: Double
  /// The green component, in 0...1.
  public var green: Double
  /// The blue component, in 0...1.
  public var blue: Double
  /// The opacity, in 0...1.
  public var alpha: Double

  /// Creates a colour from its sRGB components, each in 0...1.
  public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }

  /// Creates an opaque colour from a number written as `0xRRGGBB`.
  public init(_ hex: UInt32) {
    self.init(
      red: Double((hex >> 16) & 0xFF) / 255,
      green: Double((hex >> 8) & 0xFF) / 255,
      blue: Double(hex & 0xFF) / 255)
  }

  /// Pure white.
  public static let white = Color(0xFFFFFF)
  /// Pure black.
  public static let black = Color(0x000000)

  /// Returns the colour with another opacity in 0...1.
  public func opacity(_ alpha: Double) -> Color {
    Color(red: red, green: green, blue: blue, alpha: alpha)
  }

  /// Returns the colour mixed with another, component by component; 0 is this one, 1 the other.
  public func mixed(with other: Color, by share: Double) -> Color {
    Color(
      red: red + (other.red - red) * share,
      green: green + (other.green - green) * share,
      blue: blue + (other.blue - blue) * share,
      alpha: alpha + (other.alpha - alpha) * share)
  }

  /// The relative luminance Y of the colour under D65, in 0...1 (IEC 61966-2-1).
  public var luminance: Double {
    func linear(_ value: Double) -> Double {
      value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126729 * linear(red) + 0.7151522 * linear(green) + 0.0721750 * linear(blue)
  }

  /// The CIE 1976 lightness L*, in 0...100: what is left of the colour in a print in grey.
  public var lightness: Double {
    let y = luminance
    return y > 216.0 / 24389.0 ? 116 * cbrt(y) - 16 : 24389.0 / 27.0 * y
  }

  /// Black or white, whichever is easier to read on this colour.
  public var readableInk: Color {
    lightness > 55 ? Color(0x1A1A1A) : .white
  }

  /// Returns the colour mixed with so much black that its lightness is at most `limit`: for text.
  public func darkened(toLightness limit: Double) -> Color {
    let shares = (0...50).lazy.map { Double($0) / 50 }
    let share = shares.first { mixed(with: .black, by: $0).lightness <= limit }
    return mixed(with: .black.opacity(alpha), by: share ?? 1)
  }

  /// The colour as `#RRGGBB`, followed by `@` and the opacity where it is not 1.
  public var description: String {
    let bytes = [red, green, blue].map { Int((min(max($0, 0), 1) * 255).rounded()) }
    let hex = bytes.map { String(format: "%02X", $0) }.joined()
    return alpha == 1 ? "#\(hex)" : "#\(hex)@\(String(format: "%.2f", alpha))"
  }
}

extension Color: CustomStringConvertible {}
