/// Thousands of points in groups: small translucent markers, drawn in an order that favours no group.
///
/// The points are drawn in an order that is mixed, but the same for equal input: drawn group by
/// group, the last one would cover the others. Where there are more than `pixelThreshold` of them,
/// an SVG holds them as one picture between vector axes and texts.
public struct PointCloud: CartesianChart {
  /// One point.
  public struct Dot: Hashable, Sendable {
    /// The index of the group.
    public var group: Int
    /// The horizontal number.
    public var x: Double
    /// The vertical number.
    public var y: Double

    /// Creates a point.
    public init(group: Int, x: Double, y: Double) {
      self.group = group
      self.x = x
      self.y = y
    }
  }

  /// The number of points up to which an SVG holds outlines, of about 0.3 kB each.
  public static let pixelThreshold = 1000

  /// The groups, in the order of the legend, such as the classes `SeriesKey.imageClass(_:name:)`.
  public let groups: [SeriesKey]
  /// The points, in the order of the table.
  public let dots: [Dot]
  /// The opacity of a marker; nil for one that follows from the number of points.
  public var opacity: Double?
  /// Whether axes are drawn; without them (an embedding has no units) both directions have one scale.
  public var showsAxes: Bool
  /// The axis below the plot.
  public var horizontalAxis: Axis
  /// The axis to the left of the plot.
  public var verticalAxis: Axis

  /// Creates a cloud with axes.
  public init(groups: [SeriesKey], dots: [Dot], horizontalAxis: Axis, verticalAxis: Axis) {
    precondition(
      dots.allSatisfy { groups.indices.contains($0.group) },
      "a point is in none of the \(groups.count) groups")
    self.groups = groups
    self.dots = dots
    self.horizontalAxis = horizontalAxis
    self.verticalAxis = verticalAxis
    showsAxes = true
  }

  /// Creates a square cloud without axes, for positions that have no unit, such as those of t-SNE.
  ///
  /// - Parameters:
  ///   - dots: the points.
  ///   - groups: the groups, in the order of the legend.
  public init(embedding dots: [Dot], groups: [SeriesKey]) {
    self.init(
      groups: groups, dots: dots, horizontalAxis: Axis("", fit: .tight),
      verticalAxis: Axis("", fit: .tight))
    showsAxes = false
  }

  /// Whether both axes are equally long on the page: without axes.
  public var isSquare: Bool { !showsAxes }

  /// The range of the points; without axes, with room for markers, and as long as the vertical one.
  public var horizontalExtent: ClosedRange<Double>? {
    showsAxes ? .covering(dots.map(\.x)) : squareExtents?.horizontal
  }

  /// The range of the points; without axes, with room for markers, and as long as the horizontal one.
  public var verticalExtent: ClosedRange<Double>? {
    showsAxes ? .covering(dots.map(\.y)) : squareExtents?.vertical
  }

  private var squareExtents: (horizontal: ClosedRange<Double>, vertical: ClosedRange<Double>)? {
    guard let across = ClosedRange.covering(dots.map(\.x)),
      let down = ClosedRange.covering(dots.map(\.y))
    else { return nil }
    let longer = max(
      across.upperBound - across.lowerBound, down.upperBound - down.lowerBound)
    let largest = [across, down].flatMap { [abs($0.lowerBound), abs($0.upperBound)] }.max() ?? 0
    let reach = longer > largest * 1e-9 && longer > 1e-290 ? longer * 0.53 : max(largest * 0.1, 1)
    func around(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
      let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
      return (middle - reach)...(middle + reach)
    }
    return (around(across), around(down))
  }

  /// Throws when a number is not finite or has no place on its axis.
  public func validate() throws(PlotError) {
    for (index, dot) in dots.enumerated() where !dot.x.isFinite || !dot.y.isFinite {
      throw .notFinite(chart: "cloud", item: "point \(index) of \(groups[dot.group].identifier)")
    }
    if let opacity, !(opacity > 0 && opacity <= 1) {
      throw .unsuitable(chart: "cloud", reason: "an opacity lies in 0...1, not at \(opacity)")
    }
    try validateAxes(chart: "cloud")
  }

  /// Returns the groups, with markers as large as in other charts.
  public func legend(theme: Theme) -> [LegendEntry] {
    groups.map { key in
      let style = theme.palette.style(for: key.identifier)
      return LegendEntry(.marker(style.marker, style.color), key.name)
    }
  }

  /// The plotted data: one row per point, in the given order.
  public var table: DataTable {
    var table = DataTable(columns: ["series", "name", "x", "y"])
    for dot in dots {
      let key = groups[dot.group]
      table.append([.text(key.identifier), .text(key.name), .number(dot.x), .number(dot.y)])
    }
    return table
  }

  /// The indices of the points in the order of drawing: sorted by a mixed index (SplitMix64).
  var drawingOrder: [Int] {
    dots.indices.map { index -> (key: UInt64, index: Int) in
      var mixed = UInt64(index + 1) &* 0x9e37_79b9_7f4a_7c15
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return (mixed ^ (mixed >> 31), index)
    }.sorted { $0.key < $1.key }.map(\.index)
  }

  /// Returns the markers: the smaller and the more translucent, the more points share the plot.
  public func marks(in frame: PlotFrame, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    let share = frame.rect.width * frame.rect.height / Double(max(dots.count, 1))
    let size = min(max(0.62 * share.squareRoot(), 0.45), theme.markerSize)
    let strength = opacity ?? min(max(0.45 + 0.35 * size / theme.markerSize, 0.5), 0.8)
    let styles = groups.map { theme.palette.style(for: $0.identifier) }
    let markers = drawingOrder.compactMap { index -> Primitive? in
      let dot = dots[index]
      let center = frame.point(dot.x, dot.y)
      guard frame.rect.contains(center) else { return nil }
      let style = styles[dot.group]
      return style.marker.dot(at: center, size: size, color: style.color.opacity(strength))
    }
    let clipped = [.beginClip(frame.rect)] + markers + [.endClip]
    guard dots.count > Self.pixelThreshold else { return clipped }
    return [.beginPixels(frame.rect)] + clipped + [.endPixels]
  }
}
