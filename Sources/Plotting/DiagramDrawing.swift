/// A diagram drawn around the origin of its own grid, with the space that everything takes.
struct DiagramDrawing {
  private(set) var primitives: [Primitive] = []
  /// The space taken by nodes, frames, arrows and texts.
  private(set) var bounds: Rect

  private let context: LayoutContext

  /// Draws a diagram with at least one node; it may end up wider than the limit.
  init(_ diagram: Diagram, limit: Double, context: LayoutContext) {
    self.context = context
    let theme = context.theme
    let layout = DiagramLayout(diagram, limit: limit, context: context)
    let routes = diagram.edges.compactMap { edge in
      Self.route(of: edge, layout).map { (edge: edge, route: $0) }
    }
    let nodes = layout.cells.map { $0.rect(at: layout.center($0.node)) }
    let traces = routes.flatMap(\.route.trace)
    let frames = layout.groupFrames
    bounds = Self.union(
      nodes + frames.map(\.rect) + traces.map { Rect(x: $0.x, y: $0.y, width: 0, height: 0) })

    for (group, rect) in frames { primitives += layout.outline(group, rect) }
    for (edge, route) in routes {
      primitives += route.primitives(
        stroke: Stroke(
          Self.color(of: edge, theme), width: theme.outlineWidth * 1.3, dash: edge.dash))
    }
    for cell in layout.cells {
      primitives += cell.primitives(at: layout.center(cell.node), context: context)
    }
    for (group, rect) in frames {
      primitives += layout.title(group, rect, obstacles: traces)
    }
    let borders = frames.flatMap { _, rect in
      DiagramRoute.trace([
        Point(rect.left, rect.top), Point(rect.right, rect.top), Point(rect.right, rect.bottom),
        Point(rect.left, rect.bottom), Point(rect.left, rect.top),
      ])
    }
    addLabels(routes, nodes: nodes, traces: traces + borders)
    let line = theme.outlineWidth
    bounds = bounds.inset(left: -line, top: -line, right: -line, bottom: -line)
  }

  private mutating func addLabels(
    _ routes: [(edge: Diagram.Edge, route: DiagramRoute)], nodes: [Rect], traces: [Point]
  ) {
    let font = context.theme.noteFont
    let page = bounds
    var taken = nodes
    for (edge, route) in routes where !edge.label.isEmpty {
      let places = route.labelPlaces(edge.label, context: context)
      func collisions(_ place: DiagramRoute.LabelPlace) -> Int {
        let wide = place.rect.inset(left: -0.4, top: -0.4, right: -0.4, bottom: -0.4)
        let outside = wide.overlap(page) < wide.width * wide.height * 0.999 ? 1 : 0
        return 20 * taken.filter { $0.overlap(wide) > 1e-9 }.count + 10 * outside
          + traces.filter(wide.contains).count
      }
      let costs = places.map(collisions)
      guard let best = zip(places, costs).first(where: { $0.1 == costs.min() })?.0 else { continue }
      taken.append(best.rect)
      bounds = Self.union([bounds, best.rect])
      primitives += context.paragraph(
        best.lines, x: best.rect.center.x, top: best.rect.top, font: font,
        color: Self.color(of: edge, context.theme).darkened(toLightness: 45), anchor: .middle)
    }
  }

  private static func union(_ rects: [Rect]) -> Rect {
    let left = rects.map(\.left).min() ?? 0
    let top = rects.map(\.top).min() ?? 0
    return Rect(
      x: left, y: top, width: (rects.map(\.right).max() ?? 0) - left,
      height: (rects.map(\.bottom).max() ?? 0) - top)
  }

  private static func color(of edge: Diagram.Edge, _ theme: Theme) -> Color {
    edge.series.map { theme.palette.style(for: $0.identifier).color } ?? theme.mutedInk
  }

  private static func route(of edge: Diagram.Edge, _ layout: DiagramLayout) -> DiagramRoute? {
    guard let from = layout.cells.first(where: { $0.node.id == edge.from }),
      let to = layout.cells.first(where: { $0.node.id == edge.to })
    else { return nil }
    func outline(_ cell: DiagramCell) -> DiagramRoute.Outline {
      let center = layout.center(cell.node)
      return .init(
        rect: Rect(
          x: center.x - cell.outline.width / 2, y: center.y - cell.outline.height / 2,
          width: cell.outline.width, height: cell.outline.height), isRound: cell.node.isRound)
    }
    return DiagramRoute(
      edge.route, from: outline(from), to: outline(to),
      middle: layout.turn(from: from.node, to: to.node))
  }
}
