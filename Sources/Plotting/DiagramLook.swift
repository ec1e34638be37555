import Foundation

/// Fill, outline and corners of a node.
struct DiagramLook {
  var fill: Color
  var stroke: Stroke
  var cornerRadius: Double

  /// The look of a kind of node, in the colour of a series if there is one.
  init(_ kind: Diagram.Node.Kind, series: SeriesKey?, _ theme: Theme) {
    let width = theme.outlineWidth
    switch kind {
    case .data:
      self.init(Color(0xE6EEF6), Stroke(Color(0x0A5AA0), width: width), 0)
    case .process:
      self.init(theme.background, Stroke(theme.ink, width: width), 1.3)
    case .model:
      self.init(Color(0xFBE9CF), Stroke(Color(0x8A5A12), width: width * 2), 1.3)
    case .observed:
      self.init(Color(0xCFCFCF), Stroke(theme.ink, width: width * 1.3), 0)
    case .latent:
      self.init(theme.background, Stroke(theme.ink, width: width * 1.3), 0)
    case .note:
      self.init(theme.background.opacity(0), Stroke(theme.background.opacity(0), width: width), 0)
    }
    if let series, kind != .note {
      let color = theme.palette.style(for: series.identifier).color
      stroke.color = color
      stroke.width = max(stroke.width, width * 1.6)
      fill = color.mixed(with: theme.background, by: kind == .observed ? 0.7 : 0.88)
    }
  }

  private init(_ fill: Color, _ stroke: Stroke, _ cornerRadius: Double) {
    self.fill = fill
    self.stroke = stroke
    self.cornerRadius = cornerRadius
  }

  /// Returns a rectangle with the look's corners.
  func box(_ rect: Rect) -> Primitive {
    guard cornerRadius > 0 else { return .rectangle(rect, fill: fill, stroke: stroke) }
    return .polygon(points: Self.rounded(rect, radius: cornerRadius), fill: fill, stroke: stroke)
  }

  /// The outline of a rectangle whose corners are quarters of a circle, in six steps each.
  private static func rounded(_ rect: Rect, radius: Double) -> [Point] {
    let radius = min(radius, rect.width / 2, rect.height / 2)
    let corners = [
      Point(rect.right - radius, rect.top + radius),
      Point(rect.right - radius, rect.bottom - radius),
      Point(rect.left + radius, rect.bottom - radius), Point(rect.left + radius, rect.top + radius),
    ]
    return corners.enumerated().flatMap { index, center in
      (0...6).map { step in
        let angle = (Double(index) - 1 + Double(step) / 6) * .pi / 2
        return Point(center.x + radius * cos(angle), center.y + radius * sin(angle))
      }
    }
  }
}
