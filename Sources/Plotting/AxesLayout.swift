/// Places the axes of a chart: measures ticks and labels, then fixes the plot area.
struct AxesLayout {
  /// Which sides carry tick labels and axis labels; inner panels of a grid have none.
  struct Sides: Hashable {
    var left = true
    var bottom = true
  }

  /// The space around the plot area in millimetres.
  struct Margins: Hashable {
    var left = 0.0
    var top = 0.0
    var right = 0.0
    var bottom = 0.0
  }

  let chart: any CartesianChart
  let context: LayoutContext
  let sides: Sides
  let frame: PlotFrame
  private let margins: Margins
  private let categoryLabels: CategoryLabels?

  /// The plot area.
  var plot: Rect { frame.rect }

  /// Lays out the axes in a rectangle; given margins win over measured ones.
  init(
    _ chart: any CartesianChart, in rect: Rect, context: LayoutContext, sides: Sides = Sides(),
    margins given: Margins? = nil
  ) {
    self.chart = chart
    self.context = context
    self.sides = sides
    let margins = given ?? Self.margins(chart, in: rect, context: context, sides: sides)
    self.margins = margins
    var plot = rect.inset(
      left: margins.left, top: margins.top, right: margins.right, bottom: margins.bottom)
    if chart.isSquare {
      let side = min(plot.width, plot.height)
      plot = Rect(x: plot.x + (plot.width - side) / 2, y: plot.y, width: side, height: side)
    }
    let scales = Self.scales(chart, size: Size(width: plot.width, height: plot.height), context)
    frame = PlotFrame(rect: plot, horizontal: scales.horizontal, vertical: scales.vertical)
    categoryLabels = CategoryLabels(
      axis: chart.horizontalAxis, width: plot.width, context: context)
  }

  /// Returns the space that tick labels and axis labels need around the plot.
  static func margins(
    _ chart: any CartesianChart, in rect: Rect, context: LayoutContext, sides: Sides
  ) -> Margins {
    let theme = context.theme
    let wrapGuess = Size(width: rect.width * 0.85, height: rect.height * 0.8)
    var margins = Margins()
    var size = wrapGuess
    for _ in 0..<2 {
      let scales = scales(chart, size: size, context)
      let names = CategoryLabels(axis: chart.horizontalAxis, width: size.width, context: context)
      let headroom = chart.headroom(
        width: size.width, horizontal: scales.horizontal, context: context)
      margins.top = max(theme.tickFont.capHeight / 2, theme.gap / 2) + headroom
      margins.right = theme.gap / 2
      if sides.left {
        let widest = context.width(scales.vertical.ticks.map(\.label), theme.tickFont)
        margins.left = widest + theme.tickLength + 0.8
        if !chart.verticalAxis.label.isEmpty {
          let lines = context.wrap(chart.verticalAxis.label, to: size.height, theme.labelFont)
          margins.left += context.height(lines: lines.count, theme.labelFont) + theme.gap
        }
      }
      if sides.bottom {
        margins.bottom = theme.tickLength + 0.8
        margins.bottom += names?.height ?? context.height(lines: 1, theme.tickFont)
        if !chart.horizontalAxis.label.isEmpty {
          margins.bottom += context.height(lines: 1, theme.labelFont) + theme.gap
        }
        if names == nil, let last = scales.horizontal.ticks.last {
          let room = (1 - scales.horizontal.fraction(of: last.value)) * size.width
          margins.right = max(
            margins.right, context.width(last.label, theme.tickFont) / 2 - room + 0.3)
        }
        if let names { margins.left = max(margins.left, names.overhang) }
      }
      size = Size(
        width: max(rect.width - margins.left - margins.right, 5),
        height: max(rect.height - margins.top - margins.bottom, 5))
    }
    return margins
  }

