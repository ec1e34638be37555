import Experiments
import Foundation
import Plotting
import Reporting
import Reproduction
import RunStore

/// How much originals and modified images tell of their labels, by three estimators: Figure 5a.
public struct InformationStudy: Sendable {
  /// The estimators with what readers call them, in order.
  static let estimators = [
    (id: "ross", name: "k-NN (Ross)"), (id: "probe", name: "linear probe"),
    (id: "plug-in", name: "clusters (plug-in)"),
  ]

  /// The estimates by seed.
  let estimates: [(seed: Int, value: InformationEstimates)]

  /// Creates a study from what was measured.
  init(_ estimates: [(seed: Int, value: InformationEstimates)]) { self.estimates = estimates }

  /// Reads what the store has of a request's first column.
  ///
  /// - Throws: ``RunStore/StoreError`` when it is damaged.
  public init(_ request: Request, store: RunStore) throws {
    estimates = try Self.specifications(of: request).compactMap { seed, specification in
      try InformationEstimates.stored(for: specification, in: store).map { (seed, $0) }
    }
  }

  /// What is to be measured for the first column of a request, by seed; nothing where it has no generator.
  static func specifications(
    of request: Request
  ) -> [(seed: Int, specification: InformationSpecification)] {
    guard let column = request.columns.first else { return [] }
    return request.seeds.compactMap { seed in
      EchoDraw(column.benchmark, noise: column.noise, seed: seed).map {
        (seed, InformationSpecification(SimilaritySpecification($0)))
      }
    }
  }

  /// The measurements that it needs.
  public static func analyses(of request: Request) -> [Analysis] {
    specifications(of: request).map { .information($0.specification) }
  }

  /// The identifier of a quantity.
  ///
  /// - Parameters:
  ///   - estimator: `ross`, `probe` or `plug-in`.
  ///   - isModified: Whether the images are the modified ones.
  ///   - isClean: Whether the labels are the clean ones.
  /// - Returns: For example `information/modified/ross`.
  public static func quantity(
    _ estimator: String, isModified: Bool, isClean: Bool = false
  ) -> String {
    "\(isClean ? "clean-information" : "information")/\(isModified ? "modified" : "original")/"
      + estimator
  }

  /// The identifiers of the estimators.
  public static var estimatorIDs: [String] { estimators.map(\.id) }

  private func value(
    _ estimator: String, isModified: Bool, isClean: Bool, of estimates: InformationEstimates
  ) -> Double? {
    let pair = (isClean ? estimates.cleanPairs : estimates.pairs)
      .first { $0.estimator == estimator }
    return (isModified ? pair?.modified : pair?.original)?.nats
  }

  private func quantity(
    _ estimator: (id: String, name: String), isModified: Bool, isClean: Bool
  ) -> Quantity {
    let found = estimates.compactMap { seed, estimates in
      value(estimator.id, isModified: isModified, isClean: isClean, of: estimates)
        .map { (seed, $0) }
    }
    return Quantity(
      id: Self.quantity(estimator.id, isModified: isModified, isClean: isClean),
      name: "I(\(isModified ? "X′" : "X"); \(isClean ? "Y" : "Ỹ")), \(estimator.name)",
      unit: "nats", values: found.map(\.1), seeds: found.map(\.0))
  }

  /// The estimates with noisy labels, those with clean labels, and the entropy of the noisy labels.
  public var quantities: [Quantity] {
    let pairs = [false, true].flatMap { isClean in
      Self.estimators.flatMap { estimator in
        [false, true].map { quantity(estimator, isModified: $0, isClean: isClean) }
      }
    }
    return pairs + [
      Quantity(
        id: "label-entropy", name: "H(Ỹ), the most that I(·; Ỹ) can be", unit: "nats",
        values: estimates.map(\.value.entropyNats), seeds: estimates.map(\.seed))
    ]
  }

  /// Bars of all estimates, with noisy and with clean labels; nil where nothing was measured.
  public var figure: ReportFigure? {
    guard let ceiling = estimates.first?.value.ceilingNats else { return nil }
    let entropy = quantities.last?.summary?.mean
    let panels = [false, true].map { isClean in
      SmallMultiples.Panel(
        isClean ? "with the clean labels Y (control)" : "with the noisy labels Ỹ",
        chart(isClean: isClean, ceiling: ceiling))
    }
    return ReportFigure(
      id: "mutual-information",
      caption:
        "Estimates of the mutual information between images and labels, in nats: the originals X and the modified "
        + "images X′. The line is ln C, above which no true value lies"
        + (entropy.map { String(format: "; H(Ỹ) is %.3f", $0) } ?? "")
        + ". Left, with the noisy labels that X′ is made from, "
        + "what the paper shows; right, with the clean labels, which X′ is not made from.",
      altText:
        "Bars of mutual information by three estimators, originals beside modified images, with noisy labels and "
        + "with clean labels.",
      figure: Figure(SmallMultiples(panels: panels, columns: 2), chartHeight: 62))
  }

