import Foundation
import Reporting

extension SelectionThresholds {
  /// Quantities, tables, figures and notes.
  ///
  /// - Parameter isComparable: Whether numbers may be compared with the paper's.
  /// - Returns: What the report shows.
  public func content(isComparable: Bool) -> EchoAlignItem.Content {
    var content = EchoAlignItem.Content()
    content.results = results
    content.tables = [
      MeasuredTable(
        id: "accuracy-by-threshold",
        caption:
          "Test accuracy of EchoAlign A in % by its threshold, at the epoch with the best noisy-validation accuracy.",
        results: results, rule: .bestOnNoisyValidation, isComparable: isComparable)
    ]
    content.quantities = columns.flatMap { quantities(of: $0.identifier, $0.displayName) } + shifts
    if let column = instanceColumn { content.quantities += smoothness(column.identifier) }
    content.listings = [selections, optima]
    content.figures = figures
    content.notes = notes
    return content
  }

  private func quantities(of column: String, _ name: String) -> [Quantity] {
    let complete = complete(column)
    let seeds = complete.map(\.seed)
    let shown = Self.trained.indices.filter { Self.printed.contains(Self.trained[$0]) }
    let runs = results.rows.flatMap { row in
      results.measurement(
        at: CellAddress(row: row.id, column: column), rule: .bestOnNoisyValidation
      ).shortIDs
    }
    let usual = accuracies(column, Self.usual)
    let sweeps = sweeps[column] ?? []
    let best = sweeps.compactMap { sweep in sweep.best.map { (sweep.seed, $0.threshold) } }
    return [
      Quantity(
        id: "best-threshold-accuracy/\(column)",
        name: "Threshold with the best test accuracy, \(name)",
        values: complete.map { Self.bestThreshold($0.accuracies) }, seeds: seeds, runs: runs),
      Quantity(
        id: "accuracy-range/\(column)",
        name: "Range of test accuracy from τ = 0.3 to 0.6, \(name)", unit: "points",
        values: complete.map { _, values in
          let part = shown.map { values[$0] }
          return 100 * ((part.max() ?? 0) - (part.min() ?? 0))
        }, seeds: seeds, runs: runs),
      Quantity(
        id: "accuracy-at-0.40/\(column)", name: "Test accuracy at τ = 0.4, \(name)", unit: "%",
        values: usual.keys.sorted().map { 100 * (usual[$0] ?? 0) }, seeds: usual.keys.sorted(),
        runs: results.measurement(
          at: CellAddress(row: Self.identifier(Self.usual), column: column),
          rule: .bestOnNoisyValidation
        ).shortIDs),
      Quantity(
        id: "best-threshold-balance/\(column)",
        name: "Threshold with the best balance of number and selection accuracy, \(name)",
        values: best.map(\.1), seeds: best.map(\.0)),
    ]
  }

  /// The trained threshold with the highest accuracy, the lowest of equals.
  static func bestThreshold(_ accuracies: [Double]) -> Double {
    var best = 0
    for index in accuracies.indices where accuracies[index] > accuracies[best] { best = index }
    return trained[best]
  }

  /// How far the threshold of the best balance moves with the kind of noise, and with its rate.
  private var shifts: [Quantity] {
    func best(_ sweeps: [String: [SelectionSweep]], _ column: String) -> [Int: Double] {
      Dictionary(
        (sweeps[column] ?? []).compactMap { sweep in
          sweep.best.map { (sweep.seed, $0.threshold) }
        }, uniquingKeysWith: { first, _ in first })
    }
    let kinds = ["symmetric-30", "instance-30"]
    guard kinds.allSatisfy({ kind in columns.contains { $0.identifier == kind } }) else {
      return []
    }
    let low = kinds.map { best(sweeps, $0) }
    let high = kinds.map { best(raisedSweeps, $0) }
    let complete: [(seed: Int, low: [Double], high: [Double])] = results.seeds.compactMap { seed in
      let (lows, highs) = (low.compactMap { $0[seed] }, high.compactMap { $0[seed] })
      return lows.count == kinds.count && highs.count == kinds.count ? (seed, lows, highs) : nil
    }
    let seeds = complete.map(\.seed)
    return [
      Quantity(
        id: "shift-by-kind",
        name: "Change of the best-balanced threshold from symmetric to instance-dependent noise, "
          + "mean of both rates",
        values: complete.map { (abs($0.low[0] - $0.low[1]) + abs($0.high[0] - $0.high[1])) / 2 },
        seeds: seeds),
      Quantity(
        id: "shift-by-rate",
        name: "Change of the best-balanced threshold from 30 % to 50 % noise, mean of both kinds",
        values: complete.map { (abs($0.high[0] - $0.low[0]) + abs($0.high[1] - $0.low[1])) / 2 },
        seeds: seeds),
    ]
  }

