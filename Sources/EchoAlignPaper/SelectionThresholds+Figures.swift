import Experiments
import Plotting
import Reporting
import Reproduction
import Statistics

extension SelectionThresholds {
  /// Both readings of Figure 4a, Figure 4b, and the balance by kind and rate of noise.
  var figures: [ReportFigure] { [readings, trade, balance].compactMap { $0 } }

  private static let bandMeaning = "± 1 sd over seeds"

  /// An axis of shares in percent that ends just above 100, so that a line at 100 is seen.
  private static func percentAxis(_ label: String, _ lines: [LineChart.Line]) -> Axis {
    let least = lines.flatMap(\.samples).compactMap { $0.band?.lowerBound ?? $0.y }.min()
    let low = max(0, 10 * ((least ?? 0) / 10).rounded(.down))
    return Axis(label, range: min(low, 90)...101)
  }

  private static func sample(_ x: Double, _ values: [Double]) -> LineChart.Sample? {
    Summary(values).map { summary in
      let spread = summary.standardDeviation
      return LineChart.Sample(
        x, summary.mean, band: spread.map { summary.mean - $0...summary.mean + $0 })
    }
  }

  /// The thresholds between which the selections of some sweeps change.
  private func shown(_ sweeps: [SelectionSweep]) -> ClosedRange<Double> {
    var (low, high) = (Self.trained.first ?? 0, Self.trained.last ?? 1)
    for sweep in sweeps {
      if let step = sweep.steps.last(where: { $0.share >= 0.995 }) {
        low = min(low, step.threshold)
      }
      if let step = sweep.steps.last(where: { $0.accuracy != nil }) {
        high = max(high, step.threshold)
      }
    }
    return low...high
  }

  private func line(
    _ series: SeriesKey, _ sweeps: [SelectionSweep], axis: AxisSide = .left,
    in range: ClosedRange<Double>, _ value: (SelectionSweep.Step) -> Double?
  ) -> LineChart.Line? {
    let samples = Self.swept.indices.compactMap { index -> LineChart.Sample? in
      let threshold = Self.swept[index]
      guard range.contains(threshold) else { return nil }
      let values = sweeps.compactMap { value($0.steps[index]) }
      return values.count == sweeps.count ? Self.sample(threshold, values) : nil
    }
    return samples.isEmpty ? nil : LineChart.Line(series, samples: samples, axis: axis)
  }

  private var readings: ReportFigure? {
    let range = shown(Array(sweeps.values.joined()))
    func key(_ index: Int) -> SeriesKey {
      .level(index, of: columns.count, name: columns[index].displayName)
    }
    let trained = columns.indices.compactMap { index -> LineChart.Line? in
      let samples = Self.trained.compactMap { threshold in
        Self.sample(
          threshold,
          accuracies(columns[index].identifier, threshold).sorted { $0.key < $1.key }
            .map { 100 * $0.value })
      }
      return samples.isEmpty ? nil : LineChart.Line(key(index), samples: samples)
    }
    let selected = columns.indices.compactMap { index in
      line(key(index), sweeps[columns[index].identifier] ?? [], in: range) {
        $0.accuracy.map { 100 * $0 }
      }
    }
    guard !trained.isEmpty || !selected.isEmpty else { return nil }
    func panel(_ title: String, _ axis: Axis, _ lines: [LineChart.Line]) -> SmallMultiples.Panel {
      .init(
        title,
        LineChart(
          lines: lines, horizontalAxis: Axis("Threshold τ", range: range),
          verticalAxis: axis, bandMeaning: Self.bandMeaning))
    }
    return ReportFigure(
      id: "accuracy-by-threshold",
      caption:
        "Figure 4a under both readings of its axis: test accuracy of EchoAlign A trained at each threshold, and the share of "
        + "rightly labelled samples among those that EchoSelect keeps; mean and standard deviation over seeds.",
      altText: "Two panels of accuracy against the threshold, one curve for each noise.",
      figure: Figure(
        SmallMultiples(
          panels: [
            panel("Reading 1: test accuracy", Axis("Test accuracy (%)"), trained),
            panel(
              "Reading 2: selection accuracy", Self.percentAxis("Selection accuracy (%)", selected),
              selected),
          ], columns: 2, sharing: .horizontal), title: "Accuracy against the threshold"))
  }

  private var trade: ReportFigure? {
    guard let column = instanceColumn, let own = sweeps[column.identifier], !own.isEmpty else {
      return nil
    }
    let range = shown(own)
    let lines = [
      line(SeriesKey("kept-count", name: "samples kept"), own, in: range) {
        $0.share * Double(own[0].count)
      },
      line(
        SeriesKey("selection-accuracy", name: "selection accuracy"), own, axis: .right, in: range
      ) { $0.accuracy.map { 100 * $0 } },
    ].compactMap { $0 }
    let regions = own.compactMap(\.equilibrium)
    let ends =
      regions.isEmpty
      ? []
      : [
        (regions.map(\.lowerBound).reduce(0, +), "equilibrium begins"),
        (regions.map(\.upperBound).reduce(0, +), "ends"),
      ].map { LineChart.Event(at: $0.0 / Double(regions.count), label: $0.1) }
    return ReportFigure(
      id: "count-and-accuracy",
      caption:
        "Figure 4b: number kept (left axis) and selection accuracy (right axis) against the threshold under "
        + "\(column.displayName); mean and standard deviation over seeds. Between the upright lines, means over seeds, number and "
        + "accuracy are balanced within a point of the best.",
      altText: "The number kept falls and the selection accuracy rises with the threshold.",
      figure: Figure(
        LineChart(
          lines: lines, horizontalAxis: Axis("Threshold τ", range: range),
          verticalAxis: Axis("Samples kept"),
          rightAxis: Self.percentAxis(
            "Selection accuracy (%)", lines.filter { $0.axis == .right }),
          events: ends, bandMeaning: Self.bandMeaning),
        title: "Number and accuracy of the selection, \(column.displayName)"))
  }

  private var balance: ReportFigure? {
    let all = namedSweeps.filter { !$0.sweeps.isEmpty }
    guard !all.isEmpty, all.count <= 6 else { return nil }
    let range = shown(all.flatMap(\.sweeps))
    let lines = all.indices.compactMap { index in
      line(.level(index, of: all.count, name: all[index].name), all[index].sweeps, in: range) {
        100 * $0.balance
      }
    }
    return ReportFigure(
      id: "balance",
      caption:
        "The balance of number and selection accuracy (harmonic mean of selection accuracy and of the share of rightly "
        + "labelled samples that are kept) against the threshold, by kind and rate of noise; mean and standard deviation over seeds.",
      altText: "Curves with one maximum each.",
      figure: Figure(
        LineChart(
          lines: lines, horizontalAxis: Axis("Threshold τ", range: range),
          verticalAxis: Axis("Balance (%)"), bandMeaning: Self.bandMeaning),
        title: "Where the threshold is best, by noise"))
  }
}
