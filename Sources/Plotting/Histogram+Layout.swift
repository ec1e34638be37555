extension Histogram {
  /// Returns the samples with their sizes, the threshold, its band and the highlight.
  public func legend(theme: Theme) -> [LegendEntry] {
    samples.map { sample in
      let style = theme.palette.style(for: sample.series.identifier)
      return LegendEntry(
        .bar(style.color.mixed(with: .white, by: 0.55), nil),
        "\(sample.series.name) (n = \(sample.values.count))")
    } + levels.legend(theme: theme)
  }

  /// Returns the areas behind, the filled steps of each sample, their outlines and the threshold line.
  public func marks(in frame: PlotFrame, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    var fills: [Primitive] = []
    var outlines: [Primitive] = []
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
    return [.beginClip(frame.rect)] + levels.back(in: frame, theme) + fills + outlines
      + levels.front(in: frame, theme) + [.endClip]
  }
}
