import Experiments
import Foundation
import Reporting
import Reproduction
import RunStore

/// The counts of Table 4: samples kept at the printed selection accuracies.
public struct SelectionTable: Sendable {
  /// The printed selection accuracies in percent, by column.
  public static let targets = [("instance-30", [96, 99]), ("instance-50", [94, 98])]

  /// What the paper prints for one accuracy, of 50,000 samples.
  struct Printed {
    static let pool = 50_000.0
    var rival: Double
    var ours: Double
    var ratio: Double { ours / rival }
  }

  /// One column at one accuracy.
  struct Setting {
    var comparison: SelectionComparison
    var name: String
    var percent: Int
    var printed: Printed?
  }

  let settings: [Setting]
  let comparisons: [(name: String, comparison: SelectionComparison)]
  /// The short identifiers of BLTM's runs, by column.
  let runs: [String: [String]]

  /// Reads what a request needs from a store.
  ///
  /// - Throws: ``SelectionMismatch``, and what reading the store or the published numbers throws.
  public init(_ request: Request, store: RunStore, publishedCSV: String) throws {
    let published = try PublishedTable(
      csv: publishedCSV, path: "reproductions/echoalign-table4/published.csv")
    var settings: [Setting] = []
    var comparisons: [(String, SelectionComparison)] = []
    var runs: [String: [String]] = [:]
    for column in request.columns {
      let samples = try SelectionSamples.stored(column, of: request, in: store)
      let comparison = SelectionComparison(column: column.identifier, samples: samples)
      runs[column.identifier] = samples.compactMap(\.run)
      comparisons.append((column.displayName, comparison))
      for percent in Self.targets.first(where: { $0.0 == column.condition })?.1 ?? [] {
        func value(_ method: String) -> Double? {
          published.value(
            table: "4", dataset: column.paperDataset,
            condition: "\(column.condition);selection_accuracy=\(percent)%", method: method,
            metric: "selected_examples_of_50000")?.value
        }
        let printed = value("BLTM").flatMap { rival in
          value("EchoAlign").map { Printed(rival: rival, ours: $0) }
        }
        settings.append(
          Setting(
            comparison: comparison, name: column.displayName, percent: percent, printed: printed))
      }
    }
    self.settings = settings
    self.comparisons = comparisons
    self.runs = runs
  }

  /// Quantities, tables, figures and notes.
  public var content: EchoAlignItem.Content {
    var content = EchoAlignItem.Content()
    content.quantities = settings.flatMap(quantities)
    content.listings = [counts, seeds]
    content.figures = figures
    content.notes = notes
    return content
  }

  /// The identifier of a share or ratio: `bltm-given/instance-30/96`, `ratio-bltm-given/instance-30/96`.
  public static func quantity(_ name: String, _ column: String, _ percent: Int) -> String {
    "\(name)/\(column)/\(percent)"
  }

  private func quantities(of setting: Setting) -> [Quantity] {
    let (comparison, percent) = (setting.comparison, setting.percent)
    let place = "\(setting.name) at \(percent) %"
    let runs = runs[comparison.column] ?? []
    let shares = SelectionReading.allCases.map { reading in
      let kept = comparison.kept(reading, at: percent)
      let printed: Double? =
        switch reading {
        case .echoSelect: setting.printed?.ours
        case .predicted: setting.printed?.rival
        case .given, .agreeing: nil
        }
      return Quantity(
        id: Self.quantity(reading.rawValue, comparison.column, percent),
        name: "Kept by \(reading.name), \(place)", unit: "% of the pool",
        values: kept.map(\.percent), seeds: kept.map(\.seed),
        runs: reading == .echoSelect ? [] : runs,
        publishedValue: printed.map { 100 * $0 / Printed.pool })
    }
    let ratios = SelectionReading.rivals.map { reading in
      let ratios = comparison.ratios(to: reading, at: percent)
      return Quantity(
        id: Self.quantity("ratio-\(reading.rawValue)", comparison.column, percent),
        name: "EchoSelect's count by that of \(reading.name), \(place)",
        values: ratios.map(\.ratio), seeds: ratios.map(\.seed), runs: runs,
        publishedValue: reading == .predicted ? setting.printed?.ratio : nil)
    }
    return shares + ratios
  }

