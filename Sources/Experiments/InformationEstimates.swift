import Features
import Foundation
import RunStore

/// The mutual information between images and noisy labels, for the originals and for their modified images.
public struct InformationSpecification: AnalysisSpecification {
  /// The kind of asset.
  public static let kind = "information"
  static let fileName = "information.json"

  /// Where features and labels are taken from.
  public var similarities: SimilaritySpecification
  /// The principal components that features are reduced to, at most.
  public var components: Int
  /// k of the nearest-neighbour estimate.
  public var neighbors: Int
  /// The clusters of the plug-in estimate.
  public var clusters: Int
  /// The folds of the probe.
  public var folds: Int

  /// Creates a specification.
  public init(
    _ similarities: SimilaritySpecification, components: Int = 16, neighbors: Int = 3,
    clusters: Int = 64, folds: Int = 5
  ) {
    self.similarities = similarities
    self.components = components
    self.neighbors = neighbors
    self.clusters = clusters
    self.folds = folds
  }

  /// What people read while it is made.
  public var label: String {
    "mutual information for \(similarities.draw.noise.identifier) seed \(similarities.draw.noiseSeed)"
  }

  /// The features.
  public var dependencies: [Job] { [.analysis(.similarities(similarities))] }

  /// Neighbours within and across classes grow with the square of the images.
  public var work: AnalysisWork {
    let count = Double(similarities.draw.data.trainCount)
    return AnalysisWork(bytes: 4000, seconds: 2e-8 * count * count + 1e-3 * count)
  }
}

/// Estimates of the mutual information between features and noisy labels, in nats.
public struct InformationEstimates: Codable, Hashable, Sendable {
  /// One estimate.
  public struct Value: Codable, Hashable, Sendable {
    /// The estimate in nats.
    public var nats: Double
    /// Its standard error in nats, which covers no bias; nil when there is none.
    public var standardError: Double?
  }

  /// One estimator on both kinds of images.
  public struct Pair: Codable, Hashable, Sendable {
    /// The estimator: `ross`, `probe` or `plug-in`.
    public var estimator: String
    /// I(X; Ỹ); nil where the estimator could not be used.
    public var original: Value?
    /// I(X′; Ỹ); nil where the estimator could not be used.
    public var modified: Value?
    /// Why it could not be used.
    public var problem: String?
  }

  /// The estimators, in a fixed order.
  public var pairs: [Pair]
  /// The entropy of the noisy labels: no true value is higher.
  public var entropyNats: Double
  /// ln C.
  public var ceilingNats: Double
  /// The number of images.
  public var count: Int
  /// The features that were kept of each image.
  public var components: Int

  /// The estimates, if the store has them.
  ///
  /// - Throws: ``StoreError`` when they are damaged.
  public static func stored(
    for specification: InformationSpecification, in store: RunStore
  ) throws -> InformationEstimates? {
    guard let file = try specification.file(InformationSpecification.fileName, in: store),
      let data = try AtomicFile.contents(of: file)
    else { return nil }
    return try CanonicalJSON.decode(InformationEstimates.self, from: data)
  }
}

extension InformationSpecification {
  /// Reduces both kinds of features in the same coordinates, then estimates.
  public func make(in folder: URL, by executor: RunExecutor, watch: ExecutionWatch) throws {
    guard let found = try EchoSimilarities.stored(for: similarities, in: executor.store) else {
      throw StoreError.damaged(
        path: executor.store.root.path, reason: "\(similarities.label) went missing")
    }
    let estimates = Self.estimates(
      original: found.originalFeatures, modified: found.modifiedFeatures,
      columns: found.featureCount, labels: found.givenLabels, as: self)
    try AtomicFile.write(
      try CanonicalJSON.encode(estimates), to: folder.appendingPathComponent(Self.fileName))
  }

  /// The estimates for features of n images, row-major, and their noisy labels.
  static func estimates(
    original: [Float], modified: [Float], columns: Int, labels: [Int],
    as specification: InformationSpecification
  ) -> InformationEstimates {
    let count = labels.count
    let both = FeatureMatrix(rows: 2 * count, columns: columns, values: original + modified)
    let kept = min(specification.components, columns, 2 * count)
    let reduced = PrincipalComponents(of: both, count: kept, threads: 1).project(both)
      .standardised()
    let parts = [
      reduced.selecting(rows: Array(0..<count)), reduced.selecting(rows: Array(count..<(2 * count))),
    ]
    typealias Estimator = (String, (FeatureMatrix) throws -> MutualInformation)
    let estimators: [Estimator] = [
      (
        "ross",
        {
          try .ross(of: $0, labels: labels, neighbors: specification.neighbors, threads: 1)
        }
      ),
      ("probe", { try .probe(of: $0, labels: labels, folds: specification.folds, threads: 1) }),
      (
        "plug-in",
        { try .plugIn(of: $0, labels: labels, clusters: specification.clusters, threads: 1) }
      ),
    ]
    let pairs = estimators.map { name, estimate in
      do {
        let values = try parts.map(estimate)
        return InformationEstimates.Pair(
          estimator: name, original: .init(values[0]), modified: .init(values[1]))
      } catch {
        return InformationEstimates.Pair(estimator: name, problem: "\(error)")
      }
    }
    return InformationEstimates(
      pairs: pairs, entropyNats: entropy(of: labels),
      ceilingNats: log(Double(max(1, Set(labels).count))), count: count, components: kept)
  }
}

extension InformationSpecification {
  /// The entropy of the frequencies of labels, in nats.
  private static func entropy(of labels: [Int]) -> Double {
    Dictionary(grouping: labels) { $0 }.values.map { Double($0.count) / Double(labels.count) }
      .sorted().reduce(0) { $0 - $1 * log($1) }
  }
}

extension InformationEstimates.Value {
  fileprivate init(_ information: MutualInformation) {
    nats = information.nats
    standardError = information.standardError
  }
}
