import Experiments
import Foundation
import Plotting
import Reporting
import Reproduction
import RunStore

/// The test images as networks represent them, in the plane and by how well classes keep together: Figure 7b and c.
public struct RepresentationStudy: Sendable {
  /// The test images that are embedded, at most.
  static let count = 2000
  /// The row that is trained on originals.
  public static let baseline = "ce"

  /// The embeddings of one method.
  struct Row: Sendable {
    /// The method's identifier.
    var id: String
    /// Its name.
    var name: String
    /// What was measured, by seed.
    var embeddings: [(seed: Int, run: String, value: FeatureEmbedding)]
  }

  /// The methods, in row order.
  let rows: [Row]

  /// Creates a study from what was measured.
  init(rows: [Row]) { self.rows = rows }

  /// Reads what the store has of a request's first column.
  ///
  /// - Throws: ``RunStore/StoreError`` when it is damaged.
  public init(_ request: Request, store: RunStore) throws {
    let cells = try PredictionStudy.cells(of: request)
    rows = try request.methods.map { method in
      Row(
        id: method.identifier, name: method.displayName,
        embeddings: try cells.filter { $0.method.identifier == method.identifier }.compactMap {
          cell in
          try FeatureEmbedding.stored(for: Self.specification(cell), in: store).map {
            (cell.seed, String(cell.key.text.prefix(10)), $0)
          }
        })
    }
  }

  private static func specification(_ cell: Request.PlannedCell) -> EmbeddingSpecification {
    EmbeddingSpecification(
      OutputsSpecification(cell.specification),
      count: min(count, cell.specification.data.testCount))
  }

  /// The measurements that it needs.
  public static func analyses(of request: Request) throws -> [Analysis] {
    try PredictionStudy.cells(of: request).map { .embedding(specification($0)) }
  }

  /// The names of the classes, as far as they are known.
  public var classNames: [String] {
    rows.lazy.compactMap { $0.embeddings.first?.value.classNames }.first ?? []
  }

  /// Silhouette and purity of each method.
  public var quantities: [Quantity] {
    let measures: [(id: String, name: String, value: (FeatureEmbedding) -> Double?)] = [
      ("silhouette", "silhouette of the representations", \.silhouette),
      ("purity", "share of the 10 nearest neighbours in the same class", \.purity),
    ]
    return measures.flatMap { measure in
      rows.map { row in
        let found = row.embeddings.compactMap { entry in
          measure.value(entry.value).map { (entry.seed, $0) }
        }
        return Quantity(
          id: "\(measure.id)/\(row.id)", name: "\(measure.name), \(row.name)",
          values: found.map(\.1), seeds: found.map(\.0), runs: row.embeddings.map(\.run))
      }
    }
  }

  /// The seed that is shown: the first that most methods have an embedding of.
  private var shownSeed: Int? {
    let seeds = rows.flatMap { $0.embeddings.filter { !$0.value.x.isEmpty }.map(\.seed) }
    let counts = Dictionary(grouping: seeds) { $0 }.mapValues(\.count)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// A cloud for each method; nil where nothing was embedded.
  public var figure: ReportFigure? {
    guard let seed = shownSeed else { return nil }
    let names = classNames
    let groups = names.enumerated().map { SeriesKey.imageClass($0.offset, name: $0.element) }
    let panels = rows.compactMap { row -> SmallMultiples.Panel? in
      guard let shown = row.embeddings.first(where: { $0.seed == seed })?.value, !shown.x.isEmpty
      else { return nil }
      return .init(
        row.name,
        PointCloud(
          embedding: shown.labels.indices.map {
            .init(group: shown.labels[$0], x: shown.x[$0], y: shown.y[$0])
          }, groups: groups))
    }
    let shown = rows.lazy.compactMap { row in
      row.embeddings.first { $0.seed == seed && !$0.value.x.isEmpty }?.value
    }.first
    return ReportFigure(
      id: "representations",
      caption:
        "Test images as the network's last hidden layer represents them after training, by clean class: t-SNE of "
        + "\(shown?.labels.count ?? 0) images at perplexity "
        + String(format: "%g", shown?.perplexity ?? 0)
        + ", seed \(seed). Distances between clusters and the sizes of clusters mean nothing in such a picture; "
        + "silhouette and purity are measured before it.",
      altText:
        "Clouds of points coloured by class: \(panels.map(\.title).joined(separator: ", ")).",
      figure: Figure(SmallMultiples(panels: panels, columns: max(1, panels.count), sharing: .none)))
  }

  /// Silhouette, purity and the embedding's divergence, seed by seed.
  public var listing: Listing? {
    func text(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "–" }
    let lines = rows.flatMap { row in
      row.embeddings.map { entry in
        [
          row.name, "\(entry.seed)", text(entry.value.silhouette), text(entry.value.purity),
          text(entry.value.klDivergence),
        ]
      }
    }
    guard !lines.isEmpty else { return nil }
    return Listing(
      id: "representations", caption: "How well the classes of the test images keep together",
      header: ["Method", "Seed", "Silhouette", "Purity", "KL of t-SNE (nats)"], rows: lines,
      note:
        "Silhouette and purity (10 nearest neighbours) are of the representations, by Euclidean distance; the last column "
        + "is what t-SNE could not show.")
  }

  /// What a reader must know of the representations, and which could not be measured.
  public var notes: [String] {
    let problems = rows.flatMap { row in
      row.embeddings.compactMap { entry in
        entry.value.problem.map { "\(row.name), seed \(entry.seed): \($0)" }
      }
    }
    return [
      "The captions of Figure 7b and c say “using X” and “using X′”, the text “before and after using EchoAlign”, and neither "
        + "says which images, layer or noise. Read here as: the same test images, represented by the network that CE trained and "
        + "by the one that EchoAlign trained. That the paper shows them as examples of distribution shift, a challenge, and in "
        + "the text as EchoAlign's effectiveness, is its own contradiction; both are judged."
    ]
      + (rows.allSatisfy(\.embeddings.isEmpty) ? ["Representations were not measured."] : [])
      + (problems.isEmpty ? [] : ["Could not be done: \(problems.joined(separator: "; "))."])
  }
}
