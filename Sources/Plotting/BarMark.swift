/// The marker of a method on its own bar, so that bars can be told apart in grey.
enum BarMark {
  /// Returns the marker in black or white, whichever shows on the bar's colour.
  static func primitive(
    _ marker: Marker, at center: Point, size: Double, on color: Color, theme: Theme
  ) -> Primitive {
    let ink = color.readableInk
    let drawn = marker.primitive(at: center, size: size, color: ink, outline: theme.gridWidth)
    guard !marker.isFilled else { return drawn }
    switch drawn {
    case .circle(let center, let radius, _, let stroke):
      return .circle(center: center, radius: radius, fill: color, stroke: stroke)
    case .polygon(let points, _, let stroke):
      return .polygon(points: points, fill: color, stroke: stroke)
    default:
      return drawn
    }
  }
}
