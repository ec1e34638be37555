/// Lines through points, with bands around them and upright lines at events: learning curves.
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

    /// Creates a line.
    public init(_ series: SeriesKey, samples: [Sample], dash: Dash? = nil) {
      self.series = series
      self.samples = samples
      self.dash = dash
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

  /// The lines, first drawn first.
  public let lines: [Line]
  /// The upright lines.
  public var events: [Event]
  /// What the bands are, for the legend: `band: ± 1 sd over 3 seeds`; nil leaves the entry out.
  public var bandMeaning: String?
  /// The axis below the plot.
  public var horizontalAxis: Axis
  /// The axis to the left of the plot.
  public var verticalAxis: Axis

  /// Creates a chart.
  public init(
    lines: [Line], horizontalAxis: Axis, verticalAxis: Axis, events: [Event] = [],
    bandMeaning: String? = nil
  ) {
    self.lines = lines
    self.events = events
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

  /// The range of the points; events do not widen it.
  public var horizontalExtent: ClosedRange<Double>? { .covering(samples.map(\.x)) }

  /// The range of points and bands.
  public var verticalExtent: ClosedRange<Double>? {
    .covering(
      samples.flatMap { sample in
        [sample.y, sample.band?.lowerBound, sample.band?.upperBound].compactMap { $0 }
      })
  }

  /// Throws when a number is not finite, has no place on its axis, or the points are out of order.
  public func validate() throws(PlotError) {
    for line in lines {
      var previous = -Double.infinity
      for sample in line.samples {
        let numbers = [sample.x, sample.y, sample.band?.lowerBound, sample.band?.upperBound]
        guard numbers.allSatisfy({ $0?.isFinite ?? true }) else {
          throw .notFinite(
            chart: "lines", item: "a number of \(line.series.identifier) at \(sample.x)")
        }
        guard sample.x > previous else {
          throw .unsuitable(
            chart: "lines",
            reason: "\(line.series.identifier) goes back from \(previous) to \(sample.x)")
        }
        previous = sample.x
      }
    }
    for event in events where !event.x.isFinite {
      throw .notFinite(chart: "lines", item: "the position of the event \(event.label)")
    }
    try validateAxes(chart: "lines")
  }

  /// Returns the lines and the meaning of their bands.
  public func legend(theme: Theme) -> [LegendEntry] {
    var entries = lines.map { line -> LegendEntry in
      let style = theme.palette.style(for: line.series.identifier)
      return LegendEntry(.line(stroke(of: line, theme), style.marker), line.series.name)
    }
    if let bandMeaning, samples.contains(where: { $0.band != nil }) {
      entries.append(
        LegendEntry(.band(theme.mutedInk.opacity(0.25)), bandMeaning, isNote: true))
    }
    return entries
  }

  /// The plotted data: one row per point, then one per event.
  public var table: DataTable {
    var table = DataTable(columns: ["series", "name", "x", "y", "lower", "upper", "event"])
    for line in lines {
      for sample in line.samples {
        table.append([
          .text(line.series.identifier), .text(line.series.name), .number(sample.x),
          .optional(sample.y), .optional(sample.band?.lowerBound),
          .optional(sample.band?.upperBound), .empty,
        ])
      }
    }
    for event in events {
      table.append([
        .text(event.series?.identifier ?? ""), .text(event.series?.name ?? ""), .number(event.x),
        .empty, .empty, .empty, .text(event.label),
      ])
    }
    return table
  }

  /// Returns the stroke of a line: its series' colour, and the series' dash unless it has its own.
  func stroke(of line: Line, _ theme: Theme) -> Stroke {
    let style = theme.palette.style(for: line.series.identifier)
    return Stroke(style.color, width: theme.lineWidth, dash: line.dash ?? style.dash)
  }
}
