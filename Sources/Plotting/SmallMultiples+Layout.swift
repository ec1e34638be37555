extension SmallMultiples {
  private static let columnGap = 2.2
  private static let rowGap = 2.0

  /// Returns a size in millimetres that suits the grid at a width.
  public func preferredSize(width: Double, context: LayoutContext) -> Size {
    Size(width: width, height: preferredHeight(width: width))
  }

  private func preferredHeight(width: Double) -> Double {
    guard !panels.isEmpty else { return 20 }
    let plot = (width - 12) / Double(columns)
    if panels.contains(where: { $0.chart.isSquare }) {
      return Double(rows) * (plot + 5) + 9
    }
    let one = columns == 1 ? min(max(plot * 0.4, 28), 50) : min(max(plot * 0.72, 24), 50)
    return Double(rows) * (one + (hasTitles ? 4 : 1) + (sharesHorizontal ? 0 : 8)) + 9
  }

  private var hasTitles: Bool { panels.contains { !$0.title.isEmpty } }
  private var sharesHorizontal: Bool { sharing == .both || sharing == .horizontal }
  private var sharesVertical: Bool { sharing == .both || sharing == .vertical }

  private func sides(of index: Int) -> AxesLayout.Sides {
    AxesLayout.Sides(
      left: !sharesVertical || index % columns == 0,
      bottom: !sharesHorizontal || index + columns >= panels.count)
  }

  /// Lays out all panels in a rectangle.
  public func primitives(in rect: Rect, context: LayoutContext) -> [Primitive] {
    guard !panels.isEmpty else {
      return [
        .text(
          TextLabel(
            "no data", at: rect.center, font: context.theme.labelFont,
            color: context.theme.mutedInk, anchor: .middle))
      ]
    }
    let theme = context.theme
    let charts = alignedCharts
    let guess = Rect(
      x: 0, y: 0, width: rect.width / Double(columns), height: rect.height / Double(rows))
    let margins = charts.indices.map {
      AxesLayout.margins(charts[$0], in: guess, context: context, sides: sides(of: $0))
    }
    let lefts = (0..<columns).map { column in
      max(
        stride(from: column, to: charts.count, by: columns).map { margins[$0].left }.max() ?? 0,
        theme.tickLength)
    }
    let bottoms = (0..<rows).map { row -> Double in
      let inRow = (row * columns)..<min((row + 1) * columns, charts.count)
      let pushing = inRow.filter { !sharesHorizontal || row == rows - 1 || !sides(of: $0).bottom }
      return max(pushing.map { margins[$0].bottom }.max() ?? 0, theme.tickLength)
    }
    let right = margins.map(\.right).max() ?? 0
    let top =
      (margins.map(\.top).max() ?? 0)
      + (hasTitles ? theme.panelFont.lineHeight + 0.4 : 0)
    let plot = Size(
      width: (rect.width - lefts.reduce(0, +) - right * Double(columns)
        - Self.columnGap * Double(columns - 1)) / Double(columns),
      height: (rect.height - bottoms.reduce(0, +) - top * Double(rows)
        - Self.rowGap * Double(rows - 1)) / Double(rows))

    var primitives: [Primitive] = []
    var y = rect.top
    for row in 0..<rows {
      var x = rect.left
      for column in 0..<columns where row * columns + column < charts.count {
        let index = row * columns + column
        let cell = Rect(
          x: x, y: y, width: lefts[column] + plot.width + right,
          height: top + plot.height + bottoms[row])
        let layout = AxesLayout(
          charts[index], in: cell, context: context, sides: sides(of: index),
          margins: .init(left: lefts[column], top: top, right: right, bottom: bottoms[row]))
        primitives += layout.primitives()
        primitives += context.paragraph(
          [panels[index].title], x: layout.plot.left, top: layout.plot.top - top + 0.2,
          font: theme.panelFont, color: theme.ink)
        x += cell.width + Self.columnGap
      }
      y += top + plot.height + bottoms[row] + Self.rowGap
    }
    return primitives
  }
}
