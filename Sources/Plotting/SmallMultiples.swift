/// A grid of charts with equally large plots, shared axes and one legend.
public struct SmallMultiples: Chart {
  /// One chart of the grid.
  public struct Panel: Sendable {
    /// The title above the plot; empty for none.
    public var title: String
    /// The chart.
    public var chart: any CartesianChart

    /// Creates a panel.
    public init(_ title: String, _ chart: any CartesianChart) {
      self.title = title
      self.chart = chart
    }
  }

  /// Which axes have the same range in all panels, and labels at the outer panels only.
  public enum Sharing: String, Hashable, Sendable {
    /// Both axes.
    case both
    /// The horizontal axis.
    case horizontal
    /// The vertical axis.
    case vertical
    /// No axis.
    case none
  }

  /// The panels, row by row.
  public let panels: [Panel]
  /// The number of panels in a row.
  public let columns: Int
  /// Which axes are shared.
  public let sharing: Sharing

  /// Creates a grid.
  public init(panels: [Panel], columns: Int, sharing: Sharing = .both) {
    precondition(columns > 0, "a grid has at least one column, not \(columns)")
    self.panels = panels
    self.columns = columns
    self.sharing = sharing
  }

  /// The number of rows.
  public var rows: Int { (panels.count + columns - 1) / columns }

  /// Throws what the first chart that cannot be drawn throws.
  public func validate() throws(PlotError) {
    for panel in panels { try panel.chart.validate() }
  }

  /// Returns the entries of all panels, each once.
  public func legend(theme: Theme) -> [LegendEntry] {
    var seen: Set<LegendEntry> = []
    return panels.flatMap { $0.chart.legend(theme: theme) }.filter { seen.insert($0).inserted }
  }

  /// The plotted data of all panels under one heading, with the panel's title in front.
  public var table: DataTable {
    let tables = panels.map(\.chart.table)
    var columns: [String] = []
    for column in tables.flatMap(\.columns) where !columns.contains(column) {
      columns.append(column)
    }
    var result = DataTable(columns: ["panel"] + columns)
    for (index, table) in tables.enumerated() {
      let title = panels[index].title.isEmpty ? "\(index + 1)" : panels[index].title
      for row in table.rows {
        result.append(
          [.text(title)]
            + columns.map { column in
              table.columns.firstIndex(of: column).map { row[$0] } ?? .empty
            })
      }
    }
    return result
  }

  /// The charts, each with the extent of all the data on a shared axis.
  var alignedCharts: [any CartesianChart] {
    var charts = panels.map(\.chart)
    if sharing == .both || sharing == .horizontal {
      let ranges = charts.map(\.horizontalAxis.range).reduce(nil, ClosedRange<Double>.union)
      let extents = charts.map(\.horizontalExtent).reduce(nil, ClosedRange<Double>.union)
      for index in charts.indices {
        charts[index].horizontalAxis.range = ranges
        charts[index].horizontalAxis.sharedExtent = extents
      }
    }
    if sharing == .both || sharing == .vertical {
      let ranges = charts.map(\.verticalAxis.range).reduce(nil, ClosedRange<Double>.union)
      let extents = charts.map(\.verticalExtent).reduce(nil, ClosedRange<Double>.union)
      for index in charts.indices {
        charts[index].verticalAxis.range = ranges
        charts[index].verticalAxis.sharedExtent = extents
      }
      let rightRanges = charts.map { $0.rightAxis?.range }.reduce(nil, ClosedRange<Double>.union)
      let rightExtents = charts.map(\.rightExtent).reduce(nil, ClosedRange<Double>.union)
      for index in charts.indices {
        charts[index].rightAxis?.range = rightRanges
        charts[index].rightAxis?.sharedExtent = rightExtents
      }
    }
    return charts
  }
}
