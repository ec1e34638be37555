extension LineChart {
  private static let markersPerLine = 6
  /// In plots up to this width, lines have half as many markers.
  private static let narrowPlot = 30.0

  /// Returns bands, events, guides, lines and markers.
  public func marks(in frame: PlotFrame, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    var bands: [Primitive] = []
    var strokes: [Primitive] = []
    var markers: [Primitive] = []
    for guide in guides {
      let points = guide.samples.compactMap { sample in sample.y.map { frame.point(sample.x, $0) } }
      strokes.append(.polyline(points: points, stroke: Self.guideStroke(theme)))
    }
    for (index, line) in lines.enumerated() {
      let style = theme.palette.style(for: line.series.identifier)
      let stroke = stroke(of: line, theme)
      for run in runs(of: line.samples) {
        bands += band(around: run, of: line, color: style.color.opacity(0.16), in: frame)
        let points = run.compactMap { sample in
          sample.y.map { frame.point(sample.x, $0, on: line.axis) }
        }
        if points.count > 1 {
          strokes.append(.polyline(points: points, stroke: stroke))
        }
      }
      for sample in marked(line.samples, line: index, in: frame) {
        guard let y = sample.y else { continue }
        let center = frame.point(sample.x, y, on: line.axis)
        guard frame.rect.contains(center) else { continue }
        markers.append(
          marker(of: line, theme).primitive(
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

  private func band(
    around run: [Sample], of line: Line, color: Color, in frame: PlotFrame
  ) -> [Primitive] {
    run.split { $0.band == nil }.filter { $0.count > 1 }.map { part in
      let upper = part.compactMap { sample in
        sample.band.map { frame.point(sample.x, $0.upperBound, on: line.axis) }
      }
      let lower = part.compactMap { sample in
        sample.band.map { frame.point(sample.x, $0.lowerBound, on: line.axis) }
      }
      return .polygon(points: upper + lower.reversed(), fill: color, stroke: nil)
    }
  }

  /// Chooses about six points of a line for its marker, other ones on each line.
  private func marked(_ samples: [Sample], line: Int, in frame: PlotFrame) -> [Sample] {
    let isNarrow = frame.rect.width <= Self.narrowPlot
    let wanted = isNarrow ? Self.markersPerLine / 2 : Self.markersPerLine
    guard samples.count > wanted + 2 else { return samples }
    let distance = max(1, samples.count / wanted)
    let start = (line * max(1, distance / max(lines.count, 1)) + distance / 4) % distance
    return stride(from: start, to: samples.count, by: distance).map { samples[$0] }
  }

  /// Returns the height of the rows of event texts above the plot.
  public func headroom(width: Double, horizontal: AxisScale, context: LayoutContext) -> Double {
    let places = eventPlaces(width: width, horizontal: horizontal, context)
    guard let last = places.map(\.row).max() else { return 0 }
    return Double(last + 1) * context.theme.noteFont.lineHeight
  }

  /// Where the texts of events stand: their left ends, and rows counted from the plot upwards.
  private func eventPlaces(width: Double, horizontal: AxisScale, _ context: LayoutContext)
    -> [(event: Event, left: Double, row: Int)]
  {
    var ends: [[ClosedRange<Double>]] = []
    return events.compactMap { event in
      guard horizontal.domain.contains(event.x), !event.label.isEmpty else { return nil }
      let length = context.width(event.label, context.theme.noteFont)
      let middle = horizontal.fraction(of: event.x) * width
      let left = min(max(middle - length / 2, 0), max(width - length, 0))
      let span = (left - 0.6)...(left + length + 0.6)
      let row = ends.firstIndex { !$0.contains { $0.overlaps(span) } } ?? ends.count
      if row == ends.count { ends.append([]) }
      ends[row].append(span)
      return (event, left, row)
    }
  }

  /// The upright lines, and their texts above the plot, in rows where they would collide.
  private func eventMarks(in frame: PlotFrame, _ context: LayoutContext)
    -> (lines: [Primitive], labels: [Primitive])
  {
    let theme = context.theme
    func color(_ event: Event) -> Color {
      event.series.map { theme.palette.style(for: $0.identifier).color } ?? theme.mutedInk
    }
    let upright = events.filter { frame.horizontal.domain.contains($0.x) }.map { event in
      let x = frame.x(event.x)
      return Primitive.polyline(
        points: [Point(x, frame.rect.top), Point(x, frame.rect.bottom)],
        stroke: Stroke(color(event), width: theme.axisWidth, dash: .dashed))
    }
    let places = eventPlaces(
      width: frame.rect.width, horizontal: frame.horizontal, context)
    let labels = places.map { place in
      let baseline = frame.rect.top - 0.7 - Double(place.row) * theme.noteFont.lineHeight
      return Primitive.text(
        TextLabel(
          place.event.label, at: Point(frame.rect.left + place.left, baseline),
          font: theme.noteFont, color: color(place.event)))
    }
    return (upright, labels)
  }
}
