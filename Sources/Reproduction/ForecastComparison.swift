import Experiments
import Foundation
import Workers

/// A forecast beside what the work took.
public struct ForecastComparison: Hashable, Sendable {
  /// By what factor a good forecast may be off, either way.
  public static let tolerance = 1.5

  /// The seconds that were forecast.
  public let predicted: Double
  /// The seconds that it took.
  public let actual: Double

  /// Creates a comparison.
  public init(predicted: Double, actual: Double) {
    self.predicted = predicted
    self.actual = actual
  }

  /// Compares the work of a plan with its forecast at nominal rates, which needs no measurement; see ``JobCost``.
  ///
  /// - Parameters:
  ///   - plan: What was to be done.
  ///   - workers: The number of workers.
  ///   - actual: The seconds that it took.
  public init(nominal plan: JobPlan, workers: Int, actual: Double) {
    var chain: [String: Double] = [:]
    var total = 0.0
    for entry in plan.entries {
      let cost = JobCost.seconds(of: entry.job)
      total += cost
      chain[entry.identifier] = cost + (entry.dependencies.compactMap { chain[$0] }.max() ?? 0)
    }
    self.init(
      predicted: max(total / Double(max(1, workers)), chain.values.max() ?? 0), actual: actual)
  }

  /// What was predicted by what it took; nil where it took no time that can be told.
  public var ratio: Double? { actual > 0 ? predicted / actual : nil }

  /// Whether the forecast is off by no more than ``tolerance``.
  public var isGood: Bool {
    guard let ratio else { return false }
    return ratio <= Self.tolerance && ratio >= 1 / Self.tolerance
  }

  /// Both numbers and their ratio, in a line.
  public var text: String {
    func seconds(_ value: Double) -> String {
      value < 60 ? String(format: "%.1f s", value) : DurationText.short(seconds: value)
    }
    let ratio = ratio.map { String(format: "%.2f", $0) } ?? "–"
    return "predicted \(seconds(predicted)), actual \(seconds(actual)), ratio \(ratio)"
  }

  /// The line for people after a run.
  public var note: String { text + " (predicted at nominal rates; make forecast measures them)" }
}
