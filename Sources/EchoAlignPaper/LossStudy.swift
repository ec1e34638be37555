import Foundation
import Plotting
import Reporting
import RunStore

/// Training and test loss from epoch to epoch: Figure 6.
///
/// Everything is read from records; nothing is trained for it. Epochs of preparing stages are left out, so that epoch 1 is the
/// first of the training that the paper plots.
public struct LossStudy: Sendable {
  /// The stage whose last epoch is compared: the paper's 200 epochs.
  static let stage = "train"
  /// The row that is trained on originals.
  public static let baseline = "ce"

  /// A number of an epoch.
  struct Measure: Sendable {
    /// The identifier, such as `test-loss`.
    var id: String
    /// What readers call it.
    var name: String
    /// Its unit; empty for a fraction.
    var unit: String
    /// The number.
    var value: @Sendable (EpochRecord) -> Double
  }

  /// Losses, then errors: 1 less the accuracy.
  static let measures = [
    Measure(id: "train-loss", name: "training loss", unit: "nats") { $0.trainLoss },
    Measure(id: "test-loss", name: "test loss", unit: "nats") { $0.testLoss },
    Measure(id: "train-error", name: "training error", unit: "") { 1 - $0.trainAccuracy },
    Measure(id: "test-error", name: "test error", unit: "") { 1 - $0.testAccuracy },
  ]

  /// The runs.
  let results: ResultSet

  /// Creates a study of some runs.
  public init(_ results: ResultSet) { self.results = results }

  /// The identifier of a quantity, such as `test-loss/ce/symmetric-50`.
  public static func quantity(_ measure: String, row: String, column: String) -> String {
    "\(measure)/\(row)/\(column)"
  }

  /// The epochs that are plotted.
  static func epochs(of record: RunRecord) -> [EpochRecord] {
    record.epochs.filter { $0.isPreparation != true }
  }

  /// The last epoch of the training stage.
  static func last(of record: RunRecord) -> EpochRecord? {
    record.epochs.last { $0.stage == stage && $0.isPreparation != true }
  }

  /// The numbers of the training stage's last epoch.
  public var quantities: [Quantity] {
    results.columns.flatMap { column in
      Self.measures.flatMap { measure in
        results.rows.map { row in
          let found = results.runs(at: CellAddress(row: row.id, column: column.id)).compactMap {
            run -> (PlannedRun, Double)? in
            let value = run.finishedRecord.flatMap(Self.last).map(measure.value)
            return value.flatMap { $0.isFinite ? (run, $0) : nil }
          }
          return Quantity(
            id: Self.quantity(measure.id, row: row.id, column: column.id),
            name: "\(measure.name), \(row.name), \(column.name)", unit: measure.unit,
            values: found.map(\.1), seeds: found.map(\.0.seed), runs: found.map(\.0.shortID))
        }
      }
    }
  }

  /// A panel for each noise: training and test loss of every method; nil where no run is finished.
  public var figure: ReportFigure? {
    let columns = results.columns.filter { column in
      results.rows.contains { !records($0, column).isEmpty }
    }
    guard !columns.isEmpty else { return nil }
    let panels = columns.map { column in
      SmallMultiples.Panel(
        column.name,
        LineChart(
          lines: results.rows.flatMap { lines($0, column) }, horizontalAxis: Axis("Epoch"),
          verticalAxis: Axis("Loss (nats)"), events: events(column),
          bandMeaning: "band: ± 1 sd over seeds"))
    }
    return ReportFigure(
      id: "losses",
      caption:
        "Mean cross-entropy by epoch, without sample weights: on the test images against their clean labels (solid, filled markers), "
        + "and in the training pass against the given labels of what a method trains on (dashed, hollow markers). After the upright line, "
        + "EchoAlign B trains on its selected originals alone.",
      altText: "Training and test loss by epoch, a panel for each noise: "
        + columns.map(\.name).joined(separator: ", ") + ".",
      figure: Figure(
        SmallMultiples(panels: panels, columns: max(1, panels.count)), chartHeight: 68))
  }

