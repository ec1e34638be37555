/// The places of a diagram's nodes on the page, measured for a width.
struct DiagramLayout {
  private static let largestNode = 38.0
  private static let smallestNode = 8.0
  /// How many times the least space between columns may become where a page is wide.
  private static let widening = 2.0
  private static let labelWidth = 22.0

  let cells: [DiagramCell]
  let columns: DiagramGrid
  let rows: DiagramGrid
  private let columnGaps: [Double]
  private let frames: DiagramFrames

  /// The extent of the whole diagram in millimetres.
  var size: Size { Size(width: columns.length, height: rows.length) }

  /// Lays out a diagram with at least one node; it may end up wider than the limit.
  init(_ diagram: Diagram, limit: Double, context: LayoutContext) {
    let frames = DiagramFrames(diagram, context: context)
    self.frames = frames
    let across = Across(diagram, frames, context)
    let sides = diagram.nodes.map(diagram.detailSide)
    func measured(_ width: (Diagram.Node) -> Double) -> [DiagramCell] {
      zip(diagram.nodes, sides).map { node, side in
        DiagramCell(
          node, limit: width(node), pictureSide: diagram.pictureSide, detailSide: side,
          context: context)
      }
    }
    var width = Self.largestNode
    var cells = measured { _ in width }
    while width > Self.smallestNode, across.length(cells, across.least) > limit {
      width -= 0.5
      cells = measured { _ in width }
    }
    // A column as wide as its widest word has room for longer lines in its other boxes.
    let widths = Dictionary(
      cells.map { ($0.node.column, $0.outline.width) }, uniquingKeysWith: max)
    cells = measured { node in
      node.isRound ? width : max(width, widths[node.column, default: width] + 1e-6)
    }
    let gaps = across.gaps(cells, within: limit)
    columnGaps = gaps
    columns = across.grid(cells, gaps)
    self.cells = across.aligned(cells)
    rows = Self.rows(diagram, self.cells, columns, frames, context)
  }

  /// What the columns need.
  private struct Across {
    let lines: ClosedRange<Int>
    /// The least and the desired free space between neighbouring columns.
    var least: [Double]
    var desired: [Double]
    let ends: [Double]

    init(_ diagram: Diagram, _ frames: DiagramFrames, _ context: LayoutContext) {
      let lines = DiagramGrid.lines(diagram.nodes.map(\.column))
      self.lines = lines
      ends = [
        frames.space(at: lines.lowerBound, .left), frames.space(at: lines.upperBound, .right),
      ]
      let spaces = lines.dropLast().map {
        frames.space(at: $0, .right) + frames.space(at: $0 + 1, .left)
      }
      least = spaces.map { $0 + diagram.columnSpacing }
      desired = spaces.map { $0 + DiagramLayout.widening * diagram.columnSpacing }
      let font = context.theme.noteFont
      for (edge, from, to) in diagram.straightEdges where !edge.label.isEmpty {
        guard from.row == to.row, abs(from.column - to.column) == 1,
          let index = lines.firstIndex(of: Int(min(from.column, to.column)))
        else { continue }
        let gap = lines.distance(from: lines.startIndex, to: index)
        let word = context.width(context.wrap(edge.label, to: 0, font), font)
        let line = context.width(
          context.wrap(edge.label, to: DiagramLayout.labelWidth, font), font)
        let head = DiagramRoute.headLength + 1.2
        least[gap] = max(least[gap], word + head)
        desired[gap] = max(desired[gap], line + head)
      }
    }

    private func extents(_ cells: [DiagramCell]) -> [(before: Double, behind: Double)] {
      lines.map { line in
        let column = cells.filter { $0.node.column == Double(line) }
        return (
          column.map { $0.extent(.left) }.max() ?? 0, column.map { $0.extent(.right) }.max() ?? 0
        )
      }
    }

    func grid(_ cells: [DiagramCell], _ gaps: [Double]) -> DiagramGrid {
      DiagramGrid(first: lines.lowerBound, extents: extents(cells), gaps: gaps, ends: ends)
    }

    func length(_ cells: [DiagramCell], _ gaps: [Double]) -> Double { grid(cells, gaps).length }

    /// The gaps that a limit allows: at least the least, at most the desired ones.
    func gaps(_ cells: [DiagramCell], within limit: Double) -> [Double] {
      let wish = zip(desired, least).map { $0 - $1 }.reduce(0, +)
      guard wish > 0 else { return least }
      let share = min(max((limit - length(cells, least)) / wish, 0), 1)
      return zip(desired, least).map { $1 + share * ($0 - $1) }
    }

    /// The cells, all boxes of a column equally wide.
    func aligned(_ cells: [DiagramCell]) -> [DiagramCell] {
      cells.map { cell in
        guard !cell.node.isRound, cell.node.kind != .note else { return cell }
        let column = cells.filter {
          $0.node.column == cell.node.column && !$0.node.isRound && $0.node.kind != .note
        }
        var wider = cell
        wider.outline.width = column.map(\.outline.width).max() ?? cell.outline.width
        return wider
      }
    }
  }

