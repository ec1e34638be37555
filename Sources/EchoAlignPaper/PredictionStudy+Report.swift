import Foundation
import Plotting
import Reporting
import Statistics

extension PredictionStudy {
  /// The bandwidth of the densities: one for all, so that their widths compare.
  private static let bandwidth = 0.02

  private var measured: [Row] { rows.filter { !$0.predictions.isEmpty } }

  /// The distributions of both probabilities, and of the variance over seeds.
  public var figures: [ReportFigure] {
    guard !measured.isEmpty else { return [] }
    let panels = Self.probabilities.map { probability in
      SmallMultiples.Panel(
        probability.name,
        chart(measured, "Probability") { $0.predictions.flatMap(probability.values) })
    }
    var figures = [
      ReportFigure(
        id: "predictive-probability",
        caption:
          "What networks say about the test images, all seeds together: the largest probability, and the probability "
          + "of the true class. Gaussian kernels of bandwidth \(Self.bandwidth), reflected at 0 and 1.",
        altText: "Densities of predicted probabilities by method.",
        figure: Figure(
          SmallMultiples(panels: panels, columns: 2, sharing: .horizontal), chartHeight: 60))
    ]
    let repeated = measured.filter { $0.predictions.count > 1 }
    if !repeated.isEmpty {
      figures.append(
        ReportFigure(
          id: "variance-over-seeds",
          caption:
            "How much the probabilities of a test image vary from seed to seed, summed over the classes: the variance "
            + "of the estimator, image by image. Gaussian kernels of bandwidth \(Self.bandwidth), reflected at 0 and 1.",
          altText: "Densities of the variance over seeds by method.",
          figure: Figure(
            chart(repeated, "Variance over seeds") { Self.seedVariances($0.predictions) },
            width: Theme.standard.fullWidth * 0.6, chartHeight: 60)))
    }
    return figures
  }

  private func chart(
    _ rows: [Row], _ label: String, _ values: (Row) -> [Double]
  ) -> DensityChart {
    DensityChart(
      samples: rows.map {
        .init(SeriesKey($0.id, name: $0.name), values: values($0).map { max(0, min(1, $0)) })
      }, axis: Axis(label, range: 0...1), bounds: 0...1, bandwidth: Self.bandwidth)
  }

  /// Means and variances by method, and the tests against the baseline seed by seed.
  public var listings: [Listing] {
    guard !measured.isEmpty else { return [] }
    let summary = measured.map { row in
      [
        row.name, Self.spread(row.predictions.map { 100 * $0.accuracy }, decimals: 1),
      ]
        + Self.probabilities.flatMap { probability in
          [
            Self.spread(row.predictions.map { Self.mean(probability.values($0)) }, decimals: 3),
            Self.spread(row.predictions.map { Self.variance(probability.values($0)) }, decimals: 4),
          ]
        } + [
          row.predictions.count > 1
            ? String(format: "%.4f", Self.mean(Self.seedVariances(row.predictions))) : "–"
        ]
    }
    var result = [
      Listing(
        id: "predictions",
        caption: "Predictions on the test images, mean ± standard deviation over seeds",
        header: [
          "Method", "Accuracy (%)", "Largest p", "variance", "True p", "variance", "over seeds",
        ], rows: summary,
        note:
          "Means and variances over test images of the largest probability and of that of the true class, by one network; "
          + "the last column is the variance over networks of different seeds, for one test image, averaged over images. A "
          + "method that always says 1/C has no variance at all, so accuracy stands beside it.")
    ]
    let tests = self.tests
    if !tests.isEmpty {
      result.append(
        Listing(
          id: "variance-tests",
          caption:
            "Each method against CE of the same seed: equal spread (Brown-Forsythe) and equal distribution "
            + "(Kolmogorov-Smirnov, two-sided)",
          header: [
            "Method", "Seed", "Probability", "Variance", "of CE", "Brown-Forsythe p", "KS D",
            "KS p",
          ], rows: tests,
          note:
            "Both methods speak of the same test images, which the tests take as independent; with this many images "
            + "any difference passes. The claims are judged on seeds."))
    }
    return result
  }

  private var tests: [[String]] {
    guard let base = rows.first(where: { $0.id == Self.baseline }) else { return [] }
    return measured.filter { $0.id != Self.baseline }.flatMap { row in
      row.predictions.flatMap { prediction -> [[String]] in
        guard let other = base.predictions.first(where: { $0.seed == prediction.seed }),
          !other.labels.isEmpty
        else { return [] }
        return Self.probabilities.map { probability in
          let (own, theirs) = (probability.values(prediction), probability.values(other))
          let spread = LeveneTest([own, theirs], centre: .median)
          let distance = KolmogorovSmirnov(own, theirs)
          return [
            row.name, "\(prediction.seed)", probability.name,
            String(format: "%.4f", Self.variance(own)),
            String(format: "%.4f", Self.variance(theirs)),
            spread.map { Self.probability($0.pValue) } ?? "–",
            String(format: "%.3f", distance.statistic), Self.probability(distance.pValue),
          ]
        }
      }
    }
  }

  private static func probability(_ p: Double) -> String {
    p < 1e-300 ? "< 1e-300" : p < 1e-3 ? String(format: "%.1e", p) : String(format: "%.3f", p)
  }

  private static func spread(_ values: [Double], decimals: Int) -> String {
    guard let summary = Summary(values) else { return "–" }
    let mean = String(format: "%.\(decimals)f", summary.mean)
    return summary.standardDeviation.map { "\(mean) ± " + String(format: "%.\(decimals)f", $0) }
      ?? mean
  }

  /// Whether the networks that were asked are those of the records.
  private var identity: String {
    let all = measured.flatMap(\.predictions)
    let other = all.filter { !$0.matchesRecord }.map(\.run)
    return "Records hold no predictions, so \(all.count) runs were trained once more and asked; "
      + (other.isEmpty
        ? "all had the epochs of their records, number by number."
        : "these had other epochs than their records: \(other.joined(separator: ", ")).")
  }

  /// What a reader must know of the predictions.
  public var notes: [String] {
    [
      "“Better variance” of Figure 5b has two readings. The theorem speaks of the variance of the estimator: how far "
        + "predictions for one image move when everything is drawn again. That is the variance over seeds here; a seed draws "
        + "labels, validation split, initial weights and order anew, on the same images. The figure shows a distribution of "
        + "probabilities instead: its spread over test images is the other reading. Which probability and which images the "
        + "paper shows is not said.",
      "A seed's part of the variance over seeds is its squared distance to the mean over seeds, scaled so that the mean of "
        + "the parts is the variance. Parts share that mean, so the t tests over seeds are approximate.",
    ]
      + [measured.isEmpty ? "Predictions were not measured." : identity]
  }
}
