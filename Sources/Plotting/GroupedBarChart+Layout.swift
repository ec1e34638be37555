extension GroupedBarChart {
  /// The share of a group's place that its bars take.
  private static let groupFill = 0.88

  /// Returns methods, printed values, error bars, reference line and reasons of absence.
  public func legend(theme: Theme) -> [LegendEntry] {
    let all = cells.flatMap { $0 }
    var entries = series.map { key -> LegendEntry in
      let style = theme.palette.style(for: key.identifier)
      return LegendEntry(.bar(style.color, style.marker), key.name)
    }
    if all.contains(where: { $0.published != nil }) {
      entries.append(
        LegendEntry(.line(theme.outlineStroke, .published), "published", isNote: true))
    }
    if let spreadMeaning, all.contains(where: { $0.measured?.interval != nil }) {
      let count = plannedCount.map { ", n = \($0) unless marked" } ?? ""
      entries.append(LegendEntry(.errorBar, spreadMeaning + count, isNote: true))
    }
    if let referenceLine {
      entries.append(
        LegendEntry(
          .line(Self.referenceStroke(theme), nil), referenceLine.meaning, isNote: true))
    }
    var seen: Set<Absence> = []
    for absence in all.compactMap(\.absence) where seen.insert(absence).inserted {
      entries.append(
        LegendEntry(
          .absence(absence.mark, hatched: false), absence.explanation, isNote: true))
    }
    return entries
  }

  /// Returns the room for numbers of runs above bars that reach the upper end of the axis.
  public func headroom(width: Double, horizontal: AxisScale, context: LayoutContext) -> Double {
    let domain = verticalAxis.domain(for: verticalExtent)
    let limit = domain.upperBound - 0.1 * (domain.upperBound - domain.lowerBound)
    let isNeeded = cells.flatMap { $0 }.contains { cell in
      guard let plannedCount, let measured = cell.measured, let count = measured.count else {
        return false
      }
      let highest = max(measured.extent.upperBound, cell.published?.value ?? measured.value)
      return count != plannedCount && highest > limit
    }
    return isNeeded ? context.width("n=00", context.theme.noteFont) : 0
  }

  /// Returns the bars, error bars, printed values and marks of absence.
  public func marks(in frame: PlotFrame, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    let slot = frame.rect.width / Double(max(cells.count, 1)) * Self.groupFill
    let width = min(slot / Double(max(series.count, 1)), 9)
    var bars: [Primitive] = []
    var above: [Primitive] = []
    for (group, row) in cells.enumerated() {
      let left = frame.x(Double(group)) - width * Double(series.count) / 2
      for (index, cell) in row.enumerated() {
        let center = left + (Double(index) + 0.5) * width
        let style = theme.palette.style(for: series[index].identifier)
        if let measured = cell.measured {
          bars += bar(measured, style, center: center, width: width, in: frame, theme)
          above += count(of: measured, cell.published, center: center, in: frame, context)
        } else if let absence = cell.absence {
          let baseline = frame.y(max(0, frame.vertical.domain.lowerBound)) - 0.6
          above.append(
            .text(
              TextLabel(
                absence.mark, at: Point(center, baseline), font: theme.tickFont,
                color: theme.mutedInk, anchor: .middle)))
        }
        if let published = cell.published {
          above += mark(of: published, center: center, width: width, in: frame, theme)
        }
      }
    }
    return [.beginClip(frame.rect)] + reference(in: frame, theme) + bars + [.endClip] + above
      + referenceLabel(in: frame, context)
  }

  private static func referenceStroke(_ theme: Theme) -> Stroke {
    Stroke(theme.mutedInk, width: theme.axisWidth, dash: .dashed)
  }

  private func reference(in frame: PlotFrame, _ theme: Theme) -> [Primitive] {
    guard let referenceLine else { return [] }
    let y = frame.y(referenceLine.value)
    return [
      .polyline(
        points: [Point(frame.rect.left, y), Point(frame.rect.right, y)],
        stroke: Self.referenceStroke(theme))
    ]
  }

  /// The text on the reference line: at its right end, above it where there is room, on a patch
  /// of the page's colour.
  private func referenceLabel(in frame: PlotFrame, _ context: LayoutContext) -> [Primitive] {
    guard let referenceLine, let label = referenceLine.label else { return [] }
    let theme = context.theme
    let font = theme.tickFont
    let y = frame.y(referenceLine.value)
    guard frame.rect.contains(Point(frame.rect.right, y)) else { return [] }
    let distance = 0.7
    let isAbove = y - frame.rect.top >= font.capHeight + 2 * distance
    let baseline = isAbove ? y - distance : y + distance + font.capHeight
    let width = context.width(label, font)
    let right = frame.rect.right - 0.6
    let patch = Rect(
      x: right - width - 0.4, y: baseline - font.capHeight - 0.3, width: width + 0.8,
      height: font.capHeight + 0.6)
    return [
      .rectangle(patch, fill: theme.background.opacity(0.85), stroke: nil),
      .text(
        TextLabel(
          label, at: Point(right, baseline), font: font, color: theme.mutedInk, anchor: .end)),
    ]
  }

  private func bar(
    _ measured: Estimate, _ style: MethodStyle, center: Double, width: Double,
    in frame: PlotFrame, _ theme: Theme
  ) -> [Primitive] {
    let domain = frame.vertical.domain
    let base = frame.y(min(max(0, domain.lowerBound), domain.upperBound))
    let end = frame.y(measured.value)
    let inner = width * (width > 1.5 ? 0.9 : 1)
    let body = Rect(
      x: center - inner / 2, y: min(base, end), width: inner, height: abs(base - end))
    var primitives: [Primitive] = [.rectangle(body, fill: style.color, stroke: nil)]
    let size = min(inner * 0.55, 1.4)
    if body.height > size * 2.6, size > 0.5 {
      let foot = Point(center, end < base ? base - size * 1.1 : base + size * 1.1)
      primitives.append(
        BarMark.primitive(style.marker, at: foot, size: size, on: style.color, theme: theme))
    }
    if let interval = measured.interval {
      let halo = Stroke(theme.background, width: theme.outlineWidth * 2.6)
      let ends = (frame.y(interval.lowerBound), frame.y(interval.upperBound))
      for stroke in [halo, theme.outlineStroke] {
        primitives += ErrorBar.vertical(
          x: center, from: ends.0, to: ends.1, cap: min(inner * 0.25, 0.8), stroke: stroke)
      }
    }
    return primitives
  }

  private func count(
    of measured: Estimate, _ published: Estimate?, center: Double, in frame: PlotFrame,
    _ context: LayoutContext
  ) -> [Primitive] {
    guard let plannedCount, let count = measured.count, count != plannedCount else { return [] }
    let font = context.theme.noteFont
    let highest = max(measured.extent.upperBound, published?.value ?? measured.value)
    let position = Point(center + font.capHeight / 2, frame.y(highest) - 1.3)
    return [
      .text(
        TextLabel(
          "n=\(count)", at: position, font: font, color: context.theme.ink, rotation: -90))
    ]
  }

  private func mark(
    of published: Estimate, center: Double, width: Double, in frame: PlotFrame, _ theme: Theme
  ) -> [Primitive] {
    let y = frame.y(published.value)
    guard frame.rect.contains(Point(center, y)) else { return [] }
    let reach = min(width * 0.5, 2.2)
    let level = [Point(center - reach, y), Point(center + reach, y)]
    return [
      .polyline(
        points: level, stroke: Stroke(theme.background, width: theme.outlineWidth * 3)),
      .polyline(points: level, stroke: theme.outlineStroke),
      Marker.published.primitive(
        at: Point(center, y), size: min(width * 0.5, 1.3), color: theme.ink,
        outline: theme.outlineWidth),
    ]
  }
}
