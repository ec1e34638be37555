import Features
import Foundation
import RunStore

/// The mutual information between images and labels, for the originals and for their modified images.
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

/// Estimates of the mutual information between features and labels, in nats.
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
    /// That of the originals; nil where the estimator could not be used.
    public var original: Value?
    /// That of the modified images; nil where the estimator could not be used.
    public var modified: Value?
    /// Why it could not be used.
    public var problem: String?
  }

  /// I(X; Ỹ) and I(X′; Ỹ) by each estimator, in a fixed order.
  public var pairs: [Pair]
  /// I(X; Y) and I(X′; Y) with the clean labels, which modified images are not made to fit: a control.
  public var cleanPairs: [Pair]
  /// What features tell of whether an image is an original or a modified one, by the probe, in 0...ln 2 but for chance.
  ///
  /// The truth is the Jensen-Shannon divergence of both distributions, and the probe a lower bound of it. An image and its
  /// modification may lie in different folds, which can only lower the estimate. Nil where it could not be made.
  public var shift: Value?
  /// The same between every other original and the rest: what the estimate makes of no shift.
  public var shiftControl: Value?
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
    try AtomicFile.write(
      try CanonicalJSON.encode(estimates(of: found)),
      to: folder.appendingPathComponent(Self.fileName))
  }

  /// The estimates for images and their modified images.
  func estimates(of images: EchoSimilarities) -> InformationEstimates {
    let count = images.givenLabels.count
    let both = FeatureMatrix(
      rows: 2 * count, columns: images.featureCount,
      values: images.originalFeatures + images.modifiedFeatures)
    let kept = min(components, both.columns, both.rows)
    // Features that are not finite have no components; the estimators say so themselves.
    let reduced =
      both.values.allSatisfy(\.isFinite) && kept > 0
      ? PrincipalComponents(of: both, count: kept, threads: 1).project(both).standardised() : both
    let original = reduced.selecting(rows: Array(0..<count))
    let modified = reduced.selecting(rows: Array(count..<(2 * count)))
    return InformationEstimates(
      pairs: pairs(original, modified, labels: images.givenLabels),
      cleanPairs: pairs(original, modified, labels: images.cleanLabels),
      shift: divergence(of: reduced, sides: (0..<(2 * count)).map { $0 / max(1, count) }),
      shiftControl: divergence(of: original, sides: (0..<count).map { $0 % 2 }),
      entropyNats: Self.entropy(of: images.givenLabels),
      ceilingNats: log(Double(max(1, Set(images.givenLabels).count))), count: count,
      components: kept)
  }

  /// Every estimator on both kinds of images.
  private func pairs(
    _ original: FeatureMatrix, _ modified: FeatureMatrix, labels: [Int]
  ) -> [InformationEstimates.Pair] {
    typealias Estimator = (String, (FeatureMatrix) throws -> MutualInformation)
    let estimators: [Estimator] = [
      ("ross", { try .ross(of: $0, labels: labels, neighbors: neighbors, threads: 1) }),
      ("probe", { try .probe(of: $0, labels: labels, folds: folds, threads: 1) }),
      ("plug-in", { try .plugIn(of: $0, labels: labels, clusters: clusters, threads: 1) }),
    ]
    return estimators.map { name, estimate in
      do {
        return InformationEstimates.Pair(
          estimator: name, original: .init(try estimate(original)),
          modified: .init(try estimate(modified)))
      } catch {
        return InformationEstimates.Pair(estimator: name, problem: "\(error)")
      }
    }
  }

  /// How well the probe tells two groups of rows apart; nil where it cannot be trained.
  private func divergence(of features: FeatureMatrix, sides: [Int]) -> InformationEstimates.Value? {
    (try? MutualInformation.probe(of: features, labels: sides, folds: folds, threads: 1))
      .map(InformationEstimates.Value.init)
  }

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
