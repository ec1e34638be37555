import Foundation

/// The symbol that stands for a series at a point: an outline, filled or hollow.
public struct Marker: Hashable, Sendable {
  /// The outline of a marker.
  public enum Shape: String, CaseIterable, Hashable, Sendable {
    /// A circle.
    case circle
    /// An upright square.
    case square
    /// A triangle that points upwards.
    case triangleUp
    /// A triangle that points downwards.
    case triangleDown
    /// A triangle that points to the left.
    case triangleLeft
    /// A triangle that points to the right.
    case triangleRight
    /// A regular pentagon.
    case pentagon
    /// A star of five points.
    case star
    /// An upright cross with thick arms.
    case plus
    /// A diagonal cross with thick arms.
    case cross
    /// A square on its corner, kept for published values.
    case diamond
    /// Two triangles, one on the other, that touch at their points.
    case hourglass
    /// Two triangles side by side that touch at their points.
    case bowtie
    /// An upright rectangle.
    case tall
    /// A lying rectangle.
    case wide
  }

  /// The outline.
  public var shape: Shape
  /// Whether the outline is filled with the colour of its series; otherwise it is white inside.
  public var isFilled: Bool

  /// Creates a marker.
  public init(_ shape: Shape, filled: Bool = true) {
    self.shape = shape
    isFilled = filled
  }

  /// The marker of a value printed in a paper, in every figure.
  public static let published = Marker(.diamond, filled: false)

  /// Returns the primitive that draws the marker.
  ///
  /// - Parameters:
  ///   - center: the middle of the marker.
  ///   - size: the diameter of a circle with about the marker's area, in millimetres.
  ///   - color: the colour of the outline, and of the inside when the marker is filled.
  ///   - outline: the width of the outline in millimetres.
  /// - Returns: a circle or a polygon.
  public func primitive(
    at center: Point, size: Double, color: Color, outline: Double
  ) -> Primitive {
    let fill = isFilled ? color : Color.white
    let stroke = Stroke(color, width: outline)
    if shape == .circle {
      return .circle(center: center, radius: size / 2, fill: fill, stroke: stroke)
    }
    let points = corners.map { Point(center.x + $0.x * size / 2, center.y + $0.y * size / 2) }
    return .polygon(points: points, fill: fill, stroke: stroke)
  }

  /// Returns the primitive that draws the marker as one of thousands: small, without an outline of
  /// its own, so that a translucent colour is equally strong all over it.
  func dot(at center: Point, size: Double, color: Color) -> Primitive {
    let drawn = primitive(at: center, size: size, color: color, outline: size / 4)
    switch drawn {
    case .circle(let center, let radius, let fill, let stroke):
      return .circle(
        center: center, radius: radius, fill: isFilled ? fill : nil,
        stroke: isFilled ? nil : stroke)
    case .polygon(let points, let fill, let stroke):
      return .polygon(
        points: points, fill: isFilled ? fill : nil, stroke: isFilled ? nil : stroke)
    default:
      return drawn
    }
  }

  /// The corners of the outline around the origin, for a circle of radius 1.
  private var corners: [Point] {
    switch shape {
    case .circle: []
    case .square: Self.ring(count: 4, radius: 1.25, from: .pi / 4)
    case .diamond: Self.ring(count: 4, radius: 1.3, from: 0)
    case .triangleUp: Self.ring(count: 3, radius: 1.35, from: -.pi / 2)
    case .triangleDown: Self.ring(count: 3, radius: 1.35, from: .pi / 2)
    case .triangleLeft: Self.ring(count: 3, radius: 1.35, from: .pi)
    case .triangleRight: Self.ring(count: 3, radius: 1.35, from: 0)
    case .pentagon: Self.ring(count: 5, radius: 1.15, from: -.pi / 2)
    case .star:
      zip(
        Self.ring(count: 5, radius: 1.45, from: -.pi / 2),
        Self.ring(count: 5, radius: 0.6, from: -.pi / 2 + .pi / 5)
      ).flatMap { [$0, $1] }
    case .plus: Self.arms(turnedBy: 0)
    case .cross: Self.arms(turnedBy: .pi / 4)
    case .hourglass: Self.waist
    case .bowtie: Self.waist.map { Point($0.y, $0.x) }
    case .tall: Self.box(width: 0.6, height: 1.35)
    case .wide: Self.box(width: 1.35, height: 0.6)
    }
  }

  private static let waist = [
    Point(-1.1, -1.2), Point(1.1, -1.2), Point(0.15, 0), Point(1.1, 1.2), Point(-1.1, 1.2),
    Point(-0.15, 0),
  ]

  private static func box(width: Double, height: Double) -> [Point] {
    [Point(-width, -height), Point(width, -height), Point(width, height), Point(-width, height)]
  }

  private static func ring(count: Int, radius: Double, from angle: Double) -> [Point] {
    (0..<count).map { index in
      let turn = angle + 2 * .pi * Double(index) / Double(count)
      return Point(radius * cos(turn), radius * sin(turn))
    }
  }

  private static func arms(turnedBy angle: Double) -> [Point] {
    let half = 0.42
    let reach = 1.25
    let quarter = [Point(half, -half), Point(reach, -half), Point(reach, half)]
    return (0..<4).flatMap { turn in
      quarter.map { corner in
        let rotation = angle + Double(turn) * .pi / 2
        return Point(
          corner.x * cos(rotation) - corner.y * sin(rotation),
          corner.x * sin(rotation) + corner.y * cos(rotation))
      }
    }
  }
}
