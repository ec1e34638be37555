/// Places legend entries under a plot, or one below the other beside it.
///
/// Series stand in columns; the entries that explain a sign follow in rows of their own.
struct LegendLayout {
  private static let head = LegendSample.width + 1.0

  /// An entry with its place, relative to the corner of the legend.
  private struct Placed {
    var entry: LegendEntry
    var lines: [String]
    var origin: Point
  }

  /// The size of the whole legend in millimetres; zero without entries.
  let size: Size
  private let placed: [Placed]
  private let context: LayoutContext

  /// Lays out the entries within `limit` millimetres, in as few rows as that allows, or one a row.
  init(
    _ entries: [LegendEntry], limit: Double, context: LayoutContext, oneColumn: Bool = false
  ) {
    self.context = context
    let gap = 2.5 * context.theme.gap
    var placed = entries.filter { !$0.isNote }.map { Self.measured($0, limit, context) }
    var notes = entries.filter(\.isNote).map { Self.measured($0, limit, context) }
    var size = Size(width: 0, height: 0)
    if !placed.isEmpty {
      size = Self.arrangeInColumns(
        &placed, limit: limit, gap: gap, context, most: oneColumn ? 1 : placed.count)
    }
    if !notes.isEmpty {
      let flow = Self.arrangeInRows(
        &notes, top: size.height, limit: oneColumn ? 0 : limit, gap: gap, context)
      size = Size(width: max(size.width, flow.width), height: flow.height)
    }
    self.size = size
    self.placed = placed + notes
  }

  /// Returns the legend with its top left corner at `origin`.
  func primitives(at origin: Point) -> [Primitive] {
    let font = context.theme.legendFont
    return placed.flatMap { item -> [Primitive] in
      let left = origin.x + item.origin.x
      let middle = origin.y + item.origin.y + font.lineHeight / 2
      return LegendSample.primitives(item.entry.sample, left: left, middle: middle, context)
        + context.paragraph(
          item.lines, x: left + Self.head, top: middle - font.capHeight / 2, font: font,
          color: context.theme.ink)
    }
  }

  private static func measured(
    _ entry: LegendEntry, _ limit: Double, _ context: LayoutContext
  ) -> Placed {
    Placed(
      entry: entry, lines: context.wrap(entry.text, to: limit - head, context.theme.legendFont),
      origin: Point(0, 0))
  }

  private static func width(_ item: Placed, _ context: LayoutContext) -> Double {
    head + context.width(item.lines, context.theme.legendFont)
  }

  private static func height(_ item: Placed, _ context: LayoutContext) -> Double {
    Double(item.lines.count) * context.theme.legendFont.lineHeight + 0.35
  }

  /// Arranges items in as many columns as fit, and returns the size they take.
  private static func arrangeInColumns(
    _ items: inout [Placed], limit: Double, gap: Double, _ context: LayoutContext, most: Int
  ) -> Size {
    let widths = items.map { width($0, context) }
    let rows = (1...items.count).first { rows in
      let columns = (items.count + rows - 1) / rows
      let total = columnWidths(widths, columns).reduce(0, +) + gap * Double(columns - 1)
      return columns == 1 || (columns <= most && total <= limit)
    }
    let columns = (items.count + (rows ?? 1) - 1) / (rows ?? 1)
    let across = columnWidths(widths, columns)
    var top = 0.0
    for start in stride(from: 0, to: items.count, by: columns) {
      let row = start..<min(start + columns, items.count)
      var left = 0.0
      for index in row {
        items[index].origin = Point(left, top)
        left += across[index - start] + gap
      }
      top += row.map { height(items[$0], context) }.max() ?? 0
    }
    return Size(width: across.reduce(0, +) + gap * Double(columns - 1), height: top)
  }

  private static func columnWidths(_ widths: [Double], _ columns: Int) -> [Double] {
    (0..<columns).map { column in
      stride(from: column, to: widths.count, by: columns).map { widths[$0] }.max() ?? 0
    }
  }

  /// Arranges items one after the other in rows below `top`; returns width and lower end.
  private static func arrangeInRows(
    _ items: inout [Placed], top: Double, limit: Double, gap: Double, _ context: LayoutContext
  ) -> Size {
    var left = 0.0
    var top = top
    var widest = 0.0
    var rowHeight = 0.0
    for index in items.indices {
      let width = width(items[index], context)
      if left > 0, left + width > limit {
        top += rowHeight
        left = 0
        rowHeight = 0
      }
      items[index].origin = Point(left, top)
      widest = max(widest, left + width)
      rowHeight = max(rowHeight, height(items[index], context))
      left += width + gap
    }
    return Size(width: widest, height: top + rowHeight)
  }
}
