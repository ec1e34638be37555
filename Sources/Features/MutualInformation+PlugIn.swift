import Foundation

extension MutualInformation {
  /// Estimates from the counts of k-means clusters and labels.
  ///
  /// Σ p(c, y) ln(p(c, y) / p(c) p(y)) over relative frequencies is biased upwards; taken off is the
  /// correction of Miller and Madow, (K - 1)(C - 1) / 2n with K the clusters that have points and C
  /// the classes. Clustering loses information, so the estimate approaches the truth only as
  /// clusters and points grow.
  ///
  /// Source: G. A. Miller, "Note on the bias of information estimates", 1955.
  ///
  /// - Parameters:
  ///   - features: The features; scale them alike beforehand.
  ///   - labels: The label of each row.
  ///   - clusters: The number of clusters, at most the rows.
  ///   - seed: The seed of k-means.
  ///   - threads: How many threads to use; the result does not depend on it.
  /// - Returns: The estimate.
  /// - Throws: ``FeatureError`` when features are empty or not finite, labels are not as many as
  ///   rows or of one class, or there are fewer rows than clusters.
  public static func plugIn(
    of features: FeatureMatrix, labels: [Int], clusters: Int = 64, seed: UInt64 = 0, threads: Int
  ) throws -> MutualInformation {
    let index = try ClassIndex(labels, of: features)
    guard clusters >= 1 && clusters <= features.rows else {
      throw FeatureError.outOfRange(name: "clusters", value: clusters, allowed: 1...features.rows)
    }
    let groups = KMeans(of: features, count: clusters, seed: seed, threads: threads)
    return plugIn(
      groups: groups.assignments.map(Int.init), index: index, clusters: clusters, seed: seed)
  }

  /// The estimate from the cluster and the class of each point.
  static func plugIn(
    groups: [Int], index: ClassIndex, clusters: Int, seed: UInt64
  ) -> MutualInformation {
    let classes = index.counts.count
    let n = Double(groups.count)
    var joint = [Int](repeating: 0, count: clusters * classes)
    var sizes = [Int](repeating: 0, count: clusters)
    for (group, number) in zip(groups, index.classes) {
      joint[group * classes + number] += 1
      sizes[group] += 1
    }
    let terms = zip(groups, index.classes).map { group, number in
      let together = Double(joint[group * classes + number])
      return log(together * n / (Double(sizes[group]) * Double(index.counts[number])))
    }
    let used = sizes.count { $0 > 0 }
    let bias = Double((used - 1) * (classes - 1)) / (2 * n)
    return MutualInformation(
      .plugIn(clusters: clusters, seed: seed), nats: terms.reduce(0, +) / n - bias,
      classCounts: index.counts, standardError: standardError(of: terms), n: groups.count)
  }
}