  private func chart(isClean: Bool, ceiling: Double) -> GroupedBarChart {
    let series = [
      SeriesKey("original-images", name: "originals X"),
      SeriesKey("modified-images", name: "modified images X′"),
    ]
    let cells = Self.estimators.map { estimator in
      [false, true].map { isModified -> GroupedBarChart.Cell in
        let quantity = quantity(estimator, isModified: isModified, isClean: isClean)
        guard let mean = quantity.summary?.mean else { return .init(absent: .unavailable) }
        return .init(
          Estimate(mean, interval: quantity.interval, count: quantity.values.count))
      }
    }
    var chart = GroupedBarChart(
      groups: Self.estimators.map(\.name), series: series, cells: cells,
      valueAxis: Axis("Mutual information (nats)"), spreadMeaning: "95 % t interval over seeds")
    chart.referenceLine = .init(
      ceiling, meaning: "ln C, the ceiling", label: String(format: "ln C = %.3f", ceiling))
    return chart
  }

  /// The same numbers seed by seed, with the standard error that an estimator gives of itself.
  public var listing: Listing? {
    let rows = estimates.flatMap { seed, estimates in
      zip(estimates.pairs, estimates.cleanPairs).map { noisy, clean in
        [
          Self.estimators.first { $0.id == noisy.estimator }?.name ?? noisy.estimator, "\(seed)",
        ] + [noisy.original, noisy.modified, clean.original, clean.modified].map(Self.text)
      }
    }
    guard !rows.isEmpty else { return nil }
    let components = estimates.first?.value.components ?? 0
    return Listing(
      id: "mutual-information",
      caption:
        "Mutual information in nats, ± the standard error that the estimator gives of itself",
      header: ["Estimator", "Seed", "I(X; Ỹ)", "I(X′; Ỹ)", "I(X; Y)", "I(X′; Y)"], rows: rows,
      note:
        "On \(components) principal components, common to X and X′ and standardised, of the features of "
        + "\(estimates.first?.value.count ?? 0) images. Standard errors cover no bias.")
  }

  private static func text(_ value: InformationEstimates.Value?) -> String {
    guard let value else { return "–" }
    return value.standardError.map { String(format: "%.3f ± %.3f", value.nats, $0) }
      ?? String(format: "%.3f", value.nats)
  }

  /// What modification gains about the noisy labels and loses about the clean ones.
  private var gains: [String] {
    func mean(isClean: Bool) -> Double? {
      let differences = Self.estimators.compactMap { estimator -> Double? in
        let means = [false, true].map {
          quantity(estimator, isModified: $0, isClean: isClean).summary?.mean
        }
        guard let original = means[0], let modified = means[1] else { return nil }
        return modified - original
      }
      return differences.isEmpty
        ? nil : differences.reduce(0, +) / Double(differences.count)
    }
    guard let noisy = mean(isClean: false), let clean = mean(isClean: true) else { return [] }
    let change = String(format: "%+.2f nats about the noisy labels and %+.2f", noisy, clean)
      .replacing("-", with: "−")
    return [
      "From X to X′, on average over estimators and seeds: \(change) nats about the clean labels."
    ]
  }

  /// What a reader must know of the estimates, and which could not be made.
  public var notes: [String] {
    let problems = estimates.flatMap { seed, estimates in
      (estimates.pairs + estimates.cleanPairs).compactMap { pair in
        pair.problem.map { "\(pair.estimator), seed \(seed): \($0)" }
      }
    }
    return [
      "X′ is generated from Ỹ, so I(X′; Ỹ) > I(X; Ỹ) is nearly true by construction: a picture with the label written on "
        + "it would do best. The control with clean labels asks what the modification keeps of the truth.",
      "The paper names no estimator and no features. The probe's value is a lower bound; the plug-in's loses what clusters "
        + "lose; the k-NN estimate is biased downwards where information is high. The features are those of a classifier of the "
        + "same classes, trained on outside images, which favours images that a generator of these classes made.",
    ]
      + gains
      + (estimates.isEmpty
        ? [
          "Mutual information was not measured: these settings have no generator of their own here, or it was not run."
        ]
        : [])
      + (problems.isEmpty
        ? [] : ["Could not be estimated: \(Set(problems).sorted().joined(separator: "; "))."])
  }
}
