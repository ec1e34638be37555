extension AxesLayout {
  /// Returns the space that tick labels and axis labels need around the plot, whose size follows
  /// from that of the rectangle unless it is given.
  static func margins(
    _ chart: any CartesianChart, in rect: Rect, context: LayoutContext, sides: Sides,
    plot: Size? = nil
  ) -> Margins {
    let theme = context.theme
    guard chart.showsAxes else {
      let line = theme.gridWidth / 2
      return Margins(left: line, top: line, right: line, bottom: line)
    }
    let wrapGuess = Size(width: rect.width * 0.85, height: rect.height * 0.8)
    var margins = Margins()
    var size = plot ?? wrapGuess
    for _ in 0..<2 {
      let scales = scales(chart, size: size, context)
      let names = CategoryLabels(axis: chart.horizontalAxis, width: size.width, context: context)
      let headroom = chart.headroom(
        width: size.width, horizontal: scales.horizontal, context: context)
      margins.top = max(theme.tickFont.capHeight / 2, theme.gap / 2) + headroom
      margins.right = theme.gap / 2
      if sides.left {
        margins.left = room(for: chart.verticalAxis, scales.vertical, height: size.height, context)
      }
      if let axis = chart.rightAxis, let scale = scales.right {
        margins.right =
          sides.right ? room(for: axis, scale, height: size.height, context) : theme.tickLength
      }
      if sides.bottom {
        margins.bottom = theme.tickLength + 0.8
        margins.bottom += names?.height ?? context.height(lines: 1, theme.tickFont)
        if !chart.horizontalAxis.label.isEmpty {
          let lines = context.wrap(chart.horizontalAxis.label, to: size.width, theme.labelFont)
          margins.bottom += context.height(lines: lines.count, theme.labelFont) + theme.gap
        }
        if names == nil, let last = scales.horizontal.ticks.last {
          let room = (1 - scales.horizontal.fraction(of: last.value)) * size.width
          margins.right = max(
            margins.right, context.width(last.label, theme.tickFont) / 2 - room + 0.3)
        }
        if let names { margins.left = max(margins.left, names.overhang) }
      }
      if plot != nil { break }
      size = Size(
        width: max(rect.width - margins.left - margins.right, 5),
        height: max(rect.height - margins.top - margins.bottom, 5))
    }
    return margins
  }

  /// Returns how many lines the labels of the axes take in a plot of a size.
  static func labelLines(
    _ chart: any CartesianChart, width: Double, height: Double, _ context: LayoutContext
  ) -> [Int] {
    let font = context.theme.labelFont
    return [context.wrap(chart.horizontalAxis.label, to: width, font).count]
      + [chart.verticalAxis, chart.rightAxis].compactMap { $0 }.map {
        context.wrap($0.label, to: height, font).count
      }
  }

  /// Returns the width of a vertical axis: its tick, its tick labels and its label.
  private static func room(
    for axis: Axis, _ scale: AxisScale, height: Double, _ context: LayoutContext
  ) -> Double {
    let theme = context.theme
    let ticks = context.width(scale.ticks.map(\.label), theme.tickFont) + theme.tickLength + 0.8
    guard !axis.label.isEmpty else { return ticks }
    let lines = context.wrap(axis.label, to: height, theme.labelFont)
    return ticks + (context.height(lines: lines.count, theme.labelFont) + theme.gap)
  }

  /// Returns the axes laid out for a size of the plot.
  static func scales(_ chart: any CartesianChart, size: Size, _ context: LayoutContext)
    -> Scales
  {
    let theme = context.theme
    let most = min(max(Int(size.height / 6.5), 3), 8)
    let (vertical, right) = verticalScales(chart, atMost: most)
    var limit = min(max(Int(size.width / 8), 2), 11)
    var horizontal = AxisScale(
      chart.horizontalAxis, extent: chart.horizontalExtent, atMost: limit)
    while limit > 2, horizontal.ticks.count > 1 {
      let places = horizontal.ticks.map { horizontal.fraction(of: $0.value) }
      let distances = zip(places.dropFirst(), places).map { $0 - $1 }
      let room =
        size.width * (horizontal.isLogarithmic ? distances.min() ?? 1 : distances[0])
      if context.width(horizontal.ticks.map(\.label), theme.tickFont) + 1.5 <= room { break }
      limit -= 1
      horizontal = AxisScale(chart.horizontalAxis, extent: chart.horizontalExtent, atMost: limit)
    }
    return Scales(horizontal: horizontal, vertical: vertical, right: right)
  }

  /// Returns the vertical axes: with two of them, those ticks that stand level on both and waste
  /// the least of their lengths together.
  private static func verticalScales(_ chart: any CartesianChart, atMost most: Int)
    -> (left: AxisScale, right: AxisScale?)
  {
    func left(_ limit: Int) -> AxisScale {
      AxisScale(chart.verticalAxis, extent: chart.verticalExtent, atMost: limit)
    }
    guard let axis = chart.rightAxis else { return (left(most), nil) }
    func length(_ scale: AxisScale) -> Double {
      scale.domain.upperBound - scale.domain.lowerBound
    }
    let pairs = (3...max(most, 3)).reversed().map { limit in
      let scale = left(limit)
      let other = AxisScale(
        axis, extent: chart.rightExtent, alignedWith: scale, atMost: most)
      return (left: scale, right: other)
    }
    let costs = pairs.map { length($0.left) * length($0.right) }
    let best = costs.min() ?? 0
    return zip(pairs, costs).first { $0.1 <= best * (1 + 1e-9) }?.0 ?? pairs[0]
  }
}
