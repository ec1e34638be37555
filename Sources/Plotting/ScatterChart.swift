/// Points with error bars both ways; with an identity line, published against measured values.
public struct ScatterChart: CartesianChart {
  /// One point.
  public struct Mark: Hashable, Sendable {
    /// The series that gives colour and marker.
    public var series: SeriesKey
    /// The horizontal number.
    public var x: Estimate
    /// The vertical number.
    public var y: Estimate
    /// A short text beside the point; nil for none.
    ///
    /// Where points crowd, texts are left out, first those of the points nearest to the identity
    /// line; the table has them all.
    public var label: String?

    /// Creates a point.
    public init(_ series: SeriesKey, x: Estimate, y: Estimate, label: String? = nil) {
      self.series = series
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// The points, first drawn first.
  public let points: [Mark]
  /// Whether the line y = x is drawn; both axes are then equal in range and length.
  public var showsIdentity: Bool
  /// What the error bars are, for the legend; nil leaves the entry out.
  public var spreadMeaning: String?
  /// The axis below the plot.
  public var horizontalAxis: Axis
  /// The axis to the left of the plot.
  public var verticalAxis: Axis

  /// Creates a chart.
  public init(
    points: [Mark], horizontalAxis: Axis, verticalAxis: Axis, showsIdentity: Bool = false,
    spreadMeaning: String? = nil
  ) {
    self.points = points
    self.showsIdentity = showsIdentity
    self.spreadMeaning = spreadMeaning
    self.horizontalAxis = horizontalAxis
    self.verticalAxis = verticalAxis
  }

  /// Whether both axes are equally long on the page: with an identity line.
  public var isSquare: Bool { showsIdentity }

  /// The range of the points, or of both directions with an identity line.
  public var horizontalExtent: ClosedRange<Double>? {
    showsIdentity ? .union(extent(\.x), extent(\.y)) : extent(\.x)
  }

  /// The range of the points, or of both directions with an identity line.
  public var verticalExtent: ClosedRange<Double>? {
    showsIdentity ? .union(extent(\.x), extent(\.y)) : extent(\.y)
  }

  private func extent(_ direction: (Mark) -> Estimate) -> ClosedRange<Double>? {
    .covering(
      points.map { direction($0).extent }.flatMap { [$0.lowerBound, $0.upperBound] })
  }

  /// The series of the points, in order of first appearance.
  private var series: [SeriesKey] {
    var seen: Set<SeriesKey> = []
    return points.map(\.series).filter { seen.insert($0).inserted }
  }

  /// Throws when a number is not finite or has no place on its axis.
  public func validate() throws(PlotError) {
    for (index, point) in points.enumerated() where !point.x.isFinite || !point.y.isFinite {
      throw .notFinite(chart: "scatter", item: "point \(index) of \(point.series.identifier)")
    }
    try validateAxes(chart: "scatter")
  }

  /// Returns the series, the identity line and the error bars.
  public func legend(theme: Theme) -> [LegendEntry] {
    var entries = series.map { key -> LegendEntry in
      let style = theme.palette.style(for: key.identifier)
      return LegendEntry(.marker(style.marker, style.color), key.name)
    }
    if showsIdentity {
      entries.append(
        LegendEntry(.line(Self.identityStroke(theme), nil), "equal values", isNote: true))
    }
    if let spreadMeaning, points.contains(where: { $0.x.interval != nil || $0.y.interval != nil }) {
      entries.append(LegendEntry(.errorBar, spreadMeaning, isNote: true))
    }
    return entries
  }

  /// The plotted data: one row per point.
  public var table: DataTable {
    var table = DataTable(columns: [
      "series", "name", "label", "x", "x_lower", "x_upper", "x_n", "y", "y_lower", "y_upper",
      "y_n",
    ])
    for point in points {
      table.append(
        [
          .text(point.series.identifier), .text(point.series.name), .text(point.label ?? ""),
        ]
          + [point.x, point.y].flatMap { estimate -> [DataTable.Field] in
            [
              .number(estimate.value), .optional(estimate.interval?.lowerBound),
              .optional(estimate.interval?.upperBound), .optional(estimate.count),
            ]
          })
    }
    return table
  }

  private static func identityStroke(_ theme: Theme) -> Stroke {
    Stroke(theme.mutedInk, width: theme.axisWidth, dash: .dashed)
  }

  /// Returns identity line, error bars, markers and labels.
  public func marks(in frame: PlotFrame, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    var lines: [Primitive] = []
    if showsIdentity {
      let ends = frame.horizontal.domain
      lines.append(
        .polyline(
          points: [
            frame.point(ends.lowerBound, ends.lowerBound),
            frame.point(ends.upperBound, ends.upperBound),
          ], stroke: Self.identityStroke(theme)))
    }
    var markers: [Primitive] = []
    var labels = PointLabels(area: frame.rect, context: context)
    for point in points {
      let style = theme.palette.style(for: point.series.identifier)
      let center = frame.point(point.x.value, point.y.value)
      let stroke = Stroke(style.color, width: theme.outlineWidth)
      if let interval = point.x.interval {
        let ends = (frame.x(interval.lowerBound), frame.x(interval.upperBound))
        lines += ErrorBar.horizontal(
          y: center.y, from: ends.0, to: ends.1, cap: 0.45, stroke: stroke)
        labels.reserve(Point(ends.0, center.y), Point(ends.1, center.y))
      }
      if let interval = point.y.interval {
        let ends = (frame.y(interval.lowerBound), frame.y(interval.upperBound))
        lines += ErrorBar.vertical(
          x: center.x, from: ends.0, to: ends.1, cap: 0.45, stroke: stroke)
        labels.reserve(Point(center.x, ends.0), Point(center.x, ends.1))
      }
      guard frame.rect.contains(center) else { continue }
      markers.append(
        style.marker.primitive(
          at: center, size: theme.markerSize, color: style.color, outline: theme.outlineWidth))
      let reach = theme.markerSize / 2
      labels.reserve(
        Point(center.x - reach, center.y - reach), Point(center.x + reach, center.y + reach))
    }
    for point in labelOrder {
      let center = frame.point(point.x.value, point.y.value)
      if let label = point.label, frame.rect.contains(center) {
        labels.place(label, beside: center)
      }
    }
    return [.beginClip(frame.rect)] + lines + [.endClip] + markers + labels.primitives
  }

  /// The points in the order in which their labels get room.
  private var labelOrder: [Mark] {
    guard showsIdentity else { return points }
    return points.enumerated().sorted { one, other in
      let distances = [one, other].map { abs($0.element.y.value - $0.element.x.value) }
      return distances[0] != distances[1]
        ? distances[0] > distances[1] : one.offset < other.offset
    }.map(\.element)
  }
}
