/// Bars in groups: one group per noise setting, one bar per method, printed values marked.
///
/// Each bar keeps the colour and marker of its method. A printed value is a hollow diamond on a
/// level line. A missing bar is replaced by the mark of its reason, which the legend explains.
public struct GroupedBarChart: CartesianChart {
  /// What stands at one place: a measured number or its absence, and what the paper prints.
  public struct Cell: Hashable, Sendable {
    /// The measured number; nil when it is absent.
    public var measured: Estimate?
    /// Why the measured number is absent.
    public var absence: Absence?
    /// The printed number; nil when the paper has none.
    public var published: Estimate?

    /// Creates a cell with a measured number.
    public init(_ measured: Estimate, published: Estimate? = nil) {
      self.measured = measured
      self.published = published
    }

    /// Creates a cell without a measured number, for a reason.
    public init(absent absence: Absence, published: Estimate? = nil) {
      self.absence = absence
      self.published = published
    }
  }

  /// A level line across the plot, such as chance level.
  public struct ReferenceLine: Hashable, Sendable {
    /// The number at which the line stands.
    public var value: Double
    /// What it means, for the legend.
    public var meaning: String
    /// A short text on the line itself, such as `ln 10`; nil for none.
    public var label: String?

    /// Creates a line.
    public init(_ value: Double, meaning: String, label: String? = nil) {
      self.value = value
      self.meaning = meaning
      self.label = label
    }
  }

  /// The methods, in the order of the bars.
  public let series: [SeriesKey]
  /// The cells, by group and then by method.
  public let cells: [[Cell]]
  /// What the error bars are, for the legend: `± 1 sd over seeds`; nil leaves the entry out.
  public var spreadMeaning: String?
  /// How many runs a bar should have; a bar with another number carries it as `n=2`.
  public var plannedCount: Int?
  /// A line across the plot.
  public var referenceLine: ReferenceLine?
  /// The axis of the groups.
  public var horizontalAxis: Axis
  /// The axis of the numbers; the bars begin at 0.
  public var verticalAxis: Axis
  private let groups: [String]

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - groups: the names of the groups, in order.
  ///   - series: the methods, in the order of the bars.
  ///   - cells: one row per group with one cell per method.
  ///   - valueAxis: label, and perhaps range, of the numbers.
  ///   - groupLabel: the label under the groups.
  ///   - spreadMeaning: what the error bars are, for the legend.
  ///   - plannedCount: how many runs a bar should have.
  public init(
    groups: [String], series: [SeriesKey], cells: [[Cell]], valueAxis: Axis,
    groupLabel: String = "", spreadMeaning: String? = nil, plannedCount: Int? = nil
  ) {
    precondition(
      cells.count == groups.count && cells.allSatisfy { $0.count == series.count },
      "\(cells.map(\.count)) cells for \(groups.count) groups of \(series.count) methods")
    self.groups = groups
    self.series = series
    self.cells = cells
    self.spreadMeaning = spreadMeaning
    self.plannedCount = plannedCount
    horizontalAxis = Axis(groupLabel, kind: .categories(groups))
    verticalAxis = valueAxis
  }

  private var allCells: [Cell] { cells.flatMap { $0 } }

  /// The range of the groups; nil without groups or methods.
  public var horizontalExtent: ClosedRange<Double>? {
    allCells.isEmpty ? nil : 0...Double(groups.count - 1)
  }

  /// The range of the bars with their error bars, the printed values and 0.
  public var verticalExtent: ClosedRange<Double>? {
    let estimates = allCells.flatMap { [$0.measured, $0.published].compactMap { $0 } }
    let ends = estimates.flatMap { [$0.extent.lowerBound, $0.extent.upperBound] }
    return .covering([0] + ends + (referenceLine.map { [$0.value] } ?? []))
  }

  /// Returns a size in millimetres that suits the chart at a width.
  public func preferredSize(width: Double, context: LayoutContext) -> Size {
    Size(width: width, height: min(max(width * 0.42, 48), 75))
  }

  /// Throws when a number is not finite or the axis cannot show it.
  public func validate() throws(PlotError) {
    for (group, row) in zip(groups, cells) {
      for (key, cell) in zip(series, row) {
        for (kind, estimate) in [("measured", cell.measured), ("published", cell.published)] {
          guard estimate?.isFinite ?? true else {
            throw .notFinite(
              chart: "grouped bars", item: "the \(kind) value of \(key.identifier) at \(group)")
          }
        }
      }
    }
    guard referenceLine?.value.isFinite ?? true else {
      throw .notFinite(chart: "grouped bars", item: "the reference line")
    }
    if verticalAxis.kind != .linear {
      throw .unsuitable(chart: "grouped bars", reason: "bars need a linear value axis")
    }
    try validateAxes(chart: "grouped bars")
  }

  /// The plotted data: one row per group and method, then the reference line.
  public var table: DataTable {
    var table = DataTable(columns: [
      "group", "series", "name", "value", "lower", "upper", "n", "absence", "published",
      "published_lower", "published_upper",
    ])
    for (group, row) in zip(groups, cells) {
      for (key, cell) in zip(series, row) {
        table.append([
          .text(group), .text(key.identifier), .text(key.name), .optional(cell.measured?.value),
          .optional(cell.measured?.interval?.lowerBound),
          .optional(cell.measured?.interval?.upperBound), .optional(cell.measured?.count),
          .text(cell.absence?.explanation ?? ""), .optional(cell.published?.value),
          .optional(cell.published?.interval?.lowerBound),
          .optional(cell.published?.interval?.upperBound),
        ])
      }
    }
    if let referenceLine {
      table.append(
        [.empty, .text("reference-line"), .text(referenceLine.meaning)]
          + [.number(referenceLine.value)] + Array(repeating: .empty, count: 7))
    }
    return table
  }
}
