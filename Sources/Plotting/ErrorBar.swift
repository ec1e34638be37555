/// The lines of error bars.
enum ErrorBar {
  /// Returns an upright error bar with caps that reach `cap` millimetres to both sides.
  static func vertical(
    x: Double, from bottom: Double, to top: Double, cap: Double, stroke: Stroke
  ) -> [Primitive] {
    [
      .polyline(points: [Point(x, bottom), Point(x, top)], stroke: stroke),
      .polyline(points: [Point(x - cap, top), Point(x + cap, top)], stroke: stroke),
      .polyline(points: [Point(x - cap, bottom), Point(x + cap, bottom)], stroke: stroke),
    ]
  }

  /// Returns a level error bar with caps that reach `cap` millimetres up and down.
  static func horizontal(
    y: Double, from left: Double, to right: Double, cap: Double, stroke: Stroke
  ) -> [Primitive] {
    [
      .polyline(points: [Point(left, y), Point(right, y)], stroke: stroke),
      .polyline(points: [Point(left, y - cap), Point(left, y + cap)], stroke: stroke),
      .polyline(points: [Point(right, y - cap), Point(right, y + cap)], stroke: stroke),
    ]
  }
}
