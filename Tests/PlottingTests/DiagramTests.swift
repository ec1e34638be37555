import Testing

@testable import Plotting

@Suite struct DiagramTests {
  private let diagram = SampleCharts.diagram

  private func layout(_ diagram: Diagram, _ width: Double) -> DiagramLayout {
    DiagramLayout(
      diagram, limit: width,
      context: LayoutContext(theme: .standard, measurer: RecordingRenderer()))
  }

  @Test(arguments: [60.0, 85, 175])
  func nodesNeverOverlap(width: Double) {
    let layout = layout(diagram, width)
    let rects = layout.cells.map { $0.rect(at: layout.center($0.node)) }
    for (index, one) in rects.enumerated() {
      for (other, rect) in rects.enumerated().dropFirst(index + 1) {
        #expect(
          one.overlap(rect) == 0,
          "\(diagram.nodes[index].id) and \(diagram.nodes[other].id) at \(width)")
      }
    }
    for (group, frame) in layout.groupFrames {
      for (node, rect) in zip(diagram.nodes, rects) {
        let isMember = diagram.groups[group].members.contains(node.id)
        let shared = frame.overlap(rect)
        let expected = isMember ? rect.width * rect.height : 0
        #expect(abs(shared - expected) < 1e-9, "\(node.id)")
      }
    }
  }

  @Test func widerPagesBreakFewerLines() {
    let heights = [45.0, 60, 85, 175].map { layout(diagram, $0).size.height }
    #expect(zip(heights, heights.dropFirst()).allSatisfy { $0 >= $1 }, "\(heights)")
  }

  @Test func whatIsTooWideIsMadeSmaller() throws {
    let nodes = (0..<12).map {
      Diagram.Node("n\($0)", "unbreakable", kind: .process, row: 0, column: Double($0))
    }
    let plan = try Figure(Diagram(nodes: nodes, edges: []), width: 85)
      .plan(measurer: RecordingRenderer())
    for case .text(let label) in plan.primitives {
      #expect(label.font.size < 7.5 && label.position.x > 0 && label.position.x < 85)
    }
  }

  /// From circle to box: the line leaves at the outlines, the head points at the box.
  @Test func arrowsEndAtOutlines() throws {
    let circle = DiagramRoute.Outline(
      rect: Rect(x: 0, y: 0, width: 10, height: 10), isRound: true)
    let box = DiagramRoute.Outline(
      rect: Rect(x: 30, y: 0, width: 10, height: 10), isRound: false)
    let route = DiagramRoute(.straight, from: circle, to: box, middle: Point(0, 0))
    let (start, tip) = (try #require(route.points.first), try #require(route.points.last))
    #expect(abs(start.x - 10) < 1e-6 && abs(tip.x - 29.65) < 1e-6 && tip.y == 5)
    let below = DiagramRoute.Outline(
      rect: Rect(x: 30, y: 40, width: 10, height: 10), isRound: false)
    let elbow = DiagramRoute(.horizontalFirst, from: circle, to: below, middle: Point(0, 0))
    #expect(elbow.points.count == 3 && elbow.points[1] == Point(35, 5))
    let stepped = DiagramRoute(.steppedAcross, from: circle, to: below, middle: Point(20, 0))
    #expect(stepped.points.map(\.x).contains(20) && abs((stepped.points.last?.y ?? 0) - 45) < 1e-9)
  }

  @Test func detailsStandWhereNoEdgeLeaves() {
    let sides = ["z", "y"].map { id in
      diagram.nodes.first { $0.id == id }.map(diagram.detailSide)
    }
    #expect(sides == [.top, .bottom])
  }

  /// The upright part of each arrow runs close to its box, and the label must stand elsewhere.
  @Test(arguments: [85.0, 175])
  func labelsCoverNoNode(width: Double) throws {
    func box(_ id: String, _ row: Double, _ column: Double) -> Diagram.Node {
      .init(
        id, "change the \(id)", detail: "several words", kind: .process, row: row, column: column)
    }
    let fork = Diagram(
      nodes: [box("pair", 0.5, 0), box("label", 0, 1), box("image", 1, 1)],
      edges: [
        .init(from: "pair", to: "label", "label correction", route: .steppedAcross),
        .init(from: "pair", to: "image", "EchoAlign", route: .steppedAcross),
      ])
    let context = LayoutContext(theme: .standard, measurer: RecordingRenderer())
    let layout = layout(fork, width)
    let rects = layout.cells.map { $0.rect(at: layout.center($0.node)) }
    let font = Theme.standard.noteFont
    let words: Set = ["label correction", "label", "correction", "EchoAlign"]
    let drawing = DiagramDrawing(fork, limit: width, context: context)
    var seen = 0
    for case .text(let label) in drawing.primitives where words.contains(label.text) {
      let length = context.width(label.text, font)
      let text = Rect(
        x: label.position.x - length / 2, y: label.position.y - font.capHeight, width: length,
        height: font.capHeight)
      #expect(rects.allSatisfy { $0.overlap(text) == 0 }, "\(label.text) at \(width)")
      seen += 1
    }
    #expect(seen >= 2)
  }

  @Test func structureThatIsNoneIsRefused() {
    func node(_ id: String, _ column: Double) -> Diagram.Node {
      .init(id, id, kind: .data, row: 0, column: column)
    }
    let bad = [
      Diagram(nodes: [node("a", 0), node("a", 1)], edges: []),
      Diagram(nodes: [node("a", 0), node("b", 0)], edges: []),
      Diagram(nodes: [node("a", 101)], edges: []),
      Diagram(nodes: [node("a", 0)], edges: [.init(from: "a", to: "b")]),
      Diagram(nodes: [node("a", 0)], edges: [.init(from: "a", to: "a")]),
      Diagram(nodes: [node("a", 0)], edges: [], groups: [.init("g", members: [])]),
      Diagram(nodes: [node("a", 0)], edges: [], groups: [.init("g", members: ["b"])]),
    ]
    for diagram in bad {
      #expect {
        try diagram.validate()
      } throws: { error in
        guard case .unsuitable? = error as? PlotError else { return false }
        return true
      }
    }
  }

  @Test func tableListsNodesEdgesAndGroups() {
    let rows = diagram.table.rows
    #expect(rows.count == 6 + 4 + 1)
    let first = ["node", "data", "data", "noisy data"]
    #expect(rows[0].prefix(4) == first.map(DataTable.Field.text)[...])
    #expect(rows[8][2] == .text("curved 0.2") && rows[10][9] == .text("edit model"))
  }
}
