extension LineChart {
  private static let markersPerLine = 6

  /// Returns bands, events, lines and markers.
  public func marks(in frame: PlotFrame, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    var bands: [Primitive] = []
    var strokes: [Primitive] = []
    var markers: [Primitive] = []
    for (index, line) in lines.enumerated() {
      let style = theme.palette.style(for: line.series.identifier)
      let stroke = stroke(of: line, theme)
      for run in runs(of: line.samples) {
        bands += band(around: run, color: style.color.opacity(0.16), in: frame)
        let points = run.compactMap { sample in sample.y.map { frame.point(sample.x, $0) } }
        if points.count > 1 {
          strokes.append(.polyline(points: points, stroke: stroke))
        }
      }
      for sample in marked(line.samples, line: index) {
        guard let y = sample.y else { continue }
        let center = frame.point(sample.x, y)
        guard frame.rect.contains(center) else { continue }
        markers.append(
          style.marker.primitive(
            at: center, size: theme.markerSize * 0.9, color: style.color,
            outline: theme.outlineWidth))
      }
    }
    let (eventLines, eventLabels) = eventMarks(in: frame, context)
    return [.beginClip(frame.rect)] + bands + eventLines + strokes + [.endClip] + markers
      + eventLabels
  }

  /// Splits points into runs without a missing number.
  private func runs(of samples: [Sample]) -> [[Sample]] {
    samples.split { $0.y == nil }.map(Array.init)
  }

  private func band(around run: [Sample], color: Color, in frame: PlotFrame) -> [Primitive] {
    run.split { $0.band == nil }.filter { $0.count > 1 }.map { part in
      let upper = part.compactMap { sample in
        sample.band.map { frame.point(sample.x, $0.upperBound) }
      }
      let lower = part.compactMap { sample in
        sample.band.map { frame.point(sample.x, $0.lowerBound) }
      }
      return .polygon(points: upper + lower.reversed(), fill: color, stroke: nil)
    }
  }

  /// Chooses about six points of a line for its marker, other ones on each line.
  private func marked(_ samples: [Sample], line: Int) -> [Sample] {
    guard samples.count > Self.markersPerLine + 2 else { return samples }
    let distance = max(1, samples.count / Self.markersPerLine)
    let start = (line * max(1, distance / max(lines.count, 1)) + distance / 4) % distance
    return stride(from: start, to: samples.count, by: distance).map { samples[$0] }
  }

  /// The upright lines, and their texts along the upper edge, in rows where they would collide.
  private func eventMarks(in frame: PlotFrame, _ context: LayoutContext)
    -> (lines: [Primitive], labels: [Primitive])
  {
    let theme = context.theme
    let font = theme.noteFont
    var upright: [Primitive] = []
    var labels: [Primitive] = []
    var taken: [Rect] = []
    for event in events where frame.horizontal.domain.contains(event.x) {
      let color =
        event.series.map { theme.palette.style(for: $0.identifier).color } ?? theme.mutedInk
      let x = frame.x(event.x)
      upright.append(
        .polyline(
          points: [Point(x, frame.rect.top), Point(x, frame.rect.bottom)],
          stroke: Stroke(color, width: theme.axisWidth, dash: .dashed)))
      guard !event.label.isEmpty else { continue }
      let width = context.width(event.label, font)
      let left = x + 0.6 + width <= frame.rect.right ? x + 0.6 : x - 0.6 - width
      var box = Rect(x: left, y: frame.rect.top + 0.4, width: width, height: font.capHeight)
      while taken.contains(where: { $0.overlap(box) > 0 }) { box.y += font.lineHeight }
      taken.append(box)
      labels.append(
        .rectangle(
          Rect(x: box.x - 0.3, y: box.y - 0.3, width: box.width + 0.6, height: box.height + 0.6),
          fill: theme.background.opacity(0.85), stroke: nil))
      labels.append(
        .text(TextLabel(event.label, at: Point(box.left, box.bottom), font: font, color: color)))
    }
    return (upright, labels)
  }
}
