/// The frames of a diagram's groups: how they nest, and the space that they need around nodes.
struct DiagramFrames {
  static let padding = 1.9
  private static let titleGap = 1.0

  /// The side of a group.
  enum Side: CaseIterable {
    case left
    case right
    case top
    case bottom
  }

  let groups: [Diagram.Group]
  private let nodes: [String: Diagram.Node]
  private let context: LayoutContext

  init(_ diagram: Diagram, context: LayoutContext) {
    groups = diagram.groups
    nodes = Dictionary(diagram.nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.context = context
  }

  private var font: Font { Font(size: context.theme.noteFont.size, bold: true) }

  /// The groups inside a group: their members are among its own.
  func inner(_ group: Int) -> [Int] {
    let members = Set(groups[group].members)
    return groups.indices.filter { other in
      let others = Set(groups[other].members)
      return other != group && others.isSubset(of: members) && (others != members || other > group)
    }
  }

  /// The line of the grid at which a group ends on a side.
  func line(_ group: Int, _ side: Side) -> Double {
    let members = groups[group].members.compactMap { nodes[$0] }
    let lines = members.map { side == .left || side == .right ? $0.column : $0.row }
    return (side == .left || side == .top ? lines.min() : lines.max()) ?? 0
  }

  /// The lines of a group's title when the group is `width` wide.
  func title(_ group: Int, width: Double) -> [String] {
    let text = groups[group].title
    return text.isEmpty ? [] : context.wrap(text, to: max(width, 5), font)
  }

  /// The space that a group needs on a side beyond its nodes, frames inside it included.
  func space(_ group: Int, _ side: Side, width: (Int) -> Double) -> Double {
    let own = Self.padding + (side == .top ? titleHeight(group, width: width(group)) : 0)
    let neighbours = inner(group).filter { line($0, side) == line(group, side) }
    return own + (neighbours.map { space($0, side, width: width) }.max() ?? 0)
  }

  /// The space that groups need beyond a line of the grid on a side.
  func space(at place: Int, _ side: Side, width: (Int) -> Double = { _ in 0 }) -> Double {
    groups.indices.filter { line($0, side) == Double(place) }
      .map { space($0, side, width: width) }.max() ?? 0
  }

  private func titleHeight(_ group: Int, width: Double) -> Double {
    let lines = title(group, width: width)
    return lines.isEmpty ? 0 : DiagramCell.block(lines, font) + Self.titleGap
  }

  /// Returns the frame of a group around the rectangles of its nodes.
  func frame(_ group: Int, rects: [String: Rect], width: (Int) -> Double) -> Rect? {
    let members = groups[group].members.compactMap { rects[$0] }
    let frames = inner(group).compactMap { frame($0, rects: rects, width: width) }
    let all = members + frames
    guard let left = all.map(\.left).min(), let right = all.map(\.right).max(),
      let top = all.map(\.top).min(), let bottom = all.map(\.bottom).max()
    else { return nil }
    let head = Self.padding + titleHeight(group, width: width(group))
    return Rect(
      x: left - Self.padding, y: top - head, width: right - left + 2 * Self.padding,
      height: bottom - top + head + Self.padding)
  }

  private func color(_ group: Int) -> Color {
    let theme = context.theme
    return groups[group].series.map { theme.palette.style(for: $0.identifier).color }
      ?? theme.mutedInk
  }

  /// Returns a dashed frame.
  func outline(_ group: Int, frame: Rect) -> [Primitive] {
    let stroke = Stroke(color(group), width: context.theme.outlineWidth, dash: .dashed)
    return [.rectangle(frame, fill: nil, stroke: stroke)]
  }

  /// Returns a title in the upper left corner of its frame, or further right where less of the
  /// arrows, given as points on them, lies below it.
  func titlePrimitives(_ group: Int, frame: Rect, obstacles: [Point]) -> [Primitive] {
    let lines = title(group, width: frame.width - 2 * Self.titleGap)
    guard !lines.isEmpty else { return [] }
    let size = Size(width: context.width(lines, font), height: DiagramCell.block(lines, font))
    let left = frame.left + Self.titleGap
    let free = max(frame.width - 2 * Self.titleGap - size.width, 0)
    let places = (0...8).map { step in
      Rect(
        x: left + free * Double(step) / 8, y: frame.top + Self.titleGap, width: size.width,
        height: size.height)
    }
    let covered = places.map { place in
      let wide = place.inset(left: -0.6, top: -0.6, right: -0.6, bottom: -0.6)
      return obstacles.filter(wide.contains).count
    }
    let best = zip(places, covered).first { $0.1 == covered.min() }?.0 ?? places[0]
    return context.paragraph(
      lines, x: best.left, top: best.top, font: font,
      color: color(group).darkened(toLightness: 45))
  }
}
