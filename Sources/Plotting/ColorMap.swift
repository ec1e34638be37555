/// A map from a number in 0...1 to a colour, by linear interpolation between fixed colours.
public struct ColorMap: Hashable, Sendable {
  /// The colours at equal distances from 0 to 1; at least two.
  public var stops: [Color]

  /// Creates a map through the given colours, which stand at equal distances from 0 to 1.
  public init(stops: [Color]) {
    precondition(stops.count >= 2, "a colour map needs two colours, not \(stops.count)")
    self.stops = stops
  }

  /// Pale yellow over green to dark blue: lightness falls steadily, so it survives grey print.
  public static let sequential = ColorMap(
    stops: [0xFBF8D8, 0xCFE6B8, 0x8CCBB2, 0x4BA3B0, 0x2F75A0, 0x2B4A82, 0x1F2557].map(Color.init)
  )

  /// Blue over near-white to orange-brown, for signed values; equal lightness at equal distance.
  public static let diverging = ColorMap(
    stops: [0x1B4F8F, 0x5C93C7, 0xAFCDE6, 0xF6F6F4, 0xF3C795, 0xD58A3A, 0x8F4A0B].map(Color.init)
  )

  /// Returns the colour at `position`, which is first limited to 0...1.
  public func color(at position: Double) -> Color {
    let scaled = min(max(position, 0), 1) * Double(stops.count - 1)
    let index = min(Int(scaled), stops.count - 2)
    return stops[index].mixed(with: stops[index + 1], by: scaled - Double(index))
  }
}
