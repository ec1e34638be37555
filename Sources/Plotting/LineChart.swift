/// Lines through points, with bands around them and upright lines at events: learning curves.
///
/// With a right axis, lines in two units share a plot. Each axis then has the colour of its lines,
/// where these have one in common, and the legend says of every line to which axis it belongs.
public struct LineChart: CartesianChart {
  /// One point of a line.
  public struct Sample: Hashable, Sendable {
    /// The horizontal number.
    public var x: Double
    /// The vertical number; nil interrupts the line.
    public var y: Double?
    /// The ends of the band at this point.
    public var band: ClosedRange<Double>?

    /// Creates a point.
    public init(_ x: Double, _ y: Double?, band: ClosedRange<Double>? = nil) {
      self.x = x
      self.y = y
      self.band = band
    }
  }

  /// One line.
  public struct Line: Hashable, Sendable {
    /// The series that gives colour, marker and dash.
    public var series: SeriesKey
    /// The points, in ascending order along the horizontal axis.
    public var samples: [Sample]
    /// A dash of its own, for two lines of one method; nil for the method's.
    public var dash: Dash?
    /// The axis on which the vertical numbers are read.
    public var axis: AxisSide
    /// A marker of its own, such as `Marker.published`; nil for the method's.
    public var marker: Marker?

    /// Creates a line.
    public init(
      _ series: SeriesKey, samples: [Sample], dash: Dash? = nil, axis: AxisSide = .left,
      marker: Marker? = nil
    ) {
      self.series = series
      self.samples = samples
      self.dash = dash
      self.axis = axis
      self.marker = marker
    }
  }

  /// An upright line at a number, such as the beginning of a stage or the best epoch.
  public struct Event: Hashable, Sendable {
    /// The horizontal number.
    public var x: Double
    /// A short text at the upper end of the line.
    public var label: String
    /// The series whose colour the line takes; nil for grey.
    public var series: SeriesKey?

    /// Creates an event.
    public init(at x: Double, label: String, series: SeriesKey? = nil) {
      self.x = x
      self.label = label
      self.series = series
    }
  }

  /// A line to compare with that is no measurement, such as growth by N log N: grey, without
  /// markers, on the left axis.
  public struct Guide: Hashable, Sendable {
    /// What it is, for the legend.
    public var name: String
    /// The points, in ascending order along the horizontal axis.
    public var samples: [Sample]

    /// Creates a guide.
    public init(_ name: String, samples: [Sample]) {
      self.name = name
      self.samples = samples
    }
  }

  /// The lines, first drawn first.
  public let lines: [Line]
  /// The upright lines.
  public var events: [Event]
  /// The lines to compare with.
  public var guides: [Guide]
  /// What the bands are, for the legend: `band: ± 1 sd over 3 seeds`; nil leaves the entry out.
  public var bandMeaning: String?
  /// The axis below the plot.
  public var horizontalAxis: Axis
  /// The axis to the left of the plot.
  public var verticalAxis: Axis
  /// The axis to the right of the plot; nil for none.
  public var rightAxis: Axis?

  /// Creates a chart.
  public init(
    lines: [Line], horizontalAxis: Axis, verticalAxis: Axis, rightAxis: Axis? = nil,
    events: [Event] = [], guides: [Guide] = [], bandMeaning: String? = nil
  ) {
    self.lines = lines
    self.events = events
    self.guides = guides
    self.rightAxis = rightAxis
    self.bandMeaning = bandMeaning
    self.horizontalAxis = horizontalAxis
    self.verticalAxis = verticalAxis
  }

  /// Returns the chart with another one below it, on the same horizontal axis: accuracy and loss.
  public func above(_ lower: LineChart) -> SmallMultiples {
    var upper = self
    upper.horizontalAxis.label = lower.horizontalAxis.label
    return SmallMultiples(
      panels: [.init("", upper), .init("", lower)], columns: 1, sharing: .horizontal)
  }

  private var samples: [Sample] { lines.flatMap(\.samples) }

  /// The range of points and guides; events do not widen it.
  public var horizontalExtent: ClosedRange<Double>? {
    .covering((samples + guides.flatMap(\.samples)).map(\.x))
  }

  /// The range of points, bands and guides on the left axis.
  public var verticalExtent: ClosedRange<Double>? {
    extent(of: lines.filter { $0.axis == .left }.flatMap(\.samples) + guides.flatMap(\.samples))
  }

  /// The range of points and bands on the right axis.
  public var rightExtent: ClosedRange<Double>? {
    extent(of: lines.filter { $0.axis == .right }.flatMap(\.samples))
  }