  private func records(_ row: MethodRow, _ column: NoiseColumn) -> [RunRecord] {
    results.finishedRecords(at: CellAddress(row: row.id, column: column.id))
  }

  private func lines(_ row: MethodRow, _ column: NoiseColumn) -> [LineChart.Line] {
    let records = records(row, column)
    guard !records.isEmpty else { return [] }
    let shape = Theme.standard.palette.style(for: row.id).marker.shape
    return [("test", Dash.solid, 1), ("training", .dashed, 0)].map { name, dash, index in
      LineChart.Line(
        SeriesKey(row.id, name: "\(row.name), \(name)"),
        samples: Self.samples(records, Self.measures[index].value), dash: dash,
        marker: Marker(shape, filled: dash == .solid))
    }
  }

  /// The mean over records of a number at each plotted epoch, with its band.
  static func samples(
    _ records: [RunRecord], _ value: (EpochRecord) -> Double
  ) -> [LineChart.Sample] {
    let curves = records.map { epochs(of: $0).map(value) }
    return (0..<(curves.map(\.count).max() ?? 0)).map { index in
      let values = curves.compactMap { $0.indices.contains(index) ? $0[index] : nil }
        .filter(\.isFinite)
      let quantity = Quantity(
        id: "epoch", name: "epoch", values: values, seeds: Array(values.indices))
      let band = quantity.summary.flatMap { summary in
        summary.standardDeviation.map { (summary.mean - $0)...(summary.mean + $0) }
      }
      return LineChart.Sample(Double(index + 1), quantity.summary?.mean, band: band)
    }
  }

  /// Where a method goes on after its training stage.
  private func events(_ column: NoiseColumn) -> [LineChart.Event] {
    results.rows.compactMap { row in
      guard let record = records(row, column).first else { return nil }
      let epochs = Self.epochs(of: record)
      guard let next = epochs.firstIndex(where: { $0.stage != Self.stage }), next > 0 else {
        return nil
      }
      return LineChart.Event(
        at: Double(next) + 0.5, label: epochs[next].stage,
        series: SeriesKey(row.id, name: row.name))
    }
  }

  /// The last epoch's numbers seed by seed.
  public var listing: Listing? {
    let rows = results.columns.flatMap { column in
      results.rows.flatMap { row in
        results.runs(at: CellAddress(row: row.id, column: column.id)).compactMap {
          run -> [String]? in
          guard let epoch = run.finishedRecord.flatMap(Self.last) else { return nil }
          return [column.name, row.name, "\(run.seed)"]
            + Self.measures.map { measure in
              String(
                format: measure.unit.isEmpty ? "%.1f %%" : "%.3f",
                measure.value(epoch) * (measure.unit.isEmpty ? 100 : 1))
            }
        }
      }
    }
    guard !rows.isEmpty else { return nil }
    return Listing(
      id: "losses", caption: "The last epoch of the training stage, seed by seed",
      header: ["Noise", "Method", "Seed"] + Self.measures.map(\.name), rows: rows,
      note:
        "Losses in nats. Training numbers are against the given labels of the method's own training set."
    )
  }

  /// What a reader must know of the losses.
  public var notes: [String] {
    [
      "Losses are means over samples without the weights of EchoAlign B. With the weights its training loss would be scaled "
        + "down by a factor of two to five, and lower for that reason alone.",
      "Training losses are not of the same samples: CE trains on the originals with all wrong labels, EchoAlign on a set "
        + "most of whose images were made to fit their labels. A lower training loss of EchoAlign follows from that; only the "
        + "test losses are of the same images.",
      "The claim speaks of “modified samples” and of errors, the figure of EchoAlign as a whole and of losses. Both are judged, "
        + "at the last epoch of the training stage. For networks trained on modified images alone see Table 3, whose claim 14 "
        + "says the opposite of this one.",
      "The warm-up by which EchoAlign B selects under symmetric noise prepares the selection with a network of its own; it is "
        + "not plotted as training.",
    ]
  }
}
