import Plotting
import RunStore
import Statistics

extension ReportFigure {
  /// Learning curves: a row of panels for each noise setting, a line for each method.
  ///
  /// The panels of a row show test accuracy, training accuracy against the given labels, and, where
  /// a record has it, the share of wrong labels fitted: where the last two rise while the first
  /// falls, wrong labels are being memorised. Bands are ± 1 standard deviation over seeds.
  ///
  /// - Parameters:
  ///   - all: The runs.
  ///   - rows: The methods to show; nil for all.
  ///   - family: What the methods have in common, for the caption; nil for nothing.
  ///   - id: The figure's identifier.
  /// - Returns: The figure, or nil when no run of these methods is finished.
  public static func learningCurves(
    _ all: ResultSet, rows: Set<String>? = nil, family: String? = nil,
    id: String = "learning-curves"
  ) -> ReportFigure? {
    let results = rows.map { all.restricted(toRows: $0) } ?? all
    let finished = results.addresses.flatMap { results.finishedRecords(at: $0) }
    guard !finished.isEmpty else { return nil }
    var measures: [(name: String, value: @Sendable (EpochRecord) -> Double?)] = [
      ("test", { $0.testAccuracy }),
      ("given labels", { $0.trainAccuracy }),
    ]
    if finished.contains(where: { $0.epochs.contains { $0.memorisedShare != nil } }) {
      measures.append(("wrong labels", { $0.memorisedShare }))
    }
    let columns = results.columns.filter { column in
      results.rows.contains { row in
        !results.finishedRecords(at: CellAddress(row: row.id, column: column.id)).isEmpty
      }
    }
    let panels = columns.flatMap { column in
      measures.map { measure in
        SmallMultiples.Panel(
          "\(column.name): \(measure.name)",
          LineChart(
            lines: lines(results, column: column.id, measure.value),
            horizontalAxis: Axis("Epoch"), verticalAxis: Axis("%", range: 0...100),
            bandMeaning: "band: ± 1 sd over seeds"))
      }
    }
    let chart = SmallMultiples(panels: panels, columns: measures.count)
    return ReportFigure(
      id: id,
      caption:
        "Learning curves by noise setting\(family.map { ", \($0)" } ?? ""): accuracy on the test images, accuracy on the given "
        + "labels in training, and the share of wrong labels that are fitted. Where the last two keep "
        + "rising while the first falls, wrong labels are being memorised.",
      altText:
        "Small multiples of learning curves: \(columns.map(\.name).joined(separator: ", ")); "
        + "panels \(measures.map(\.name).joined(separator: ", ")).",
      figure: Figure(chart))
  }

  private static func lines(
    _ results: ResultSet, column: String, _ value: (EpochRecord) -> Double?
  ) -> [LineChart.Line] {
    results.rows.compactMap { row in
      let records = results.finishedRecords(at: CellAddress(row: row.id, column: column))
      let samples = samples(records, value)
      guard samples.contains(where: { $0.y != nil }) else { return nil }
      return LineChart.Line(SeriesKey(row.id, name: row.name), samples: samples)
    }
  }

  /// The mean of a measure over the records at each epoch, in percent, with its band.
  private static func samples(
    _ records: [RunRecord], _ value: (EpochRecord) -> Double?
  ) -> [LineChart.Sample] {
    var byEpoch: [Int: [Double]] = [:]
    for record in records {
      for epoch in record.epochs {
        let number = value(epoch).flatMap { $0.isFinite ? [100 * $0] : nil } ?? []
        byEpoch[epoch.epoch, default: []] += number
      }
    }
    return byEpoch.sorted { $0.key < $1.key }.map { epoch, values in
      let summary = Summary(values)
      let band = summary.flatMap { summary in
        summary.standardDeviation.map { (summary.mean - $0)...(summary.mean + $0) }
      }
      return LineChart.Sample(Double(epoch), summary?.mean, band: band)
    }
  }
}