  /// The step of threshold over which a loss of samples is measured.
  static let stride = 0.05

  private func smoothness(_ column: String) -> [Quantity] {
    let own = sweeps[column] ?? []
    func quantity(
      _ id: String, _ name: String, unit: String = "", _ value: (SelectionSweep) -> Double?
    ) -> Quantity {
      let values = own.compactMap { sweep in value(sweep).map { (sweep.seed, $0) } }
      return Quantity(
        id: "\(id)/\(column)", name: name, unit: unit, values: values.map(\.1),
        seeds: values.map(\.0))
    }
    return [
      quantity(
        "largest-fall", "Largest fall of selection accuracy as the threshold rises", unit: "points"
      ) { 100 * $0.largestFall },
      quantity(
        "largest-loss", "Largest loss of samples over \(Self.stride) of threshold",
        unit: "% of the pool"
      ) { 100 * $0.largestLoss(over: Self.stride) },
      quantity("peak", "Best balance above that of both ends", unit: "points") {
        $0.peak.map { 100 * $0 }
      },
      quantity("equilibrium-width", "Width in τ of the region within a point of the best balance") {
        $0.equilibrium.map { $0.upperBound - $0.lowerBound }
      },
    ]
  }

  private var selections: Listing {
    Listing(
      id: "selection-by-threshold",
      caption:
        "What EchoSelect keeps at the trained thresholds: share of the originals and their selection accuracy in %, mean ± "
        + "standard deviation over seeds.",
      header: ["Threshold"] + columns.flatMap { ["\($0.displayName): kept", "accuracy"] },
      rows: Self.trained.map { threshold in
        [PrintedNumber.fixed(threshold, decimals: 2)]
          + columns.flatMap { column -> [String] in
            let steps = (sweeps[column.identifier] ?? []).compactMap { sweep in
              sweep.steps.first { abs($0.threshold - threshold) < 1e-9 }
            }
            return [
              SelectionText.mean(steps.map { 100 * $0.share }, decimals: 1),
              SelectionText.mean(steps.compactMap(\.accuracy).map { 100 * $0 }, decimals: 1),
            ]
          }
      }, note: "No accuracy is given where fewer than 1 % of the samples are kept.")
  }

  private var optima: Listing {
    func row(_ name: String, _ sweeps: [SelectionSweep]) -> [String] {
      let best = sweeps.compactMap(\.best)
      let regions = sweeps.compactMap(\.equilibrium)
      return [
        name, SelectionText.mean(best.map(\.threshold), decimals: 3),
        SelectionText.mean(best.map { 100 * $0.share }, decimals: 1),
        SelectionText.mean(best.compactMap { $0.accuracy.map { 100 * $0 } }, decimals: 1),
        SelectionText.mean(regions.map(\.lowerBound), decimals: 3),
        SelectionText.mean(regions.map(\.upperBound), decimals: 3),
      ]
    }
    return Listing(
      id: "best-balance",
      caption:
        "The threshold with the best balance (harmonic mean of selection accuracy and of the share of all rightly labelled "
        + "samples that are kept), and the region within a point of it; mean ± standard deviation over seeds.",
      header: ["Noise", "Best τ", "Kept (%)", "Accuracy (%)", "Region from", "to"],
      rows: namedSweeps.map { row($0.name, $0.sweeps) })
  }

  private var notes: [String] {
    [
      "The paper does not say whether the accuracy of Figure 4a is that of the classifier on test images or that of the selection; "
        + "both are shown. Its grid of thresholds is not printed either.",
      "A threshold is a cosine of features and belongs to its extractor. The features here are those of a classifier trained on "
        + "outside images, less their mean, not CLIP's: where the best threshold lies cannot be compared with the paper's, whether "
        + "it moves with noise, data and rate can.",
      "The number kept falls with the threshold by definition, so that its monotony is no finding; how smoothly it falls, and "
        + "whether accuracy rises all along, are. The equilibrium region is not defined in the paper; here it is where number and "
        + "accuracy are balanced within a point of the best (harmonic mean of selection accuracy and recall).",
      "The best of several thresholds is chosen on test images or clean labels and is an oracle; differences between neighbouring "
        + "thresholds of a point or less are within the noise of training.",
      "The rules of the claims were written before these sweeps were made, but after the similarities, and EchoAlign at the "
        + "paper's thresholds, had been seen.",
    ]
  }
}