  private var counts: Listing {
    let rows = settings.flatMap { setting in
      SelectionReading.allCases.map { reading -> [String] in
        let (comparison, percent) = (setting.comparison, setting.percent)
        let kept = comparison.kept(reading, at: percent)
        let printed: Double? =
          switch reading {
          case .echoSelect: setting.printed?.ours
          case .predicted: setting.printed?.rival
          case .given, .agreeing: nil
          }
        let isRival = reading != .echoSelect
        return [
          "\(setting.name), \(percent) %", reading.name,
          SelectionText.mean(kept.map { Double($0.count) }, decimals: 0),
          SelectionText.mean(kept.map(\.percent), decimals: 1),
          isRival
            ? SelectionText.mean(
              comparison.ratios(to: reading, at: percent).map(\.ratio), decimals: 2) : "–",
          printed.map { String(Int($0)) } ?? "–",
          printed.map { PrintedNumber.fixed(100 * $0 / Printed.pool, decimals: 1) } ?? "–",
          reading == .predicted
            ? setting.printed.map { PrintedNumber.fixed($0.ratio, decimals: 2) } ?? "–" : "–",
        ]
      }
    }
    return Listing(
      id: "kept",
      caption: "Samples kept at the printed selection accuracies, mean ± standard deviation over "
        + "seeds, and what the paper prints of 50,000.",
      header: [
        "Setting", "Selection", "Kept", "% of pool", "EchoSelect / this", "Printed", "Printed %",
        "Printed ratio",
      ], rows: rows,
      note: "A count is the largest with at least the selection accuracy, over all thresholds. One "
        + "that is not reached by 1 % of the pool is 0; in ratios it enters as 1 %.")
  }

  private var seeds: Listing {
    let all = Set(
      comparisons.flatMap { $0.comparison.curves.values.flatMap { $0.map(\.seed) } }
    ).sorted()
    let rows = settings.flatMap { setting in
      SelectionReading.allCases.map { reading -> [String] in
        let kept = setting.comparison.kept(reading, at: setting.percent)
        return ["\(setting.name), \(setting.percent) %", reading.name]
          + all.flatMap { seed -> [String] in
            guard let one = kept.first(where: { $0.seed == seed }) else { return ["–", "–"] }
            return [
              String(one.count),
              one.point.map { PrintedNumber.fixed($0.threshold, decimals: 3) } ?? "–",
            ]
          }
      }
    }
    return Listing(
      id: "kept-by-seed",
      caption: "The same counts seed by seed, each with its threshold: on the similarity for "
        + "EchoSelect, on the largest probability for BLTM.",
      header: ["Setting", "Selection"]
        + all.flatMap { ["Seed \($0): kept", "threshold"] }, rows: rows)
  }

  private var notes: [String] {
    let pools = Set(
      comparisons.flatMap { $0.comparison.curves.values.flatMap { $0.map(\.curve.poolCount) } }
    ).sorted().map(String.init)
    var notes = [
      "The paper sets two notions of a right sample beside each other. EchoSelect's counts a kept sample whose given label "
        + "is clean; BLTM, which trains on its predicted labels, counts one whose predicted label is clean, and its printed "
        + "counts are cited from its own paper, on other noise (truncated at 0.6) and of 45,000 samples. Here both select on the "
        + "same noise draw, from the same pool, and BLTM is read both ways.",
      "Counting BLTM by given labels is hard on it: samples of which it is sure are among those whose given label it would replace. "
        + "Where its prediction is the given label both notions agree, and neither method has another label to train on; that "
        + "third count is shown, and judged by no claim, because the paper speaks of no such rule.",
      "Both thresholds are chosen with clean labels, as the printed ones must have been: the counts say how well a score "
        + "ranks samples, not what a user without clean labels would get.",
      "EchoSelect's features come from a classifier trained on outside images with clean labels of the same classes; BLTM "
        + "sees the noisy training set alone. A larger count of EchoSelect here is worth that data, too.",
    ]
    notes.append(
      "The rules of the claims were written before these selections were measured, but after Tables 1 to 3 had shown what "
        + "EchoAlign keeps at the paper's thresholds.")
    if !pools.isEmpty {
      notes.append(
        "The pool is the training split of \(pools.joined(separator: " or ")) samples; the paper prints counts of 50,000 "
          + "without saying whether the 5,000 validation samples are selected from as well.")
    }
    return notes
  }
}
