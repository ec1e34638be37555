/// The pattern of a drawn line: lengths of dashes and gaps in units of the line's width.
public enum Dash: String, CaseIterable, Hashable, Sendable {
  /// An unbroken line.
  case solid
  /// Dashes of four widths.
  case dashed
  /// Dots of one width.
  case dotted
  /// A dash and a dot in turn.
  case dashDot
  /// Dashes of eight widths.
  case longDash

  /// The lengths of dashes and gaps in turn, in units of the line's width; empty when solid.
  public var pattern: [Double] {
    switch self {
    case .solid: []
    case .dashed: [4, 2]
    case .dotted: [1, 1.5]
    case .dashDot: [5, 1.5, 1, 1.5]
    case .longDash: [8, 2]
    }
  }
}

/// How a line is drawn: colour, width in millimetres and pattern.
public struct Stroke: Hashable, Sendable {
  /// The colour of the line.
  public var color: Color
  /// The width of the line in millimetres.
  public var width: Double
  /// The pattern of the line.
  public var dash: Dash

  /// Creates a stroke of `width` millimetres.
  public init(_ color: Color, width: Double, dash: Dash = .solid) {
    self.color = color
    self.width = width
    self.dash = dash
  }
}
