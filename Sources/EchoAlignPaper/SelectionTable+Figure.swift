import Plotting
import Reporting
import Statistics

extension SelectionTable {
  private static let steps = 100

  /// Both figures, without those that have nothing to show.
  var figures: [ReportFigure] { [curveFigure, countFigure].compactMap { $0 } }

  /// The numbers that the paper prints with those measured here, as shares of the pool.
  private var countFigure: ReportFigure? {
    let readings = [SelectionReading.echoSelect, .predicted]
    func cell(_ reading: SelectionReading, _ setting: Setting) -> GroupedBarChart.Cell? {
      let kept = setting.comparison.kept(reading, at: setting.percent)
      guard let summary = Summary(kept.map(\.percent)) else { return nil }
      let printed = setting.printed.map {
        Estimate(100 * (reading == .echoSelect ? $0.ours : $0.rival) / Printed.pool)
      }
      // A count cannot be below 0, whatever its deviation.
      let ends = summary.standardDeviation.map {
        max(0, summary.mean - $0)...summary.mean + $0
      }
      return .init(
        Estimate(summary.mean, interval: ends, count: summary.n), published: printed)
    }
    let rows = settings.map { setting in readings.compactMap { cell($0, setting) } }
    guard !rows.isEmpty, rows.allSatisfy({ $0.count == readings.count }) else { return nil }
    return ReportFigure(
      id: "kept-at-targets",
      caption:
        "Share of the pool kept at the printed selection accuracies, mean and standard deviation over seeds, each method by its "
        + "own notion of a right sample. Diamonds are the paper's numbers, of 50,000 CIFAR-10 samples with other features and "
        + "another network: no target here.",
      altText: "Pairs of bars, EchoSelect and BLTM, at four settings.",
      figure: Figure(
        GroupedBarChart(
          groups: settings.map { "\($0.name)\nat \($0.percent) %" }, series: readings.map(\.series),
          cells: rows, valueAxis: Axis("Kept (% of the pool)"),
          spreadMeaning: "± 1 sd over seeds"), title: "Samples kept at equal selection accuracy"))
  }

  /// Selection accuracy against the share kept, one panel for each noise; nil without a measurement.
  private var curveFigure: ReportFigure? {
    let panels = comparisons.compactMap { name, comparison -> SmallMultiples.Panel? in
      let lines = SelectionReading.allCases.compactMap { line(of: $0, comparison) }
      guard !lines.isEmpty else { return nil }
      let own = settings.filter { $0.comparison.column == comparison.column }
      return SmallMultiples.Panel(
        name,
        LineChart(
          lines: lines, horizontalAxis: Axis("Kept (% of the pool)", range: 0...100),
          verticalAxis: Axis("Selection accuracy (%)"),
          guides: own.map {
            LineChart.Guide(
              "printed selection accuracies",
              samples: [.init(0, Double($0.percent)), .init(100, Double($0.percent))])
          }, bandMeaning: "± 1 sd over seeds"))
    }
    guard !panels.isEmpty else { return nil }
    return ReportFigure(
      id: "accuracy-against-count",
      caption:
        "Selection accuracy of the samples kept as the threshold falls, mean and standard deviation over seeds; what "
        + "counts as right is in brackets. Curves begin at 1 % of the pool. Where a seed's curve crosses a dotted line for "
        + "the last time, it keeps the number of the table.",
      altText:
        "Curves of selection accuracy against the share of samples kept, falling to the right.",
      figure: Figure(
        SmallMultiples(panels: panels, columns: 2, sharing: .both),
        title: "Selection accuracy against the number of samples kept"))
  }

  private func line(
    of reading: SelectionReading, _ comparison: SelectionComparison
  ) -> LineChart.Line? {
    let samples = (1...Self.steps).compactMap { step -> LineChart.Sample? in
      let share = Double(step) / Double(Self.steps)
      guard let summary = comparison.accuracy(reading, keeping: share) else { return nil }
      let (mean, spread) = (100 * summary.mean, 100 * (summary.standardDeviation ?? 0))
      return LineChart.Sample(
        100 * share, mean,
        band: summary.n > 1 ? max(0, mean - spread)...min(100, mean + spread) : nil)
    }
    return samples.isEmpty
      ? nil : LineChart.Line(reading.series, samples: samples, dash: reading.dash)
  }
}
