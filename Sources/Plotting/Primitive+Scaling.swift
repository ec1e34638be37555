extension Primitive {
  /// Returns the step with all positions, lengths and type sizes multiplied, then moved so that the
  /// origin comes to `origin`.
  func scaled(by factor: Double, movedTo origin: Point) -> Primitive {
    func place(_ point: Point) -> Point {
      Point(origin.x + point.x * factor, origin.y + point.y * factor)
    }
    func place(_ rect: Rect) -> Rect {
      let corner = place(Point(rect.x, rect.y))
      return Rect(
        x: corner.x, y: corner.y, width: rect.width * factor, height: rect.height * factor)
    }
    func place(_ stroke: Stroke?) -> Stroke? {
      stroke.map { Stroke($0.color, width: $0.width * factor, dash: $0.dash) }
    }
    switch self {
    case .polyline(let points, let stroke):
      return .polyline(
        points: points.map(place),
        stroke: Stroke(stroke.color, width: stroke.width * factor, dash: stroke.dash))
    case .polygon(let points, let fill, let stroke):
      return .polygon(points: points.map(place), fill: fill, stroke: place(stroke))
    case .rectangle(let rect, let fill, let stroke):
      return .rectangle(place(rect), fill: fill, stroke: place(stroke))
    case .circle(let center, let radius, let fill, let stroke):
      return .circle(
        center: place(center), radius: radius * factor, fill: fill, stroke: place(stroke))
    case .text(var label):
      label.position = place(label.position)
      label.font.size *= factor
      return .text(label)
    case .image(let raster, let rect):
      return .image(raster, in: place(rect))
    case .beginClip(let rect):
      return .beginClip(place(rect))
    case .beginPixels(let rect):
      return .beginPixels(place(rect))
    case .endClip, .endPixels:
      return self
    }
  }
}
