extension HeatMap {
  private static let barWidth = 3.0
  private static let largestCell = Size(width: 26, height: 8)

  /// Where the parts of the map stand, measured for a width.
  private struct Measures {
    var left: Double
    var head: CategoryLabels?
    var headHeight: Double
    var cell: Size
    var right: Double
  }

  private func measure(width: Double, context: LayoutContext) -> Measures {
    let theme = context.theme
    let label = rowLabel.isEmpty ? 0 : context.height(lines: 1, theme.labelFont) + theme.gap
    let left = min(context.width(rowNames, theme.tickFont), width * 0.35) + 1 + label
    let right = barSpace(context)
    let columns = Double(max(columnNames.count, 1))
    let cellWidth = min(max(width - left - right, 10) / columns, Self.largestCell.width)
    let head = CategoryLabels(
      axis: Axis("", kind: .categories(columnNames)), width: cellWidth * columns,
      context: context)
    let columnLabelHeight =
      columnLabel.isEmpty ? 0 : context.height(lines: 1, theme.labelFont) + theme.gap
    return Measures(
      left: max(left, (head?.overhang ?? 0) + label), head: head,
      headHeight: (head?.height ?? 0) + columnLabelHeight + 0.8,
      cell: Size(
        width: cellWidth, height: max(min(cellWidth * 0.62, Self.largestCell.height), 4.2)),
      right: right)
  }

  private func barSpace(_ context: LayoutContext) -> Double {
    let theme = context.theme
    let scale = AxisScale(Axis("", range: colorRange), extent: nil, atMost: 5)
    let label = valueLabel.isEmpty ? 0 : context.height(lines: 1, theme.labelFont) + theme.gap
    return 2 * theme.gap + Self.barWidth + 0.8
      + context.width(scale.ticks.map(\.label), theme.tickFont) + label
  }

  /// Returns the size in millimetres that the map needs at a width.
  public func preferredSize(width: Double, context: LayoutContext) -> Size {
    let measures = measure(width: width, context: context)
    let needed = context.width(valueLabel, context.theme.labelFont) + 1
    let rows = Double(rowNames.count) * measures.cell.height
    let total = measures.left + measures.cell.width * Double(columnNames.count) + measures.right
    return Size(
      width: min(width, total), height: measures.headHeight + max(rows, needed) + 0.5)
  }

  /// Lays out names, cells and colour bar in a rectangle; the names of columns stand below.
  public func primitives(in rect: Rect, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    let measures = measure(width: rect.width, context: context)
    let rows = Double(max(rowNames.count, 1))
    let height = min(
      (rect.height - measures.headHeight) / rows, max(measures.cell.height, Self.largestCell.height)
    )
    let width = measures.cell.width * Double(columnNames.count)
    let total = measures.left + width + measures.right
    let area = Rect(
      x: rect.left + max(0, (rect.width - total) / 2) + measures.left, y: rect.top, width: width,
      height: height * Double(rowNames.count))
    var primitives: [Primitive] = []
    for (row, line) in cells.enumerated() {
      for (column, cell) in line.enumerated() {
        let box = Rect(
          x: area.left + Double(column) * measures.cell.width, y: area.top + Double(row) * height,
          width: measures.cell.width, height: height)
        primitives += draw(cell, in: box, context)
      }
      primitives += context.paragraph(
        [rowNames[row]], x: area.left - 1,
        top: area.top + (Double(row) + 0.5) * height - theme.tickFont.capHeight / 2,
        font: theme.tickFont, color: theme.ink, anchor: .end)
    }
    if let head = measures.head {
      primitives += head.primitives(
        top: area.bottom + 0.8, x: { area.left + (Double($0) + 0.5) * measures.cell.width })
    }
    primitives += axisLabels(area, measures, context)
    return primitives + colorBar(beside: area, full: rect, context)
  }