  private static func rows(
    _ diagram: Diagram, _ cells: [DiagramCell], _ columns: DiagramGrid, _ frames: DiagramFrames,
    _ context: LayoutContext
  ) -> DiagramGrid {
    let font = context.theme.noteFont
    func block(_ label: String, _ width: Double) -> Double {
      label.isEmpty ? 0 : DiagramCell.block(context.wrap(label, to: width, font), font)
    }
    let lines = DiagramGrid.lines(diagram.nodes.map(\.row))
    let extents = lines.map { line -> (before: Double, behind: Double) in
      let row = cells.filter { $0.node.row == Double(line) }
      let labels = diagram.straightEdges.filter {
        $0.from.row == Double(line) && $0.to.row == $0.from.row
      }.map {
        block($0.edge.label, labelWidth) + 1.5
      }
      return (
        max(row.map(\.above).max() ?? 0, labels.max() ?? 0), row.map(\.below).max() ?? 0
      )
    }
    let title = titleWidth(cells, columns, frames)
    var gaps = lines.dropLast().map {
      frames.space(at: $0, .bottom) + frames.space(at: $0 + 1, .top, width: title)
        + diagram.rowSpacing
    }
    for edge in diagram.edges where !edge.label.isEmpty {
      let ends = diagram.nodes.filter { $0.id == edge.from || $0.id == edge.to }.map(\.row)
      guard let upper = ends.min(), let lower = ends.max(), lower - upper == 1,
        let index = lines.firstIndex(of: Int(upper))
      else { continue }
      let gap = lines.distance(from: lines.startIndex, to: index)
      gaps[gap] = max(gaps[gap], block(edge.label, labelWidth) + DiagramRoute.headLength + 2)
    }
    return DiagramGrid(
      first: lines.lowerBound, extents: extents, gaps: gaps,
      ends: [
        frames.space(at: lines.lowerBound, .top, width: title),
        frames.space(at: lines.upperBound, .bottom),
      ])
  }

  /// How wide the title of a group may be: from its first to its last node.
  private static func titleWidth(
    _ cells: [DiagramCell], _ columns: DiagramGrid, _ frames: DiagramFrames
  ) -> (Int) -> Double {
    { group in
      let members = cells.filter { frames.groups[group].members.contains($0.node.id) }
      let left = members.map { columns.place($0.node.column) - $0.extent(.left) }.min() ?? 0
      let right = members.map { columns.place($0.node.column) + $0.extent(.right) }.max() ?? 0
      return right - left + 2 * (DiagramFrames.padding - 1)
    }
  }

  /// Where a node's middle stands, from the diagram's upper left corner.
  func center(_ node: Diagram.Node) -> Point {
    Point(columns.place(node.column), rows.place(node.row))
  }

  /// The frames of the groups, from the diagram's upper left corner, outer ones first.
  var groupFrames: [(group: Int, rect: Rect)] {
    let rects = cells.map { ($0.node.id, $0.rect(at: center($0.node))) }
    let byNode = Dictionary(rects, uniquingKeysWith: { first, _ in first })
    let title = Self.titleWidth(cells, columns, frames)
    return frames.groups.indices.sorted { frames.inner($0).count > frames.inner($1).count }
      .compactMap { group in
        frames.frame(group, rects: byNode, width: title).map { (group, $0) }
      }
  }

  /// Returns a group's dashed frame.
  func outline(_ group: Int, _ rect: Rect) -> [Primitive] { frames.outline(group, frame: rect) }

  /// Returns a group's title, where it covers least of what lies in its way.
  func title(_ group: Int, _ rect: Rect, obstacles: [Point]) -> [Primitive] {
    frames.titlePrimitives(group, frame: rect, obstacles: obstacles)
  }

  /// The point at which a stepped route into a node turns: in the free space before it.
  func turn(from: Diagram.Node, to: Diagram.Node) -> Point {
    func middle(_ grid: DiagramGrid, _ line: Double, _ other: Double, _ half: (Bool) -> Double)
      -> Double
    {
      let isAfter = line > other
      let neighbour = isAfter ? (line - 1).rounded(.up) : (line + 1).rounded(.down)
      let edge = grid.place(line) + (isAfter ? -half(true) : half(true))
      let far = grid.place(neighbour) + (isAfter ? half(false) : -half(false))
      return (edge + far) / 2
    }
    func widest(_ column: Double) -> Double {
      cells.filter { $0.node.column == column }.map { $0.outline.width / 2 }.max() ?? 0
    }
    func deepest(_ row: Double, _ isUpper: Bool) -> Double {
      cells.filter { $0.node.row == row }.map { isUpper ? $0.above : $0.below }.max() ?? 0
    }
    let columnStep = to.column > from.column ? -1.0 : 1
    let rowStep = to.row > from.row ? -1.0 : 1
    return Point(
      middle(columns, to.column, from.column) { widest($0 ? to.column : to.column + columnStep) },
      middle(rows, to.row, from.row) {
        $0 ? deepest(to.row, rowStep < 0) : deepest(to.row + rowStep, rowStep > 0)
      })
  }
}
