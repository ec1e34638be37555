/// Places the axes of a chart: measures ticks and labels, then fixes the plot area.
struct AxesLayout {
  /// Which sides carry tick labels and axis labels; inner panels of a grid have none.
  struct Sides: Hashable {
    var left = true
    var bottom = true
    var right = true
  }

  /// The axes laid out for one size of the plot.
  struct Scales {
    var horizontal: AxisScale
    var vertical: AxisScale
    var right: AxisScale?
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
  let margins: Margins
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
    frame = PlotFrame(
      rect: plot, horizontal: scales.horizontal, vertical: scales.vertical, right: scales.right)
    categoryLabels = CategoryLabels(
      axis: chart.horizontalAxis, width: plot.width, context: context)
  }

  /// Returns the steps that draw grid, data and axes, in this order.
  func primitives() -> [Primitive] {
    let theme = context.theme
    var primitives: [Primitive] = []
    for tick in frame.vertical.ticks where chart.showsAxes {
      let y = frame.y(tick.value)
      primitives.append(
        .polyline(points: [Point(plot.left, y), Point(plot.right, y)], stroke: theme.gridStroke))
    }
    if chart.isSquare, chart.showsAxes {
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
    guard chart.showsAxes else {
      return primitives + [.rectangle(plot, fill: nil, stroke: theme.gridStroke)]
    }
    primitives.append(
      .polyline(
        points: [
          Point(plot.left, plot.top), Point(plot.left, plot.bottom),
          Point(plot.right, plot.bottom),
        ], stroke: theme.axisStroke))
    return primitives + verticalAxis() + horizontalAxis() + rightAxis()
  }

  private func verticalAxis() -> [Primitive] {
    let theme = context.theme
    let ink = chart.ink(of: .left, theme: theme)
    var primitives: [Primitive] = []
    for value in frame.vertical.minorTicks {
      let y = frame.y(value)
      primitives.append(
        .polyline(
          points: [Point(plot.left - theme.tickLength * 0.55, y), Point(plot.left, y)],
          stroke: theme.axisStroke))
    }
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
            tick.label, at: position, font: theme.tickFont, color: ink, anchor: .end)))
    }
    guard sides.left, !chart.verticalAxis.label.isEmpty else { return primitives }
    let font = theme.labelFont
    let lines = context.wrap(chart.verticalAxis.label, to: plot.height, font)
    for (index, line) in lines.enumerated() {
      let x = plot.left - margins.left + font.capHeight + Double(index) * font.lineHeight
      primitives.append(
        .text(
          TextLabel(
            line, at: Point(x, plot.center.y), font: theme.labelFont, color: ink,
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
      for value in frame.horizontal.minorTicks {
        let x = frame.x(value)
        primitives.append(
          .polyline(
            points: [Point(x, plot.bottom), Point(x, plot.bottom + theme.tickLength * 0.55)],
            stroke: theme.axisStroke))
      }
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
        context.wrapIfWide(chart.horizontalAxis.label, to: plot.width, theme.labelFont),
        x: plot.center.x, top: top + labels + theme.gap,
        font: theme.labelFont, color: theme.ink, anchor: .middle)
  }
}
