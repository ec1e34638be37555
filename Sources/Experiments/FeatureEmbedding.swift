import Features
import Foundation
import NeighborEmbedding
import RunStore

/// The representations of a run's test images, embedded in the plane by t-SNE, with how well classes keep together.
public struct EmbeddingSpecification: AnalysisSpecification {
  /// The kind of asset.
  public static let kind = "embedding"
  static let fileName = "embedding.json"

  /// Where representations are taken from.
  public var outputs: OutputsSpecification
  /// The number of test images, the first ones.
  public var count: Int
  /// The principal components that representations are reduced to, at most.
  public var components: Int
  /// k of the label purity, lowered where there are too few images.
  public var neighbors: Int
  /// The settings of t-SNE; the perplexity is lowered where there are too few images.
  public var configuration: TSNE.Configuration

  /// Creates a specification.
  public init(
    _ outputs: OutputsSpecification, count: Int, components: Int = 50, neighbors: Int = 10,
    configuration: TSNE.Configuration = TSNE.Configuration(seed: 1, threads: 1)
  ) {
    self.outputs = outputs
    self.count = count
    self.components = components
    self.neighbors = neighbors
    self.configuration = configuration
  }

  /// What people read while it is made.
  public var label: String { "t-SNE of \(outputs.label)" }

  /// The representations.
  public var dependencies: [Job] { [.analysis(.outputs(outputs))] }

  /// About two milliseconds an image.
  public var work: AnalysisWork {
    AnalysisWork(bytes: 60 * count, seconds: 3e-3 * Double(count))
  }
}

/// Test images in the plane.
public struct FeatureEmbedding: Codable, Hashable, Sendable {
  /// The clean label of each image.
  public var labels: [Int]
  /// The names of the classes, in label order.
  public var classNames: [String]
  /// The horizontal places; empty where the representations could not be embedded.
  public var x: [Double] = []
  /// The vertical places; empty where the representations could not be embedded.
  public var y: [Double] = []
  /// The Kullback-Leibler divergence of the embedding, in nats.
  public var klDivergence: Double?
  /// The perplexity that was used.
  public var perplexity: Double
  /// The mean silhouette of the representations by class, in -1...1; the plane decides nothing.
  public var silhouette: Double?
  /// The mean share of an image's nearest neighbours of its class, among the representations.
  public var purity: Double?
  /// Why anything of it could not be had; nil where all could.
  public var problem: String?

  /// The embedding, if the store has it.
  ///
  /// - Throws: ``StoreError`` when it is damaged.
  public static func stored(
    for specification: EmbeddingSpecification, in store: RunStore
  ) throws -> FeatureEmbedding? {
    guard let file = try specification.file(EmbeddingSpecification.fileName, in: store),
      let data = try AtomicFile.contents(of: file)
    else { return nil }
    return try CanonicalJSON.decode(FeatureEmbedding.self, from: data)
  }
}

extension EmbeddingSpecification {
  /// Reduces, embeds and measures.
  public func make(in folder: URL, by executor: RunExecutor, watch: ExecutionWatch) throws {
    guard let found = try RunOutputs.stored(for: outputs, in: executor.store) else {
      throw StoreError.damaged(
        path: executor.store.root.path, reason: "\(outputs.label) went missing")
    }
    let names = try executor.shelf.dataset(outputs.run.data.dataset).classNames
    let result = embedding(of: found.test, classNames: names) { progress in
      watch.report(
        ExecutionProgress(
          stage: "t-SNE", done: progress.iteration, total: progress.total, loss: nil,
          imagesPerSecond: nil))
      return !watch.isStopped()
    }
    if watch.isStopped() { throw StoppedError() }
    try AtomicFile.write(
      try CanonicalJSON.encode(result), to: folder.appendingPathComponent(Self.fileName))
  }

  /// The embedding of images; what cannot be done, for example because all representations are equal, is left out and
  /// said.
  func embedding(
    of images: RunOutputs.Images, classNames: [String],
    progress: (EmbeddingProgress) -> Bool = { _ in true }
  ) -> FeatureEmbedding {
    let rows = min(count, images.count)
    let columns = images.featureCount
    let features = FeatureMatrix(
      rows: rows, columns: columns, values: Array(images.features.prefix(rows * columns)))
    let labels = Array(images.cleanLabels.prefix(rows))
    var settings = configuration
    settings.perplexity = min(settings.perplexity, max(1, Double(rows - 1) / 3))
    var result = FeatureEmbedding(
      labels: labels, classNames: classNames, perplexity: settings.perplexity)
    do {
      result.silhouette = try Silhouette(of: features, labels: labels, threads: 1).mean
      result.purity = try labelPurity(
        of: features, labels: labels, k: min(neighbors, rows - 1), threads: 1)
      let kept = min(components, rows)
      let reduced =
        columns > kept
        ? PrincipalComponents(of: features, count: kept, threads: 1).project(features) : features
      let embedding = try TSNE.embed(reduced, configuration: settings, progress: progress)
      result.x = (0..<rows).map { Double(embedding.coordinates[$0, 0]) }
      result.y = (0..<rows).map { Double(embedding.coordinates[$0, 1]) }
      result.klDivergence = embedding.klDivergence
    } catch {
      result.problem = "\(error)"
    }
    return result
  }
}
