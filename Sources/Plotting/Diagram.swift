/// Nodes on a grid, joined by arrows and framed in groups: causal graphs, data flows, comparisons.
///
/// Positions are places on a grid of rows and columns; fractions stand between them. How wide
/// columns and how high rows are follows from texts and pictures. What does not fit the width even
/// with a word per line is made smaller as a whole.
public struct Diagram: Chart {
  /// A box or a circle with text.
  public struct Node: Hashable, Sendable {
    /// What a node stands for; it fixes shape and fill.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
      /// Images, labels, a file: a tinted box with sharp corners.
      case data
      /// Something that is done: a white box with round corners.
      case process
      /// Something that was trained: a tinted box with round corners and a strong outline.
      case model
      /// An observed variable: a shaded circle, the detail below it.
      case observed
      /// A variable that is not observed: a white circle, the detail below it.
      case latent
      /// A remark: text alone.
      case note
    }

    /// The identifier, by which edges and groups name the node.
    public var id: String
    /// The text; line breaks are kept.
    public var title: String
    /// A second, smaller text; empty for none.
    public var detail: String
    /// What the node stands for.
    public var kind: Kind
    /// The row, counted from the top.
    public var row: Double
    /// The column, counted from the left.
    public var column: Double
    /// A picture above the text; circles have none.
    public var picture: Raster?
    /// The series that gives the colour; nil for that of the kind.
    public var series: SeriesKey?

    /// Creates a node at a place of the grid.
    public init(
      _ id: String, _ title: String, detail: String = "", kind: Kind, row: Double, column: Double,
      picture: Raster? = nil, series: SeriesKey? = nil
    ) {
      self.id = id
      self.title = title
      self.detail = detail
      self.kind = kind
      self.row = row
      self.column = column
      self.picture = picture
      self.series = series
    }

    /// Whether the outline is a circle.
    var isRound: Bool { kind == .observed || kind == .latent }
  }

  /// An arrow from one node to another.
  public struct Edge: Hashable, Sendable {
    /// The way that the arrow takes.
    public enum Route: Hashable, Sendable {
      /// Straight from node to node.
      case straight
      /// Level first, then upright into the node.
      case horizontalFirst
      /// Upright first, then level into the node.
      case verticalFirst
      /// Level, upright in the gap before the node's column, level into the node.
      case steppedAcross
      /// Upright, level in the gap before the node's row, upright into the node.
      case steppedDown
      /// An arc whose middle is away from the straight line by this share of its length, to the
      /// left as seen along the arrow.
      case curved(Double)
    }

    /// The identifier of the node at the beginning.
    public var from: String
    /// The identifier of the node at the head.
    public var to: String
    /// A short text beside the arrow; empty for none.
    public var label: String
    /// The way that the arrow takes.
    public var route: Route
    /// The pattern of the line.
    public var dash: Dash
    /// The series that gives the colour; nil for grey.
    public var series: SeriesKey?

    /// Creates an arrow.
    public init(
      from: String, to: String, _ label: String = "", route: Route = .straight,
      dash: Dash = .solid, series: SeriesKey? = nil
    ) {
      self.from = from
      self.to = to
      self.label = label
      self.route = route
      self.dash = dash
      self.series = series
    }
  }

  /// A dashed frame around nodes, with a title.
  public struct Group: Hashable, Sendable {
    /// The text in the upper left corner.
    public var title: String
    /// The identifiers of the nodes inside.
    public var members: [String]
    /// The series that gives the colour; nil for grey.
    public var series: SeriesKey?

    /// Creates a frame around nodes.
    public init(_ title: String, members: [String], series: SeriesKey? = nil) {
      self.title = title
      self.members = members
      self.series = series
    }
  }

  /// The nodes.
  public let nodes: [Node]
  /// The arrows.
  public let edges: [Edge]
  /// The frames; one whose members are among another's stands inside it.
  public let groups: [Group]
  /// The longer side of pictures in millimetres.
  public var pictureSide = 13.0
  /// The least free space between neighbouring rows in millimetres, without that for labels.
  public var rowSpacing = 4.8
  /// The least free space between neighbouring columns in millimetres, without that for labels.
  public var columnSpacing = 5.4
  /// Whether a legend explains the kinds of nodes.
  public var explainsKinds = false

  /// Creates a diagram.
  public init(nodes: [Node], edges: [Edge], groups: [Group] = []) {
    self.nodes = nodes
    self.edges = edges
    self.groups = groups
  }

  /// Throws when a place is not finite or taken twice, or an identifier is unknown or not unique.
  public func validate() throws(PlotError) {
    var known: Set<String> = []
    var taken: [[Double]: String] = [:]
    for node in nodes {
      guard node.row.isFinite, node.column.isFinite else {
        throw .notFinite(chart: "diagram", item: "the place of \(node.id)")
      }
      guard abs(node.row) <= 100, abs(node.column) <= 100 else {
        throw .unsuitable(
          chart: "diagram", reason: "rows and columns end at 100; \(node.id) lies beyond")
      }
      guard known.insert(node.id).inserted else {
        throw .unsuitable(chart: "diagram", reason: "two nodes are called \(node.id)")
      }
      let place = [node.row, node.column]
      if let other = taken[place] {
        throw .unsuitable(
          chart: "diagram",
          reason: "\(other) and \(node.id) both stand at row \(node.row), column \(node.column)")
      }
      taken[place] = node.id
    }
    for edge in edges {
      for end in [edge.from, edge.to] where !known.contains(end) {
        throw .unsuitable(
          chart: "diagram", reason: "an edge from \(edge.from) to \(edge.to) needs the node \(end)")
      }
      if case .curved(let bend) = edge.route, !bend.isFinite {
        throw .notFinite(chart: "diagram", item: "the bend from \(edge.from) to \(edge.to)")
      }
      guard edge.from != edge.to else {
        throw .unsuitable(chart: "diagram", reason: "\(edge.from) has an edge to itself")
      }
    }
    for group in groups {
      for member in group.members where !known.contains(member) {
        throw .unsuitable(
          chart: "diagram", reason: "the group \(group.title) needs the node \(member)")
      }
      guard !group.members.isEmpty else {
        throw .unsuitable(chart: "diagram", reason: "the group \(group.title) is empty")
      }
    }
  }
}
