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
    var style: CellStyle
  }

  /// The type in the cells, and how many lines of their texts have room.
  private struct CellStyle {
    var font: Font
    var lines: Int
  }

  private func measure(width: Double, context: LayoutContext) -> Measures {
    let theme = context.theme
    let label = rowLabel.isEmpty ? 0 : context.height(lines: 1, theme.labelFont) + theme.gap
    let left = min(context.width(rowNames, theme.tickFont), width * 0.35) + 1 + label
    let right = barSpace(context)
    let columns = Double(max(columnNames.count, 1))
    let cellWidth = min(max(width - left - right, 10) / columns, Self.largestCell.width)
    let names = showsTexts ? columnNames : thinned(columnNames, by: cellWidth, theme.tickFont)
    let head = CategoryLabels(
      axis: Axis("", kind: .categories(names)), width: cellWidth * columns, context: context)
    let columnLabelHeight =
      columnLabel.isEmpty ? 0 : context.height(lines: 1, theme.labelFont) + theme.gap
    let style = cellStyle(width: cellWidth, context)
    let square = min(cellWidth, Self.largestCell.height)
    let least = style.lines == 1 ? 4.2 : context.height(lines: style.lines, style.font) + 0.9
    return Measures(
      left: max(left, (head?.overhang ?? 0) + label), head: head,
      headHeight: (head?.height ?? 0) + columnLabelHeight + 0.8,
      cell: Size(
        width: cellWidth,
        height: showsTexts ? max(min(cellWidth * 0.62, Self.largestCell.height), least) : square),
      right: right, style: style)
  }

  private func barSpace(_ context: LayoutContext) -> Double {
    guard showsColorBar else { return 0.3 }
    let theme = context.theme
    let scale = AxisScale(Axis("", range: colorRange), extent: nil, atMost: 5)
    let label = valueLabel.isEmpty ? 0 : context.height(lines: 1, theme.labelFont) + theme.gap
    return 2 * theme.gap + Self.barWidth + 0.8
      + context.width(scale.ticks.map(\.label), theme.tickFont) + label
  }

  /// Returns the size in millimetres that the map needs at a width.
  public func preferredSize(width: Double, context: LayoutContext) -> Size {
    let measures = measure(width: width, context: context)
    let needed = showsColorBar ? context.width(valueLabel, context.theme.labelFont) + 1 : 0
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
    var primitives: [Primitive] = showsTexts ? [] : pixels(in: area)
    let shownNames = showsTexts ? rowNames : thinned(rowNames, by: height, theme.tickFont)
    for (row, line) in cells.enumerated() {
      for (column, cell) in line.enumerated() {
        let box = Rect(
          x: area.left + Double(column) * measures.cell.width, y: area.top + Double(row) * height,
          width: measures.cell.width, height: height)
        primitives += draw(cell, in: box, measures.style, context)
      }
      primitives += context.paragraph(
        shownNames[row].isEmpty ? [] : [shownNames[row]], x: area.left - 1,
        top: area.top + (Double(row) + 0.5) * height - theme.tickFont.capHeight / 2,
        font: theme.tickFont, color: theme.ink, anchor: .end)
    }
    if let head = measures.head {
      primitives += head.primitives(
        top: area.bottom + 0.8, x: { area.left + (Double($0) + 0.5) * measures.cell.width })
    }
    primitives += axisLabels(area, measures, context)
    return primitives + (showsColorBar ? colorBar(beside: area, full: rect, context) : [])
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

  private func draw(
    _ cell: Cell, in box: Rect, _ style: CellStyle, _ context: LayoutContext
  ) -> [Primitive] {
    let theme = context.theme
    let border = Stroke(theme.background, width: theme.axisWidth * 1.5)
    let lines = lines(of: cell).prefix(style.lines)
    let font = style.font
    let words = lines.first ?? ""
    let baseline = Point(box.center.x, box.center.y + font.capHeight / 2)
    guard let number = cell.number else {
      guard showsTexts else { return context.hatching(in: box) }
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
    guard showsTexts else { return [] }
    let color = color(of: number)
    var primitives: [Primitive] = [.rectangle(box, fill: color, stroke: border)]
    if context.width(Array(lines), font) <= box.width - 0.2 {
      let shift = Double(lines.count - 1) / 2 * font.lineHeight
      for (index, line) in lines.enumerated() {
        let position = Point(baseline.x, baseline.y - shift + Double(index) * font.lineHeight)
        primitives.append(
          .text(
            TextLabel(
              line, at: position, font: font, color: color.readableInk, anchor: .middle)))
      }
    }
    return primitives
  }

  private func color(of number: Double) -> Color {
    let range = colorRange
    return colorMap.color(
      at: (number - range.lowerBound) / (range.upperBound - range.lowerBound))
  }

  /// The cells as a picture of one pixel each: what a map of thousands of cells is drawn as.
  private func pixels(in area: Rect) -> [Primitive] {
    guard !rowNames.isEmpty, !columnNames.isEmpty else { return [] }
    let bytes = cells.flatMap { $0 }.flatMap { cell -> [UInt8] in
      let color = cell.number.map(color) ?? .white
      return [color.red, color.green, color.blue].map { UInt8(($0 * 255).rounded()) }
    }
    return [
      .image(
        Raster(width: columnNames.count, height: rowNames.count, channels: 3, bytes: bytes),
        in: area)
    ]
  }

  /// Every first name of as many as need the height of a line; empty texts for the others.
  private func thinned(_ names: [String], by distance: Double, _ font: Font) -> [String] {
    let step = max(1, Int((font.lineHeight * 1.1 / max(distance, 1e-3)).rounded(.up)))
    return names.enumerated().map { $0.offset % step == 0 ? $0.element : "" }
  }

  private func lines(of cell: Cell) -> [String] {
    text(of: cell).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The type in the cells: smaller where the widest text would touch the next cell; and all lines
  /// of the texts, or only the first where the others would.
  private func cellStyle(width: Double, _ context: LayoutContext) -> CellStyle {
    let texts = cells.flatMap { $0 }.map(lines)
    let small = Font(size: context.theme.noteFont.size * 0.85)
    let most = texts.map(\.count).max() ?? 1
    for lines in Set([most, 1]).sorted(by: >) {
      let shown = texts.flatMap { $0.prefix(lines) }
      let fonts = [context.theme.tickFont, context.theme.noteFont]
      if let font = fonts.first(where: { context.width(shown, $0) <= width - 1 }) {
        return CellStyle(font: font, lines: lines)
      }
      if context.width(shown, small) <= width - 0.2 {
        return CellStyle(font: small, lines: lines)
      }
    }
    return CellStyle(font: small, lines: 1)
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