  private static func scales(_ chart: any CartesianChart, size: Size, _ context: LayoutContext)
    -> (horizontal: AxisScale, vertical: AxisScale)
  {
    let theme = context.theme
    let vertical = AxisScale(
      chart.verticalAxis, extent: chart.verticalExtent,
      atMost: min(max(Int(size.height / 6.5), 3), 8))
    var limit = min(max(Int(size.width / 8), 2), 11)
    var horizontal = AxisScale(
      chart.horizontalAxis, extent: chart.horizontalExtent, atMost: limit)
    while limit > 2, horizontal.ticks.count > 1 {
      let room =
        size.width
        * (horizontal.fraction(of: horizontal.ticks[1].value)
          - horizontal.fraction(of: horizontal.ticks[0].value))
      if context.width(horizontal.ticks.map(\.label), theme.tickFont) + 1.5 <= room { break }
      limit -= 1
      horizontal = AxisScale(chart.horizontalAxis, extent: chart.horizontalExtent, atMost: limit)
    }
    return (horizontal, vertical)
  }

  /// Returns the steps that draw grid, data and axes, in this order.
  func primitives() -> [Primitive] {
    let theme = context.theme
    var primitives: [Primitive] = []
    for tick in frame.vertical.ticks {
      let y = frame.y(tick.value)
      primitives.append(
        .polyline(points: [Point(plot.left, y), Point(plot.right, y)], stroke: theme.gridStroke))
    }
    if chart.isSquare {
      primitives += frame.horizontal.ticks.map { tick in
        let x = frame.x(tick.value)
        return .polyline(
          points: [Point(x, plot.top), Point(x, plot.bottom)], stroke: theme.gridStroke)
      }
    }
    if chart.isEmpty {
      primitives.append(
        .text(
          TextLabel(
            "no data", at: plot.center, font: theme.labelFont, color: theme.mutedInk,
            anchor: .middle)))
    } else {
      primitives += chart.marks(in: frame, context: context)
    }
    primitives.append(
      .polyline(
        points: [
          Point(plot.left, plot.top), Point(plot.left, plot.bottom),
          Point(plot.right, plot.bottom),
        ], stroke: theme.axisStroke))
    return primitives + verticalAxis() + horizontalAxis()
  }

  private func verticalAxis() -> [Primitive] {
    let theme = context.theme
    var primitives: [Primitive] = []
    for tick in frame.vertical.ticks {
      let y = frame.y(tick.value)
      primitives.append(
        .polyline(
          points: [Point(plot.left - theme.tickLength, y), Point(plot.left, y)],
          stroke: theme.axisStroke))
      guard sides.left else { continue }
      let position = Point(
        plot.left - theme.tickLength - 0.8, y + theme.tickFont.capHeight / 2)
      primitives.append(
        .text(
          TextLabel(
            tick.label, at: position, font: theme.tickFont, color: theme.ink, anchor: .end)))
    }
    guard sides.left, !chart.verticalAxis.label.isEmpty else { return primitives }
    let font = theme.labelFont
    let lines = context.wrap(chart.verticalAxis.label, to: plot.height, font)
    for (index, line) in lines.enumerated() {
      let x = plot.left - margins.left + font.capHeight + Double(index) * font.lineHeight
      primitives.append(
        .text(
          TextLabel(
            line, at: Point(x, plot.center.y), font: theme.labelFont, color: theme.ink,
            anchor: .middle, rotation: -90)))
    }
    return primitives
  }

  private func horizontalAxis() -> [Primitive] {
    let theme = context.theme
    var primitives: [Primitive] = []
    let top = plot.bottom + theme.tickLength + 0.8
    if let categoryLabels {
      if sides.bottom {
        primitives += categoryLabels.primitives(top: top, x: { frame.x(Double($0)) })
      }
    } else {
      for tick in frame.horizontal.ticks {
        let x = frame.x(tick.value)
        primitives.append(
          .polyline(
            points: [Point(x, plot.bottom), Point(x, plot.bottom + theme.tickLength)],
            stroke: theme.axisStroke))
        if sides.bottom {
          primitives += context.paragraph(
            [tick.label], x: x, top: top, font: theme.tickFont, color: theme.ink,
            anchor: .middle)
        }
      }
    }
    guard sides.bottom, !chart.horizontalAxis.label.isEmpty else { return primitives }
    let labels = categoryLabels?.height ?? context.height(lines: 1, theme.tickFont)
    return primitives
      + context.paragraph(
        [chart.horizontalAxis.label], x: plot.center.x, top: top + labels + theme.gap,
        font: theme.labelFont, color: theme.ink, anchor: .middle)
  }
}
