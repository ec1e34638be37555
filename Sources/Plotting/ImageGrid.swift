/// Pictures in rows and columns with captions: originals, labels, edges, generated images.
public struct ImageGrid: Chart {
  /// One place of the grid.
  public struct Item: Hashable, Sendable {
    /// The picture; nil when it is absent.
    public var raster: Raster?
    /// Why the picture is absent.
    public var absence: Absence?
    /// A short text below the picture.
    public var caption: String

    /// Creates a place with a picture.
    public init(_ raster: Raster, caption: String = "") {
      self.raster = raster
      self.caption = caption
    }

    /// Creates a place without a picture, for a reason.
    public init(absent absence: Absence, caption: String = "") {
      self.absence = absence
      self.caption = caption
    }
  }

  /// The texts to the left of the rows; empty for none.
  public let rowTitles: [String]
  /// The texts above the columns; empty for none.
  public let columnTitles: [String]
  /// The places, row by row; all rows are equally long.
  public let items: [[Item]]
  /// The largest side of a picture in millimetres.
  public var largestSide = 18.0

  /// Creates a grid of pictures.
  public init(rowTitles: [String] = [], columnTitles: [String] = [], items: [[Item]]) {
    let columns = items.first?.count ?? 0
    precondition(
      items.allSatisfy { $0.count == columns }, "rows of \(items.map(\.count)) pictures")
    precondition(
      rowTitles.isEmpty || rowTitles.count == items.count,
      "\(rowTitles.count) titles for \(items.count) rows")
    precondition(
      columnTitles.isEmpty || columnTitles.count == columns,
      "\(columnTitles.count) titles for \(columns) columns")
    self.rowTitles = rowTitles
    self.columnTitles = columnTitles
    self.items = items
  }

  /// Bytes are always drawable: throws nothing.
  public func validate() throws(PlotError) {}

  /// Returns the reasons of absence.
  public func legend(theme: Theme) -> [LegendEntry] {
    var seen: Set<Absence> = []
    return items.flatMap { $0 }.compactMap(\.absence).filter { seen.insert($0).inserted }.map {
      LegendEntry(.absence($0.mark, hatched: true), $0.explanation, isNote: true)
    }
  }

  /// One row per place: titles, caption, size and the FNV-1a digest of the bytes.
  public var table: DataTable {
    var table = DataTable(columns: [
      "row", "column", "row_title", "column_title", "caption", "width", "height", "channels",
      "fnv1a64", "absence",
    ])
    for (row, line) in items.enumerated() {
      for (column, item) in line.enumerated() {
        table.append([
          .count(row), .count(column), .text(rowTitles.isEmpty ? "" : rowTitles[row]),
          .text(columnTitles.isEmpty ? "" : columnTitles[column]), .text(item.caption),
          .optional(item.raster?.width), .optional(item.raster?.height),
          .optional(item.raster?.channels), .text(item.raster.map(\.digest) ?? ""),
          .text(item.absence?.explanation ?? ""),
        ])
      }
    }
    return table
  }

  /// Returns the size in millimetres that the grid needs at a width.
  public func preferredSize(width: Double, context: LayoutContext) -> Size {
    guard let columns = items.first?.count, columns > 0 else {
      return Size(width: width, height: 10)
    }
    let cells = measure(width: width, context: context)
    let rows = cells.captionHeights.map { cells.side + $0 + cells.gap }
    return Size(width: width, height: cells.head + rows.reduce(0, +))
  }

  /// Lays out titles, pictures and captions in a rectangle.
  public func primitives(in rect: Rect, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    let cells = measure(width: rect.width, context: context)
    var primitives: [Primitive] = []
    let columns = items.first?.count ?? 0
    let total = cells.rowTitleWidth + Double(columns) * (cells.side + cells.gap) - cells.gap
    let start = rect.left + max(0, (rect.width - total) / 2) + cells.rowTitleWidth
    for (column, title) in columnTitles.enumerated() {
      let lines = context.wrap(title, to: cells.side, theme.tickFont)
      let top = rect.top + cells.head - 0.6 - context.height(lines: lines.count, theme.tickFont)
      primitives += context.paragraph(
        lines, x: start + (Double(column) + 0.5) * cells.side + Double(column) * cells.gap,
        top: top, font: theme.tickFont, color: theme.ink, anchor: .middle)
    }
    var top = rect.top + cells.head
    for (row, line) in items.enumerated() {
      if !rowTitles.isEmpty {
        let lines = context.wrap(rowTitles[row], to: cells.rowTitleWidth - 1.2, theme.tickFont)
        let height = context.height(lines: lines.count, theme.tickFont)
        primitives += context.paragraph(
          lines, x: start - 1.2, top: top + (cells.side - height) / 2, font: theme.tickFont,
          color: theme.ink, anchor: .end)
      }
      for (column, item) in line.enumerated() {
        let box = Rect(
          x: start + Double(column) * (cells.side + cells.gap), y: top, width: cells.side,
          height: cells.side)
        primitives += picture(item, in: box, context)
        let caption = context.wrap(item.caption, to: cells.side + cells.gap - 0.4, theme.noteFont)
        if !item.caption.isEmpty {
          primitives += context.paragraph(
            caption, x: box.center.x, top: box.bottom + 0.5, font: theme.noteFont,
            color: theme.mutedInk, anchor: .middle)
        }
      }
      top += cells.side + cells.captionHeights[row] + cells.gap
    }
    return primitives
  }

  private func picture(_ item: Item, in box: Rect, _ context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    guard let raster = item.raster else {
      let font = theme.labelFont
      let label = TextLabel(
        item.absence?.mark ?? "", at: Point(box.center.x, box.center.y + font.capHeight / 2),
        font: font, color: theme.mutedInk, anchor: .middle)
      return context.hatching(in: box)
        + [.rectangle(box, fill: nil, stroke: theme.gridStroke), .text(label)]
    }
    let scale = min(box.width / Double(raster.width), box.height / Double(raster.height))
    let size = Size(width: Double(raster.width) * scale, height: Double(raster.height) * scale)
    return [
      .image(
        raster,
        in: Rect(
          x: box.center.x - size.width / 2, y: box.center.y - size.height / 2,
          width: size.width, height: size.height))
    ]
  }

  private func measure(width: Double, context: LayoutContext)
    -> (side: Double, gap: Double, head: Double, captionHeights: [Double], rowTitleWidth: Double)
  {
    let theme = context.theme
    let columns = Double(max(items.first?.count ?? 0, 1))
    let gap = 0.9
    let longest = context.width(rowTitles, theme.tickFont)
    let rowTitleWidth = rowTitles.isEmpty ? 0 : min(longest, width * 0.22) + 1.2
    let side = min((width - rowTitleWidth - gap * (columns - 1)) / columns, largestSide)
    let titleLines = columnTitles.map { context.wrap($0, to: side, theme.tickFont).count }.max()
    let head = titleLines.map { context.height(lines: $0, theme.tickFont) + 0.6 } ?? 0
    let captionHeights = items.map { row -> Double in
      let lines = row.filter { !$0.caption.isEmpty }.map {
        context.wrap($0.caption, to: side + gap - 0.4, theme.noteFont).count
      }.max()
      return lines.map { context.height(lines: $0, theme.noteFont) + 0.8 } ?? 0
    }
    return (side, gap, head, captionHeights, rowTitleWidth)
  }
}

extension Raster {
  /// The 64-bit FNV-1a digest of the bytes, in hexadecimal.
  var digest: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    return String(hash, radix: 16)
  }
}