  private func extent(of samples: [Sample]) -> ClosedRange<Double>? {
    .covering(
      samples.flatMap { sample in
        [sample.y, sample.band?.lowerBound, sample.band?.upperBound].compactMap { $0 }
      })
  }

  /// Throws when a number is not finite, has no place on its axis, or the points are out of order.
  public func validate() throws(PlotError) {
    for line in lines {
      try validate(line.samples, of: line.series.identifier)
      guard line.axis == .left || rightAxis != nil else {
        throw .unsuitable(
          chart: "lines",
          reason: "\(line.series.identifier) is read on a right axis, but there is none")
      }
    }
    for guide in guides { try validate(guide.samples, of: guide.name) }
    for event in events where !event.x.isFinite {
      throw .notFinite(chart: "lines", item: "the position of the event \(event.label)")
    }
    try validateAxes(chart: "lines")
  }

  private func validate(_ samples: [Sample], of name: String) throws(PlotError) {
    var previous = -Double.infinity
    for sample in samples {
      let numbers = [sample.x, sample.y, sample.band?.lowerBound, sample.band?.upperBound]
      guard numbers.allSatisfy({ $0?.isFinite ?? true }) else {
        throw .notFinite(chart: "lines", item: "a number of \(name) at \(sample.x)")
      }
      guard sample.x > previous else {
        throw .unsuitable(
          chart: "lines", reason: "\(name) goes back from \(previous) to \(sample.x)")
      }
      previous = sample.x
    }
  }

  /// Returns the lines, guides and the meaning of the bands.
  public func legend(theme: Theme) -> [LegendEntry] {
    var entries = lines.map { line -> LegendEntry in
      let axis = rightAxis == nil ? "" : " (\(line.axis.rawValue) axis)"
      return LegendEntry(
        .line(stroke(of: line, theme), marker(of: line, theme)), line.series.name + axis)
    }
    entries += guides.map {
      LegendEntry(.line(Self.guideStroke(theme), nil), $0.name, isNote: true)
    }
    if let bandMeaning, samples.contains(where: { $0.band != nil }) {
      entries.append(
        LegendEntry(.band(theme.mutedInk.opacity(0.25)), bandMeaning, isNote: true))
    }
    return entries
  }

  /// The plotted data: one row per point, then one per point of a guide, then one per event.
  ///
  /// With a right axis, a last column says on which axis a number is read.
  public var table: DataTable {
    let sides = rightAxis == nil ? [] : ["axis"]
    var table = DataTable(columns: ["series", "name", "x", "y", "lower", "upper", "event"] + sides)
    func append(_ row: [DataTable.Field], _ axis: AxisSide?) {
      table.append(row + sides.map { _ in .text(axis?.rawValue ?? "") })
    }
    func append(_ samples: [Sample], _ series: SeriesKey, _ axis: AxisSide) {
      for sample in samples {
        append(
          [
            .text(series.identifier), .text(series.name), .number(sample.x), .optional(sample.y),
            .optional(sample.band?.lowerBound), .optional(sample.band?.upperBound), .empty,
          ], axis)
      }
    }
    for line in lines { append(line.samples, line.series, line.axis) }
    for guide in guides { append(guide.samples, SeriesKey("guide", name: guide.name), .left) }
    for event in events {
      append(
        [
          .text(event.series?.identifier ?? ""), .text(event.series?.name ?? ""),
          .number(event.x), .empty, .empty, .empty, .text(event.label),
        ], nil)
    }
    return table
  }

  /// Returns the colour of an axis: that of its lines, darkened for text, where they have one in
  /// common and there are two axes.
  public func ink(of side: AxisSide, theme: Theme) -> Color {
    let colors = Set(
      lines.filter { $0.axis == side }.map {
        theme.palette.style(for: $0.series.identifier).color
      })
    guard rightAxis != nil, colors.count == 1, let color = colors.first else { return theme.ink }
    return color.darkened(toLightness: 45)
  }

  /// Returns the marker of a line: its own, or its series'.
  func marker(of line: Line, _ theme: Theme) -> Marker {
    line.marker ?? theme.palette.style(for: line.series.identifier).marker
  }

  static func guideStroke(_ theme: Theme) -> Stroke {
    Stroke(theme.mutedInk, width: theme.axisWidth * 1.4, dash: .dotted)
  }

  /// Returns the stroke of a line: its series' colour, and the series' dash unless it has its own.
  func stroke(of line: Line, _ theme: Theme) -> Stroke {
    let style = theme.palette.style(for: line.series.identifier)
    return Stroke(style.color, width: theme.lineWidth, dash: line.dash ?? style.dash)
  }
}
