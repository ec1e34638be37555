/// A position on the page, in millimetres from the top left corner; `y` grows downwards.
public struct Point: Hashable, Sendable {
  /// Millimetres from the left edge.
  public var x: Double
  /// Millimetres from the top edge.
  public var y: Double

  /// Creates the position (`x`, `y`), in millimetres.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// An extent on the page, in millimetres.
public struct Size: Hashable, Sendable {
  /// Horizontal extent in millimetres.
  public var width: Double
  /// Vertical extent in millimetres.
  public var height: Double

  /// Creates the extent `width` by `height`, in millimetres.
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

/// An upright rectangle on the page, in millimetres.
public struct Rect: Hashable, Sendable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// The horizontal extent, not negative.
  public var width: Double
  /// The vertical extent, not negative.
  public var height: Double

  /// Creates a rectangle from its top left corner and its extent, in millimetres.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The horizontal position of the left edge.
  public var left: Double { x }
  /// The horizontal position of the right edge.
  public var right: Double { x + width }
  /// The vertical position of the upper edge.
  public var top: Double { y }
  /// The vertical position of the lower edge.
  public var bottom: Double { y + height }
  /// The middle of the rectangle.
  public var center: Point { Point(x + width / 2, y + height / 2) }

  /// Returns this rectangle with its edges moved inwards by the given distances.
  public func inset(
    left: Double = 0, top: Double = 0, right: Double = 0, bottom: Double = 0
  ) -> Rect {
    Rect(
      x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
  }

  /// Returns whether the position lies inside or, within a rounding error, on the edge.
  public func contains(_ point: Point) -> Bool {
    let slack = 1e-6
    return point.x >= left - slack && point.x <= right + slack
      && point.y >= top - slack && point.y <= bottom + slack
  }

  /// Returns the area shared with another rectangle, in square millimetres.
  public func overlap(_ other: Rect) -> Double {
    let across = min(right, other.right) - max(left, other.left)
    let down = min(bottom, other.bottom) - max(top, other.top)
    return max(0, across) * max(0, down)
  }
}
