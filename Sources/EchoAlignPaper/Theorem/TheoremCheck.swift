import Foundation
import Reporting
import Statistics

/// The closed forms beside what drawn samples gave.
enum TheoremCheck {
  /// The mean ratio of drawn and closed values over the simulated conditions, one a seed.
  static func quantities(_ simulations: [[TheoremSimulation]], seeds: [Int]) -> [Quantity] {
    func ratio(
      _ list: [TheoremSimulation], _ drawn: (TheoremSimulation.Fit) -> Double,
      _ closed: (TheoremValues) -> Double
    ) -> Double {
      let ratios = list.flatMap { simulation -> [Double] in
        guard let comparison = TheoremComparison(simulation.condition) else { return [] }
        return [
          drawn(simulation.original) / closed(comparison.original),
          drawn(simulation.modified) / closed(comparison.modified),
        ]
      }
      return ratios.reduce(0, +) / Double(max(ratios.count, 1))
    }
    return [
      Quantity(
        id: "check/variance", name: "Estimator variance, drawn over closed form",
        values: simulations.map { ratio($0, \.estimatorVariance, \.estimatorVariance) },
        seeds: seeds),
      Quantity(
        id: "check/gap", name: "Train/test gap, drawn over closed form",
        values: simulations.map { ratio($0, \.gap, \.gap) }, seeds: seeds),
    ]
  }

  /// Each simulated condition: mean over seeds beside the closed form.
  static func listing(_ simulations: [[TheoremSimulation]]) -> Listing {
    func mean(
      _ index: Int, _ value: (TheoremSimulation) -> Double
    ) -> String {
      guard let summary = Summary(simulations.map { value($0[index]) }) else { return "–" }
      let text = PlainNumber.significant(summary.mean)
      return summary.standardError.map { "\(text) ± \(PlainNumber.significant($0, digits: 1))" }
        ?? text
    }
    let rows = TheoremSimulation.conditions.enumerated().compactMap { index, condition in
      TheoremComparison(condition).map { comparison in
        [
          TheoremListings.name(condition),
          PlainNumber.significant(comparison.original.estimatorVariance),
          mean(index) { $0.original.estimatorVariance },
          PlainNumber.significant(comparison.modified.estimatorVariance),
          mean(index) { $0.modified.estimatorVariance },
          PlainNumber.significant(comparison.original.gap), mean(index) { $0.original.gap },
          PlainNumber.significant(comparison.modified.gap), mean(index) { $0.modified.gap },
        ]
      }
    }
    return Listing(
      id: "theorem-check", caption: "The closed forms against drawn training sets.",
      header: [
        "Condition", "Variance X", "drawn", "Variance X′", "drawn", "Gap X", "drawn", "Gap X′",
        "drawn",
      ], rows: rows,
      note:
        "Drawn: \(TheoremSimulation.repeats) training sets of \(TheoremCondition.samples) samples a seed; mean and standard "
        + "error over seeds. The closed forms are exact for Gaussian features.")
  }
}
