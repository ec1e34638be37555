import Foundation

extension MutualInformation {
  /// Estimates a lower bound by a linear probe: label entropy less its held-out cross-entropy.
  ///
  /// H(Y) is the entropy of the labels' frequencies. Multinomial logistic regressions, each trained
  /// on all folds but one, give every row's class a probability; the mean of -ln p is an upper bound
  /// of H(Y | X) on average, and the difference a lower bound of I(X; Y). Folds have the classes in
  /// even shares. The standard error is that of the mean over folds.
  ///
  /// Source: D. Barber and F. Agakov, "The IM algorithm: a variational approach to information
  /// maximization", NIPS 2003.
  ///
  /// - Parameters:
  ///   - features: The features; scale them alike beforehand, as the penalty is on the weights.
  ///   - labels: The label of each row.
  ///   - folds: The number of folds, at least 2.
  ///   - penalty: The factor of half the sum of squared weights, against the mean loss of a row; nil
  ///     is one over the number of training rows, scikit-learn's C = 1.
  ///   - seed: The seed of the folds.
  ///   - threads: How many threads to use; the result does not depend on it.
  /// - Returns: The estimate.
  /// - Throws: ``FeatureError`` when features are empty or not finite, labels are not as many as
  ///   rows or of one class, or a class has fewer rows than there are folds.
  public static func probe(
    of features: FeatureMatrix, labels: [Int], folds: Int = 5, penalty: Double? = nil,
    seed: UInt64 = 0, threads: Int
  ) throws -> MutualInformation {
    let index = try ClassIndex(labels, of: features)
    guard folds >= 2 && folds <= features.rows else {
      throw FeatureError.outOfRange(
        name: "folds", value: folds, allowed: 2...max(2, features.rows))
    }
    try index.require(folds, for: "a probe with \(folds) folds")
    let division = StratifiedFolds(index, count: folds, seed: seed)
    let penalty = penalty ?? Double(folds) / Double((folds - 1) * features.rows)
    let losses = heldOutLosses(
      features, index, division, penalty: penalty, search: LBFGS(), threads: threads)
    return probe(
      losses: losses, index: index, division: division,
      estimator: .probe(folds: folds, penalty: penalty, seed: seed))
  }

  /// The estimate from the held-out loss of each row.
  static func probe(
    losses: [Double], index: ClassIndex, division: StratifiedFolds, estimator: Estimator
  ) -> MutualInformation {
    let entropy = entropy(index.counts)
    let means = (0..<division.count).map { fold in
      let own = losses.indices.filter { division.folds[$0] == fold }.map { losses[$0] }
      return own.reduce(0, +) / Double(own.count)
    }
    return MutualInformation(
      estimator, nats: entropy - losses.reduce(0, +) / Double(losses.count),
      classCounts: index.counts, standardError: standardError(of: means), n: losses.count)
  }

  /// -ln p(class) of each row by the probe trained on the other folds.
  static func heldOutLosses(
    _ features: FeatureMatrix, _ index: ClassIndex, _ division: StratifiedFolds, penalty: Double,
    search: LBFGS, threads: Int
  ) -> [Double] {
    // Rows lie by fold, so that what is held out and what is trained on are ranges.
    let order = (0..<features.rows).sorted {
      (division.folds[$0], $0) < (division.folds[$1], $1)
    }
    let probe = LogisticProbe(
      features: features.selecting(rows: order), classes: order.map { index.classes[$0] },
      classCount: index.counts.count, penalty: penalty, threads: threads)
    var losses = [Double](repeating: 0, count: features.rows)
    var start = 0
    SingleThreadedBLAS.run {
      for fold in 0..<division.count {
        let end = start + division.folds.count { $0 == fold }
        let fitted = probe.fit([0..<start, end..<features.rows], search: search)
        for (place, loss) in probe.losses(fitted.point, start..<end).enumerated() {
          losses[order[start + place]] = loss
        }
        start = end
      }
    }
    return losses
  }
}
