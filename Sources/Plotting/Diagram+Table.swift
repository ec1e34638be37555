extension Diagram.Node.Kind {
  /// What the kind means, for the legend.
  var meaning: String {
    switch self {
    case .data: "data"
    case .process: "processing step"
    case .model: "trained model"
    case .observed: "observed"
    case .latent: "not observed"
    case .note: "remark"
    }
  }
}

extension Diagram.Edge.Route {
  /// The route in kebab-case.
  var name: String {
    switch self {
    case .straight: "straight"
    case .horizontalFirst: "horizontal-first"
    case .verticalFirst: "vertical-first"
    case .steppedAcross: "stepped-across"
    case .steppedDown: "stepped-down"
    case .curved(let bend): "curved \(bend)"
    }
  }
}

extension Diagram {
  /// Returns the kinds of the nodes, if they are to be explained.
  public func legend(theme: Theme) -> [LegendEntry] {
    guard explainsKinds else { return [] }
    let used = Set(nodes.filter { $0.series == nil }.map(\.kind))
    return Node.Kind.allCases.filter { used.contains($0) && $0 != .note }.map { kind in
      let look = DiagramLook(kind, series: nil, theme)
      return LegendEntry(
        .shape(
          fill: look.fill, stroke: look.stroke, isRound: kind == .observed || kind == .latent),
        kind.meaning)
    }
  }

  /// The drawn structure: one row per node, then per edge, then per group.
  public var table: DataTable {
    var table = DataTable(columns: [
      "element", "id", "kind", "text", "detail", "row", "column", "from", "to", "members",
      "series", "picture_fnv1a64",
    ])
    for node in nodes {
      table.append([
        .text("node"), .text(node.id), .text(node.kind.rawValue), .text(node.title),
        .text(node.detail), .number(node.row), .number(node.column), .empty, .empty, .empty,
        .text(node.series?.identifier ?? ""), .text(node.picture?.digest ?? ""),
      ])
    }
    for edge in edges {
      table.append([
        .text("edge"), .empty, .text(edge.route.name), .text(edge.label), .empty, .empty, .empty,
        .text(edge.from), .text(edge.to), .empty, .text(edge.series?.identifier ?? ""), .empty,
      ])
    }
    for group in groups {
      table.append([
        .text("group"), .empty, .empty, .text(group.title), .empty, .empty, .empty, .empty, .empty,
        .text(group.members.joined(separator: " ")), .text(group.series?.identifier ?? ""),
        .empty,
      ])
    }
    return table
  }
}
