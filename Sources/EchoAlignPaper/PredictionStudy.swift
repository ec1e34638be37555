import Experiments
import Foundation
import Plotting
import Reporting
import Reproduction
import RunStore
import Statistics

/// What networks that were trained on originals or on modified images say about test images: Figure 5b.
///
/// The paper speaks of the variance of the estimator and shows a distribution of probabilities. Both are measured: the spread
/// of probabilities over test images, of each network by itself, and the variance of the probabilities of one test image
/// over seeds.
public struct PredictionStudy: Sendable {
  /// The row that is trained on originals.
  public static let baseline = "ce"
  /// The variances over test images, of both probabilities.
  public static var spreadMeasures: [String] { probabilities.map(\.id) }
  /// The variance over seeds.
  public static let estimatorMeasure = "seeds"

  /// The identifier of a quantity, such as `variance/largest/ce`.
  public static func quantity(_ measure: String, row: String) -> String {
    "variance/\(measure)/\(row)"
  }

  /// The probabilities that one run gives to the test images.
  struct Prediction: Sendable {
    /// The root seed.
    var seed: Int
    /// The run's short identifier.
    var run: String
    /// The probabilities, n x C, row-major.
    var probabilities: [Float]
    /// The clean label of each image.
    var labels: [Int]
    /// Whether the run, trained once more, had the epochs of its record.
    var matchesRecord = true

    var classes: Int { labels.isEmpty ? 0 : probabilities.count / labels.count }

    /// The largest probability of each image.
    var largest: [Double] {
      labels.indices.map { image in
        let row = probabilities[(image * classes)..<((image + 1) * classes)]
        return Double(min(1, row.max() ?? 0))
      }
    }

    /// The probability that each image's clean label has.
    var ofTruth: [Double] {
      labels.indices.map { Double(min(1, probabilities[$0 * classes + labels[$0]])) }
    }

    /// The share of images whose clean label is the most probable one, the first of equal ones.
    var accuracy: Double {
      let right = labels.indices.count { image in
        let row = probabilities[(image * classes)..<((image + 1) * classes)]
        return row.firstIndex(of: row.max() ?? 0) == image * classes + labels[image]
      }
      return Double(right) / Double(max(1, labels.count))
    }
  }

  /// The runs of one method.
  struct Row: Sendable {
    /// The method's identifier.
    var id: String
    /// Its name.
    var name: String
    /// What its runs say, by seed.
    var predictions: [Prediction]
  }

  /// The methods, in row order.
  let rows: [Row]

  /// Creates a study from what was measured.
  init(rows: [Row]) { self.rows = rows }

  /// Reads what the store has of a request's first column.
  ///
  /// - Throws: ``RunStore/StoreError`` when it is damaged.
  public init(_ request: Request, store: RunStore) throws {
    let cells = try Self.cells(of: request)
    rows = try request.methods.map { method in
      let predictions = try cells.filter { $0.method.identifier == method.identifier }.compactMap {
        cell in
        try RunOutputs.stored(for: OutputsSpecification(cell.specification), in: store).map {
          Prediction(
            seed: cell.seed, run: String(cell.key.text.prefix(10)),
            probabilities: $0.test.probabilities, labels: $0.test.cleanLabels,
            matchesRecord: $0.matchesRecord)
        }
      }
      return Row(id: method.identifier, name: method.displayName, predictions: predictions)
    }
  }

  /// The runs of the first column.
  static func cells(of request: Request) throws -> [Request.PlannedCell] {
    let first = request.columns.first?.identifier
    return try request.cells().filter { $0.column.identifier == first }
  }

  /// The measurements that it needs.
  public static func analyses(of request: Request) throws -> [Analysis] {
    try cells(of: request).map { .outputs(OutputsSpecification($0.specification)) }
  }

  /// What can be asked of one run: which probability, and what it is called.
  static let probabilities:
    [(id: String, name: String, values: @Sendable (Prediction) -> [Double])] =
      [
        ("largest", "largest probability", { $0.largest }),
        ("truth", "probability of the true class", { $0.ofTruth }),
      ]

  /// The variance over seeds of a method's probabilities, image by image and summed over the classes, with divisor n − 1.
  ///
  /// - Returns: A number in 0...1 for each image; empty with fewer than two seeds.
  static func seedVariances(_ predictions: [Prediction]) -> [Double] {
    seedParts(predictions).reduce(into: []) { sums, part in
      sums = sums.isEmpty ? part.images : zip(sums, part.images).map { $0 + $1 }
    }.map { $0 / Double(predictions.count) }
  }

  /// Each seed's part of ``seedVariances``: its squared distance to the mean over seeds, times n / (n − 1).
  ///
  /// The mean of the parts over seeds is the variance.
  private static func seedParts(
    _ predictions: [Prediction]
  ) -> [(seed: Int, images: [Double])] {
    guard let first = predictions.first, predictions.count > 1,
      predictions.allSatisfy({ $0.labels == first.labels })
    else { return [] }
    let n = Double(predictions.count)
    let means = first.probabilities.indices.map { index in
      predictions.reduce(0.0) { $0 + Double($1.probabilities[index]) } / n
    }
    return predictions.map { prediction in
      let images = prediction.labels.indices.map { image -> Double in
        let places = (image * prediction.classes)..<((image + 1) * prediction.classes)
        return places.reduce(0.0) { sum, place in
          let deviation = Double(prediction.probabilities[place]) - means[place]
          return sum + deviation * deviation
        } * n / (n - 1)
      }
      return (prediction.seed, images)
    }
  }

  /// The spread of each method's probabilities, and their variance over seeds where there are two or more.
  public var quantities: [Quantity] {
    let spreads = Self.probabilities.flatMap { probability in
      rows.map { row in
        Quantity(
          id: Self.quantity(probability.id, row: row.id),
          name: "variance over test images of the \(probability.name), \(row.name)",
          values: row.predictions.map { Self.variance(probability.values($0)) },
          seeds: row.predictions.map(\.seed), runs: row.predictions.map(\.run))
      }
    }
    let seeds = rows.filter { $0.predictions.count != 1 }.map { row in
      let parts = Self.seedParts(row.predictions)
      return Quantity(
        id: Self.quantity(Self.estimatorMeasure, row: row.id),
        name: "variance over seeds of the probabilities, \(row.name)",
        values: parts.map { Self.mean($0.images) }, seeds: parts.map(\.seed),
        runs: row.predictions.map(\.run))
    }
    return spreads + seeds
  }

  static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(1, values.count))
  }

  /// The variance with divisor n − 1; 0 for a single value.
  static func variance(_ values: [Double]) -> Double {
    let deviation = Summary(values)?.standardDeviation ?? 0
    return deviation * deviation
  }
}
