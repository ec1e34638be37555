/// The threshold line, its band and the highlighted range that distributions can carry.
struct LevelMarks {
  var threshold: Histogram.Threshold?
  var highlight: Histogram.Highlight?

  private static func thresholdStroke(_ theme: Theme) -> Stroke {
    Stroke(theme.ink, width: theme.lineWidth * 0.8, dash: .dashed)
  }

  private static func bandColor(_ theme: Theme) -> Color { theme.mutedInk.opacity(0.18) }

  /// Returns the entries of the legend.
  func legend(theme: Theme) -> [LegendEntry] {
    var entries: [LegendEntry] = []
    if let threshold {
      entries.append(
        LegendEntry(.line(Self.thresholdStroke(theme), nil), threshold.label, isNote: true))
      if threshold.band != nil {
        entries.append(
          LegendEntry(.band(Self.bandColor(theme)), "its interval", isNote: true))
      }
    }
    if let highlight {
      entries.append(LegendEntry(.band(theme.highlightColor), highlight.label, isNote: true))
    }
    return entries
  }

  /// Returns the areas behind the data.
  func back(in frame: PlotFrame, _ theme: Theme) -> [Primitive] {
    func area(_ range: ClosedRange<Double>, _ color: Color) -> Primitive {
      let left = frame.x(range.lowerBound)
      return .rectangle(
        Rect(
          x: left, y: frame.rect.top, width: frame.x(range.upperBound) - left,
          height: frame.rect.height), fill: color, stroke: nil)
    }
    var primitives: [Primitive] = []
    if let highlight { primitives.append(area(highlight.range, theme.highlightColor)) }
    if let band = threshold?.band { primitives.append(area(band, Self.bandColor(theme))) }
    return primitives
  }

  /// Returns the line before the data.
  func front(in frame: PlotFrame, _ theme: Theme) -> [Primitive] {
    guard let threshold else { return [] }
    let x = frame.x(threshold.value)
    return [
      .polyline(
        points: [Point(x, frame.rect.top), Point(x, frame.rect.bottom)],
        stroke: Self.thresholdStroke(theme))
    ]
  }

  /// The numbers that must lie on the axis.
  var extent: ClosedRange<Double>? {
    .covering(
      [threshold?.value, highlight?.range.lowerBound, highlight?.range.upperBound]
        .compactMap { $0 })
  }

  /// Throws when a number is not finite.
  func validate(chart: String) throws(PlotError) {
    let levels = [threshold?.value, threshold?.band?.lowerBound, threshold?.band?.upperBound]
    guard levels.allSatisfy({ $0?.isFinite ?? true }) else {
      throw .notFinite(chart: chart, item: "the threshold")
    }
    guard highlight.map({ $0.range.lowerBound.isFinite && $0.range.upperBound.isFinite }) ?? true
    else {
      throw .notFinite(chart: chart, item: "the highlighted range")
    }
  }

  /// The rows of a table: kind, label and the ends of the range.
  var rows: [(kind: String, label: String, range: ClosedRange<Double>)] {
    let level = threshold.map { ("threshold", $0.label, $0.band ?? $0.value...$0.value) }
    let marked = highlight.map { ("highlight", $0.label, $0.range) }
    return [level, marked].compactMap { $0 }
  }
}
