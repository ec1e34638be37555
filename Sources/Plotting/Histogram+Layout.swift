extension Histogram {
  private static func thresholdStroke(_ theme: Theme) -> Stroke {
    Stroke(theme.ink, width: theme.lineWidth * 0.8, dash: .dashed)
  }

  private static func bandColor(_ theme: Theme) -> Color { theme.mutedInk.opacity(0.18) }

  /// Returns the samples with their sizes, the threshold and its band.
  public func legend(theme: Theme) -> [LegendEntry] {
    var entries = samples.map { sample -> LegendEntry in
      let style = theme.palette.style(for: sample.series.identifier)
      return LegendEntry(
        .bar(style.color.mixed(with: .white, by: 0.55), nil),
        "\(sample.series.name) (n = \(sample.values.count))")
    }
    if let threshold {
      entries.append(
        LegendEntry(.line(Self.thresholdStroke(theme), nil), threshold.label, isNote: true))
      if threshold.band != nil {
        entries.append(
          LegendEntry(.band(Self.bandColor(theme)), "its interval", isNote: true))
      }
    }
    return entries
  }

  /// Returns the band, the filled steps of each sample, their outlines and the threshold line.
  public func marks(in frame: PlotFrame, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    var back: [Primitive] = []
    var fills: [Primitive] = []
    var outlines: [Primitive] = []
    if let band = threshold?.band {
      let left = frame.x(band.lowerBound)
      back.append(
        .rectangle(
          Rect(
            x: left, y: frame.rect.top, width: frame.x(band.upperBound) - left,
            height: frame.rect.height), fill: Self.bandColor(theme), stroke: nil))
    }
    for sample in samples where !sample.values.isEmpty {
      let style = theme.palette.style(for: sample.series.identifier)
      var steps = [frame.point(edges[0], 0)]
      for (bin, height) in heights(of: sample).enumerated() {
        steps.append(frame.point(edges[bin], height))
        steps.append(frame.point(edges[bin + 1], height))
      }
      steps.append(frame.point(edges[edges.count - 1], 0))
      fills.append(.polygon(points: steps, fill: style.color.opacity(0.35), stroke: nil))
      outlines.append(
        .polyline(
          points: steps, stroke: Stroke(style.color, width: theme.lineWidth * 0.8)))
    }
    if let threshold {
      let x = frame.x(threshold.value)
      outlines.append(
        .polyline(
          points: [Point(x, frame.rect.top), Point(x, frame.rect.bottom)],
          stroke: Self.thresholdStroke(theme)))
    }
    return [.beginClip(frame.rect)] + back + fills + outlines + [.endClip]
  }
}
