extension Diagram {
  /// The straight edges with their nodes.
  var straightEdges: [(edge: Edge, from: Node, to: Node)] {
    edges.filter { $0.route == .straight }.compactMap { edge in
      guard let from = nodes.first(where: { $0.id == edge.from }),
        let to = nodes.first(where: { $0.id == edge.to })
      else { return nil }
      return (edge, from, to)
    }
  }

  /// The side at which the detail of a circle is least in the way of its edges: below, above, left
  /// or right, the first towards which no edge leaves.
  func detailSide(of node: Node) -> DiagramFrames.Side {
    let ways: [(side: DiagramFrames.Side, x: Double, y: Double)] = [
      (.bottom, 0, 1), (.top, 0, -1), (.left, -1, 0), (.right, 1, 0),
    ]
    let others = edges.compactMap { edge -> String? in
      if edge.from == node.id { return edge.to }
      return edge.to == node.id ? edge.from : nil
    }
    let neighbours = nodes.filter { others.contains($0.id) }
    let free = ways.first { way in
      neighbours.allSatisfy { other in
        let (x, y) = (other.column - node.column, other.row - node.row)
        let length = (x * x + y * y).squareRoot()
        return x * way.x + y * way.y < 0.6 * length
      }
    }
    return free?.side ?? .bottom
  }
}
