/// Draws what stands in front of a legend's text.
enum LegendSample {
  /// The width of every sample in millimetres.
  static let width = 5.0

  /// Returns a sample whose left end is at `left` and whose middle line is at `middle`.
  static func primitives(
    _ sample: LegendEntry.Sample, left: Double, middle: Double, _ context: LayoutContext
  ) -> [Primitive] {
    let theme = context.theme
    let center = Point(left + width / 2, middle)
    let box = Rect(x: left + 0.4, y: middle - 1, width: width - 0.8, height: 2)
    func symbol(_ marker: Marker, _ color: Color) -> Primitive {
      marker.primitive(
        at: center, size: theme.markerSize, color: color, outline: theme.outlineWidth)
    }
    switch sample {
    case .bar(let color, let marker):
      let mark = marker.map {
        BarMark.primitive($0, at: center, size: 1.2, on: color, theme: theme)
      }
      return [.rectangle(box, fill: color, stroke: nil)] + [mark].compactMap { $0 }
    case .line(let stroke, let marker):
      let line = Primitive.polyline(
        points: [Point(left, middle), Point(left + width, middle)], stroke: stroke)
      return [line] + [marker.map { symbol($0, stroke.color) }].compactMap { $0 }
    case .marker(let marker, let color):
      return [symbol(marker, color)]
    case .band(let color):
      return [.rectangle(box, fill: color, stroke: nil)]
    case .errorBar:
      return ErrorBar.vertical(
        x: center.x, from: middle + 1, to: middle - 1, cap: 0.6, stroke: theme.outlineStroke)
    case .shape(let fill, let stroke, let isRound):
      return [
        isRound
          ? .circle(center: center, radius: box.height * 0.55, fill: fill, stroke: stroke)
          : .rectangle(box, fill: fill, stroke: stroke)
      ]
    case .absence(let mark, let hatched):
      let font = theme.legendFont
      let label = TextLabel(
        mark, at: Point(center.x, middle + font.capHeight / 2), font: font,
        color: theme.mutedInk, anchor: .middle)
      guard hatched else { return [.text(label)] }
      let patch = Rect(x: center.x - 0.9, y: box.y, width: 1.8, height: box.height)
      return context.hatching(in: box) + [
        .rectangle(box, fill: nil, stroke: theme.gridStroke),
        .rectangle(patch, fill: theme.background, stroke: nil), .text(label),
      ]
    }
  }
}