  private func axisLabels(_ area: Rect, _ measures: Measures, _ context: LayoutContext)
    -> [Primitive]
  {
    let theme = context.theme
    var primitives: [Primitive] = []
    if !columnLabel.isEmpty {
      primitives += context.paragraph(
        [columnLabel], x: area.center.x,
        top: area.bottom + 0.8 + (measures.head?.height ?? 0) + theme.gap, font: theme.labelFont,
        color: theme.ink, anchor: .middle)
    }
    if !rowLabel.isEmpty {
      let x = area.left - measures.left + theme.labelFont.capHeight
      primitives.append(
        .text(
          TextLabel(
            rowLabel, at: Point(x, area.center.y), font: theme.labelFont, color: theme.ink,
            anchor: .middle, rotation: -90)))
    }
    return primitives
  }

  private func draw(_ cell: Cell, in box: Rect, _ context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    let border = Stroke(theme.background, width: theme.axisWidth * 1.5)
    let words = text(of: cell)
    let font = cellFont(width: box.width, context)
    let baseline = Point(box.center.x, box.center.y + font.capHeight / 2)
    guard let number = cell.number else {
      let width = context.width(words, font) + 1
      let patch = Rect(
        x: box.center.x - width / 2, y: box.center.y - font.capHeight / 2 - 0.5, width: width,
        height: font.capHeight + 1)
      return context.hatching(in: box.inset(left: 0.3, top: 0.3, right: 0.3, bottom: 0.3)) + [
        .rectangle(patch, fill: theme.background, stroke: nil),
        .text(
          TextLabel(words, at: baseline, font: font, color: theme.mutedInk, anchor: .middle)),
      ]
    }
    let range = colorRange
    let share = (number - range.lowerBound) / (range.upperBound - range.lowerBound)
    let color = colorMap.color(at: share)
    var primitives: [Primitive] = [.rectangle(box, fill: color, stroke: border)]
    if context.width(words, font) <= box.width - 0.2 {
      primitives.append(
        .text(
          TextLabel(
            words, at: baseline, font: font, color: color.readableInk, anchor: .middle)))
    }
    return primitives
  }

  /// The type in the cells: smaller where the widest text would touch the next cell.
  private func cellFont(width: Double, _ context: LayoutContext) -> Font {
    let texts = cells.flatMap { $0 }.map(text)
    let fonts = [context.theme.tickFont, context.theme.noteFont]
    let fitting = fonts.first { context.width(texts, $0) <= width - 1 }
    return fitting ?? Font(size: context.theme.noteFont.size * 0.85)
  }

  private func colorBar(beside area: Rect, full: Rect, _ context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    let bar = Rect(
      x: area.right + 2 * theme.gap, y: area.top, width: Self.barWidth,
      height: max(area.height, min(full.height, 12)))
    let steps = 256
    let bytes = (0..<steps).flatMap { step -> [UInt8] in
      let color = colorMap.color(at: 1 - Double(step) / Double(steps - 1))
      return [color.red, color.green, color.blue].map { UInt8(($0 * 255).rounded()) }
    }
    var primitives: [Primitive] = [
      .image(Raster(width: 1, height: steps, channels: 3, bytes: bytes), in: bar),
      .rectangle(bar, fill: nil, stroke: theme.gridStroke),
    ]
    let scale = AxisScale(
      Axis("", range: colorRange), extent: nil, atMost: min(max(Int(bar.height / 6), 2), 6))
    for tick in scale.ticks {
      let y = bar.bottom - scale.fraction(of: tick.value) * bar.height
      primitives.append(
        .polyline(
          points: [Point(bar.right - 0.7, y), Point(bar.right, y)], stroke: theme.axisStroke))
      primitives += context.paragraph(
        [tick.label], x: bar.right + 0.8, top: y - theme.tickFont.capHeight / 2,
        font: theme.tickFont, color: theme.ink)
    }
    let widest = context.width(scale.ticks.map(\.label), theme.tickFont)
    let x = bar.right + 0.8 + widest + theme.gap + theme.labelFont.capHeight
    primitives.append(
      .text(
        TextLabel(
          valueLabel, at: Point(x, bar.center.y), font: theme.labelFont, color: theme.ink,
          anchor: .middle, rotation: -90)))
    return primitives
  }
}
