extension SmallMultiples {
  private static let columnGap = 2.2
  private static let rowGap = 2.0

  /// Returns a size in millimetres that suits the grid at a width.
  public func preferredSize(width: Double, context: LayoutContext) -> Size {
    Size(width: width, height: preferredHeight(width: width))
  }

  private func preferredHeight(width: Double) -> Double {
    guard !panels.isEmpty else { return 20 }
    if panels.allSatisfy({ $0.chart.isSquare && !$0.chart.showsAxes }) {
      let side = (width - Self.columnGap * Double(columns - 1)) / Double(columns)
      return Double(rows) * (side + (hasTitles ? 4 : 1)) + Self.rowGap * Double(rows - 1)
    }
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
      bottom: !sharesHorizontal || index + columns >= panels.count,
      right: !sharesVertical || index % columns == columns - 1 || index == panels.count - 1)
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
    var margins = charts.indices.map {
      AxesLayout.margins(charts[$0], in: guess, context: context, sides: sides(of: $0))
    }
    var grid = grid(of: charts, margins: margins, in: rect, context)
    let isTighter = charts.indices.contains { index in
      let first = guess.inset(
        left: margins[index].left, top: margins[index].top, right: margins[index].right,
        bottom: margins[index].bottom)
      return AxesLayout.labelLines(charts[index], width: first.width, height: first.height, context)
        != AxesLayout.labelLines(
          charts[index], width: grid.plot.width, height: grid.plot.height, context)
    }
    if isTighter {
      // Labels of axes break into more lines in the plots that the widest panel leaves: make room.
      margins = charts.indices.map {
        AxesLayout.margins(
          charts[$0], in: guess, context: context, sides: sides(of: $0), plot: grid.plot)
      }
      grid = self.grid(of: charts, margins: margins, in: rect, context)
    }
    let (lefts, rights, bottoms, titles, top, plot) = grid

    var primitives: [Primitive] = []
    var y = rect.top
    for row in 0..<rows {
      var x = rect.left
      for column in 0..<columns where row * columns + column < charts.count {
        let index = row * columns + column
        let cell = Rect(
          x: x, y: y, width: lefts[column] + plot.width + rights[column],
          height: top + plot.height + bottoms[row])
        let layout = AxesLayout(
          charts[index], in: cell, context: context, sides: sides(of: index),
          margins: .init(
            left: lefts[column], top: top, right: rights[column], bottom: bottoms[row]))
        primitives += layout.primitives()
        primitives += context.paragraph(
          titles[index], x: layout.plot.left, top: layout.plot.top - top + 0.2,
          font: theme.panelFont, color: theme.ink)
        x += cell.width + Self.columnGap
      }
      y += top + plot.height + bottoms[row] + Self.rowGap
    }
    return primitives
  }

  /// The titles, broken into lines where they would reach the next panel or leave the page.
  private func wrappedTitles(
    in rect: Rect, lefts: [Double], rights: [Double], _ context: LayoutContext
  ) -> [[String]] {
    let free =
      rect.width - lefts.reduce(0, +) - rights.reduce(0, +) - Self.columnGap * Double(columns - 1)
    return panels.indices.map { index in
      let column = index % columns
      let beyond =
        column + 1 < columns
        ? Self.columnGap + lefts[column + 1] - context.theme.gap : context.theme.margin
      let room = free / Double(columns) + rights[column] + beyond
      return context.wrapIfWide(panels[index].title, to: room, context.theme.panelFont)
    }
  }

  /// Returns the margins of columns and rows, the titles in lines, and the size of every plot.
  private func grid(
    of charts: [any CartesianChart], margins: [AxesLayout.Margins], in rect: Rect,
    _ context: LayoutContext
  ) -> (
    lefts: [Double], rights: [Double], bottoms: [Double], titles: [[String]], top: Double,
    plot: Size
  ) {
    let theme = context.theme
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
    let widest = margins.map(\.right).max() ?? 0
    let hasRightAxis = charts.contains { $0.rightAxis != nil }
    let rights = (0..<columns).map { column in
      guard hasRightAxis else { return widest }
      return stride(from: column, to: charts.count, by: columns).map { margins[$0].right }.max()
        ?? 0
    }
    let across = hasRightAxis ? rights.reduce(0, +) : widest * Double(columns)
    let titles = wrappedTitles(in: rect, lefts: lefts, rights: rights, context)
    let titleLines = Double(titles.map(\.count).max() ?? 1)
    let top =
      (margins.map(\.top).max() ?? 0)
      + (hasTitles ? theme.panelFont.lineHeight * titleLines + 0.4 : 0)
    let plot = Size(
      width: (rect.width - lefts.reduce(0, +) - across
        - Self.columnGap * Double(columns - 1)) / Double(columns),
      height: (rect.height - bottoms.reduce(0, +) - top * Double(rows)
        - Self.rowGap * Double(rows - 1)) / Double(rows))
    return (lefts, rights, bottoms, titles, top, plot)
  }
}
