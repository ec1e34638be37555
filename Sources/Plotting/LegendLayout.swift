/// Places legend entries in columns under a plot, or one below the other beside it.
struct LegendLayout {
  private static let sampleWidth = 5.0
  private static let sampleGap = 1.0

  let entries: [LegendEntry]
  let context: LayoutContext
  private let columns: Int
  private let columnWidths: [Double]
  private let textLines: [[String]]
  private let rowHeights: [Double]

  private var font: Font { context.theme.legendFont }
  private var columnGap: Double { 2.5 * context.theme.gap }

  /// Lays out the entries within `limit` millimetres, in as few rows as that allows, or one a row.
  init(
    _ entries: [LegendEntry], limit: Double, context: LayoutContext, oneColumn: Bool = false
  ) {
    self.entries = entries
    self.context = context
    let font = context.theme.legendFont
    let head = Self.sampleWidth + Self.sampleGap
    let gap = 2.5 * context.theme.gap
    let lines = entries.map { context.wrap($0.text, to: limit - head, font) }
    let widths = lines.map { head + context.width($0, font) }
    var columns = oneColumn ? 1 : max(1, entries.count)
    var columnWidths: [Double] = []
    while true {
      columnWidths = (0..<columns).map { column in
        stride(from: column, to: widths.count, by: columns).map { widths[$0] }.max() ?? 0
      }
      if columns == 1 || columnWidths.reduce(0, +) + gap * Double(columns - 1) <= limit { break }
      columns -= 1
    }
    self.columns = columns
    self.columnWidths = columnWidths
    textLines = lines
    rowHeights = stride(from: 0, to: lines.count, by: columns).map { start in
      let most = lines[start..<min(start + columns, lines.count)].map(\.count).max() ?? 1
      return Double(most) * font.lineHeight + 0.35
    }
  }

  /// The size of the whole legend in millimetres; zero without entries.
  var size: Size {
    guard !entries.isEmpty else { return Size(width: 0, height: 0) }
    return Size(
      width: columnWidths.reduce(0, +) + columnGap * Double(columns - 1),
      height: rowHeights.reduce(0, +))
  }

  /// Returns the legend with its top left corner at `origin`.
  func primitives(at origin: Point) -> [Primitive] {
    var primitives: [Primitive] = []
    var top = origin.y
    for (row, height) in rowHeights.enumerated() {
      var left = origin.x
      for column in 0..<columns where row * columns + column < entries.count {
        let index = row * columns + column
        let middle = top + font.lineHeight / 2
        primitives += sample(entries[index].sample, left: left, middle: middle)
        primitives += context.paragraph(
          textLines[index], x: left + Self.sampleWidth + Self.sampleGap,
          top: middle - font.capHeight / 2, font: font, color: context.theme.ink)
        left += columnWidths[column] + columnGap
      }
      top += height
    }
    return primitives
  }

  private func sample(_ sample: LegendEntry.Sample, left: Double, middle: Double) -> [Primitive] {
    let theme = context.theme
    let width = Self.sampleWidth
    let center = Point(left + width / 2, middle)
    let box = Rect(x: left + 0.4, y: middle - 1, width: width - 0.8, height: 2)
    switch sample {
    case .bar(let color, let marker):
      var parts: [Primitive] = [.rectangle(box, fill: color, stroke: nil)]
      if let marker {
        parts.append(BarMark.primitive(marker, at: center, size: 1.2, on: color, theme: theme))
      }
      return parts
    case .line(let stroke, let marker):
      let line = Primitive.polyline(
        points: [Point(left, middle), Point(left + width, middle)], stroke: stroke)
      return [line]
        + (marker.map {
          [
            $0.primitive(
              at: center, size: theme.markerSize, color: stroke.color, outline: theme.outlineWidth)
          ]
        } ?? [])
    case .marker(let marker, let color):
      return [
        marker.primitive(
          at: center, size: theme.markerSize, color: color, outline: theme.outlineWidth)
      ]
    case .band(let color):
      return [.rectangle(box, fill: color, stroke: nil)]
    case .errorBar:
      return ErrorBar.vertical(
        x: center.x, from: middle + 1, to: middle - 1, cap: 0.6, stroke: theme.outlineStroke)
    case .absence(let mark, let hatched):
      let label = TextLabel(
        mark, at: Point(center.x, middle + font.capHeight / 2), font: font,
        color: theme.mutedInk, anchor: .middle)
      guard hatched else { return [.text(label)] }
      return context.hatching(in: box)
        + [
          .rectangle(box, fill: nil, stroke: theme.gridStroke),
          .rectangle(
            Rect(x: center.x - 0.9, y: box.y, width: 1.8, height: box.height),
            fill: theme.background, stroke: nil),
          .text(label),
        ]
    }
  }
}
