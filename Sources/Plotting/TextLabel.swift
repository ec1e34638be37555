/// A face and size of type.
public struct Font: Hashable, Sendable {
  /// The size of the type in points (1/72 inch).
  public var size: Double
  /// Whether the type is bold.
  public var isBold: Bool

  /// Creates a font of `size` points in the theme's family.
  public init(size: Double, bold: Bool = false) {
    self.size = size
    isBold = bold
  }

  /// The size of the type in millimetres.
  public var millimetres: Double { size * 25.4 / 72 }
  /// The height of a capital or a digit in millimetres, by the proportions of DejaVu Sans.
  public var capHeight: Double { 0.729 * millimetres }
  /// The distance of two baselines in millimetres.
  public var lineHeight: Double { 1.22 * millimetres }
}

/// One line of text with its position: what a renderer needs to know to set it.
public struct TextLabel: Hashable, Sendable {
  /// Which part of the line stands at the position.
  public enum Anchor: String, Hashable, Sendable {
    /// The beginning of the line.
    case start
    /// The middle of the line.
    case middle
    /// The end of the line.
    case end
  }

  /// The text, without line breaks.
  public var text: String
  /// The position of the anchor, on the baseline.
  public var position: Point
  /// The face and size.
  public var font: Font
  /// The colour.
  public var color: Color
  /// Which part of the line stands at the position.
  public var anchor: Anchor
  /// The turn around the position in degrees, clockwise.
  public var rotation: Double

  /// Creates a line of text at a position on its baseline.
  public init(
    _ text: String, at position: Point, font: Font, color: Color, anchor: Anchor = .start,
    rotation: Double = 0
  ) {
    self.text = text
    self.position = position
    self.font = font
    self.color = color
    self.anchor = anchor
    self.rotation = rotation
  }
}

/// Something that knows how wide a line of text will be.
public protocol TextMeasurer {
  /// Returns the advance width of one line of text in millimetres.
  func width(of text: String, font: Font) -> Double
}
