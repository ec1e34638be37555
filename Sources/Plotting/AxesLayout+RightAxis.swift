extension AxesLayout {
  /// Returns the steps that draw the axis to the right of the plot; none without such an axis.
  ///
  /// The axis has the colour of its data, and its label reads downwards, away from the plot.
  func rightAxis() -> [Primitive] {
    guard let axis = chart.rightAxis, let scale = frame.right else { return [] }
    let theme = context.theme
    let ink = chart.ink(of: .right, theme: theme)
    let stroke = Stroke(ink, width: theme.axisWidth)
    func level(_ value: Double, _ length: Double) -> Primitive {
      let y = frame.y(value, on: .right)
      return .polyline(
        points: [Point(plot.right, y), Point(plot.right + length, y)], stroke: stroke)
    }
    var primitives: [Primitive] = [
      .polyline(
        points: [Point(plot.right, plot.top), Point(plot.right, plot.bottom)], stroke: stroke)
    ]
    primitives += scale.minorTicks.map { level($0, theme.tickLength * 0.55) }
    primitives += scale.ticks.map { level($0.value, theme.tickLength) }
    guard sides.right else { return primitives }
    for tick in scale.ticks {
      let position = Point(
        plot.right + theme.tickLength + 0.8,
        frame.y(tick.value, on: .right) + theme.tickFont.capHeight / 2)
      primitives.append(
        .text(TextLabel(tick.label, at: position, font: theme.tickFont, color: ink)))
    }
    guard !axis.label.isEmpty else { return primitives }
    let font = theme.labelFont
    let lines = context.wrap(axis.label, to: plot.height, font)
    for (index, line) in lines.enumerated() {
      let x = plot.right + margins.right - font.capHeight - Double(index) * font.lineHeight
      primitives.append(
        .text(
          TextLabel(
            line, at: Point(x, plot.center.y), font: font, color: ink, anchor: .middle,
            rotation: 90)))
    }
    return primitives
  }
}
