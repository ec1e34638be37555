import Plotting

extension ReportFigure {
  /// Grouped bars of a table: one group a noise setting, one bar a method, published values marked.
  public static func groupedBars(_ table: MeasuredTable) -> ReportFigure {
    let series = table.rows.map { SeriesKey($0.id, name: $0.name) }
    let cells = table.columns.indices.map { column in
      table.cells.map { row in barCell(row[column]) }
    }
    let planned = table.cells.flatMap { $0 }.map(\.measurement.planned).max()
    let chart = GroupedBarChart(
      groups: table.columns.map(\.name), series: series, cells: cells,
      valueAxis: Axis("Test accuracy (%)", range: 0...100),
      spreadMeaning: "± 1 sd over seeds", plannedCount: planned)
    return ReportFigure(
      id: "\(table.id)-bars",
      caption: "Test accuracy by noise setting and method, \(table.rule.markedName). "
        + publishedNote(table),
      altText: "Grouped bars. " + summary(of: table), figure: Figure(chart))
  }

  /// Published numbers against measured ones, one point a cell that has both; nil without any.
  public static func publishedAgainstMeasured(_ table: MeasuredTable) -> ReportFigure? {
    var points: [ScatterChart.Mark] = []
    for (row, line) in zip(table.rows, table.cells) {
      for (column, cell) in zip(table.columns, line) {
        guard let published = cell.published, let measured = estimate(cell.measurement) else {
          continue
        }
        points.append(
          ScatterChart.Mark(
            SeriesKey(row.id, name: row.name), x: estimate(published), y: measured,
            label: column.name))
      }
    }
    guard !points.isEmpty else { return nil }
    let chart = ScatterChart(
      points: points, horizontalAxis: Axis("Published test accuracy (%)"),
      verticalAxis: Axis("Measured test accuracy (%)"), showsIdentity: true,
      spreadMeaning: "± 1 sd")
    return ReportFigure(
      id: "\(table.id)-published-against-measured",
      caption: "Published against measured test accuracy, \(table.rule.markedName). "
        + publishedNote(table),
      altText: "Scatter plot of \(points.count) cells around the line of equal values.",
      figure: Figure(chart, legend: .right))
  }

  /// A heat map of measured minus published, in points, with the reasons of empty cells.
  ///
  /// Nil when the two may not be compared number by number, or nothing is published.
  public static func differenceMap(_ table: MeasuredTable) -> ReportFigure? {
    guard table.isComparable, table.hasPublished else { return nil }
    let rows = zip(table.rows, table.cells).filter { $0.1.contains { $0.published != nil } }
    let cells = rows.map { row in
      row.1.map { cell -> HeatMap.Cell in
        guard let published = cell.published else { return .absent(.notPublished) }
        guard let summary = cell.measurement.summary else {
          return .absent(cell.measurement.emptiness?.absence ?? .notRun)
        }
        return .value(100 * (summary.mean - published.value))
      }
    }
    let map = HeatMap(
      rowNames: rows.map(\.0.name), columnNames: table.columns.map(\.name), cells: cells,
      valueLabel: "Points", colorMap: .diverging)
    return ReportFigure(
      id: "\(table.id)-difference",
      caption: "Measured minus published test accuracy in points, \(table.rule.markedName). "
        + publishedNote(table),
      altText: "Heat map of differences by method and noise setting.",
      figure: Figure(map, chartHeight: 4 + 9 * Double(rows.count)))
  }

  private static func publishedNote(_ table: MeasuredTable) -> String {
    guard table.hasPublished else { return "Bars and points are means over seeds." }
    return table.isComparable
      ? "Hollow diamonds are the paper's numbers."
      : "The paper's numbers come from other data and scale: compare orders, not heights."
  }

  private static func summary(of table: MeasuredTable) -> String {
    let best = table.best
    let sentences = table.columns.compactMap { column -> String? in
      guard let id = best[column.id], let row = table.rows.first(where: { $0.id == id }) else {
        return nil
      }
      return "\(column.name): \(row.name) is highest."
    }
    return sentences.joined(separator: " ")
  }

  private static func barCell(_ cell: MeasuredTable.Cell) -> GroupedBarChart.Cell {
    let published = cell.published.map(estimate)
    if let measured = estimate(cell.measurement) {
      return GroupedBarChart.Cell(measured, published: published)
    }
    return GroupedBarChart.Cell(
      absent: cell.measurement.emptiness?.absence ?? .notRun, published: published)
  }

  private static func estimate(_ measurement: Measurement) -> Estimate? {
    guard let summary = measurement.summary else { return nil }
    return summary.standardDeviation.map {
      Estimate(100 * summary.mean, plusMinus: 100 * $0, count: summary.n)
    } ?? Estimate(100 * summary.mean, count: summary.n)
  }

  private static func estimate(_ value: PublishedValue) -> Estimate {
    value.spread.map { Estimate(100 * value.value, plusMinus: 100 * $0) }
      ?? Estimate(100 * value.value)
  }
}
