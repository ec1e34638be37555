import ArgumentParser
import Features
import Foundation
import RunStore

/// Estimates the mutual information between features and labels.
struct MutualInformationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mi", abstract: "Estimate the mutual information of features and labels, in nats.",
    discussion: """
      ross counts nearest neighbours and suits a dozen standardised columns or fewer; probe is a \
      lower bound by logistic regression on held-out folds; plug-in counts labels in k-means \
      clusters. The true value is at most the entropy of the labels, and that at most the \
      logarithm of the number of classes, the ceiling.
      """)

  /// What can be asked for.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case ross, probe
    case plugIn = "plug-in"
    case all
  }

  @Argument(help: "Features: an NPY file of n x d numbers, or a table of comma-separated ones.")
  var features: String

  @Argument(help: "Labels: an NPY file of n whole numbers, or a column of a table.")
  var labels: String

  @Option(help: "The column of the labels, by name or number, where there are several.")
  var column: String?

  @Option(help: "The estimator: \(Choice.allCases.map(\.rawValue).joined(separator: ", ")).")
  var estimator: Choice = .ross

  @Option(help: "ross: which neighbour of the same label sets the radius.")
  var neighbors = 3

  @Option(help: "probe: the number of folds.")
  var folds = 5

  @Option(help: "plug-in: the number of clusters.")
  var clusters = 64

  @Option(help: "Use this many principal components in place of the features.")
  var components: Int?

  @Flag(help: "Bring every column, or every component, to mean 0 and variance 1.")
  var standardise = false

  @OptionGroup var options: FeatureOptions

  func run() throws {
    var features = try options.features(self.features)
    let labels = try StatisticsInput.labels(self.labels, column: column)
    try StatisticsInput.requireEqualCounts(
      features.rows, of: self.features, labels.count, of: self.labels)
    try checkClasses(labels)
    if let components {
      try require(
        "--components", components, in: 1...min(features.rows, features.columns))
      features = PrincipalComponents(
        of: features, count: components, seed: options.seed, threads: options.threadCount
      ).project(features)
    }
    if standardise { features = features.standardised() }
    let estimates = try estimates(features, labels)
    if options.json {
      let records = estimates.map(MutualInformationRecord.init)
      if estimator == .all {
        try StatisticsOutput.json(records)
      } else {
        for record in records { try StatisticsOutput.json(record) }
      }
    } else {
      try StatisticsOutput.text(Self.table(estimates))
    }
  }

  /// Refuses labels that the estimators asked for cannot use, before anything is calculated.
  private func checkClasses(_ labels: [Int]) throws {
    let counts = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    guard counts.count > 1 else {
      throw StatisticsInputError.badData(
        self.labels, "expected labels of at least two classes, found \(counts.count)")
    }
    let smallest = counts.min { ($0.value, $0.key) < ($1.value, $1.key) }
    guard let smallest else { return }
    func refuse(_ option: String, _ value: Int, needed: Int) throws {
      guard smallest.value < needed else { return }
      throw StatisticsInputError.badData(
        self.labels,
        "label \(smallest.key) has \(smallest.value) row\(smallest.value == 1 ? "" : "s"), but "
          + "\(option) \(value) needs \(needed) of every label: lower it or leave the label out")
    }
    if estimator == .ross || estimator == .all {
      try require("--neighbors", neighbors, in: 1...max(1, labels.count - 1))
      try refuse("--neighbors", neighbors, needed: neighbors + 1)
    }
    if estimator == .probe || estimator == .all {
      try require("--folds", folds, in: 2...max(2, labels.count))
      try refuse("--folds", folds, needed: folds)
    }
    if estimator == .plugIn || estimator == .all {
      try require("--clusters", clusters, in: 1...labels.count)
    }
  }

  private func estimates(
    _ features: FeatureMatrix, _ labels: [Int]
  ) throws -> [MutualInformation] {
    let threads = options.threadCount
    var estimates: [MutualInformation] = []
    if estimator == .ross || estimator == .all {
      estimates.append(
        try .ross(of: features, labels: labels, neighbors: neighbors, threads: threads))
    }
    if estimator == .probe || estimator == .all {
      estimates.append(
        try .probe(
          of: features, labels: labels, folds: folds, seed: options.seed, threads: threads))
    }
    if estimator == .plugIn || estimator == .all {
      estimates.append(
        try .plugIn(
          of: features, labels: labels, clusters: clusters, seed: options.seed, threads: threads))
    }
    return estimates
  }

  private static func table(_ estimates: [MutualInformation]) -> String {
    let lines = estimates.map { estimate in
      let error = estimate.standardError.map { String(format: " ± %.4f", $0) } ?? ""
      return String(format: "%@: %.4f%@ nats", estimate.estimator.name, estimate.nats, error)
    }
    guard let first = estimates.first else { return "" }
    let bounds = String(
      format: "label entropy %.4f, ceiling ln %d = %.4f nats, n = %d", first.entropyNats,
      first.classes, first.ceilingNats, first.n)
    return (lines + [bounds]).joined(separator: "\n")
  }
}

/// An estimate as the command prints it.
private struct MutualInformationRecord: Encodable {
  let estimator: String
  let nats, entropyNats, ceilingNats: Double
  let standardError: Double?
  let n, classes: Int
  var neighbors: Int?
  var folds: Int?
  var penalty: Double?
  var clusters: Int?
  var seed: UInt64?

  enum CodingKeys: String, CodingKey {
    case estimator, n, classes, neighbors, folds, penalty, clusters, seed
    case nats = "mutual_information_nats"
    case entropyNats = "entropy_nats"
    case ceilingNats = "ceiling_nats"
    case standardError = "standard_error"
  }

  init(_ estimate: MutualInformation) {
    estimator = estimate.estimator.name
    nats = estimate.nats
    standardError = estimate.standardError
    entropyNats = estimate.entropyNats
    ceilingNats = estimate.ceilingNats
    n = estimate.n
    classes = estimate.classes
    switch estimate.estimator {
    case .ross(let neighbors): self.neighbors = neighbors
    case .probe(let folds, let penalty, let seed):
      (self.folds, self.penalty, self.seed) = (folds, penalty, seed)
    case .plugIn(let clusters, let seed): (self.clusters, self.seed) = (clusters, seed)
    }
  }
}
