import Statistics

/// The differences of runs that share a seed, and what they say about a threshold.
struct PairedDifferences {
  /// One difference a seed.
  let differences: [Double]

  /// The mean difference; nil without a pair.
  var mean: Double? { Summary(differences)?.mean }

  /// The standard deviation of the differences; nil with fewer than two pairs.
  var standardDeviation: Double? { Summary(differences)?.standardDeviation }

  /// The 95 % t interval of the mean difference; nil with fewer than two pairs.
  var interval: ClosedRange<Double>? { Summary(differences)?.tInterval(confidence: 0.95) }

  /// The p-value that the mean difference is on one side of a threshold, by the paired t test.
  ///
  /// Differences that are all equal have no spread to judge by; the exact sign-flip test decides
  /// then. Nil with fewer than two pairs.
  func p(_ side: Alternative, of threshold: Double) -> Double? {
    guard let test = test(side, of: threshold) else { return nil }
    return test.standardError > 1e-9 ? test.pValue : exactP(side, of: threshold)
  }

  /// The paired t test against a threshold; nil with fewer than two pairs.
  func test(_ side: Alternative, of threshold: Double) -> TTest? {
    pairedTTest(
      differences, Array(repeating: threshold, count: differences.count), alternative: side)
  }

  /// The exact sign-flip p-value against a threshold; nil without a pair or with more than forty.
  func exactP(_ side: Alternative, of threshold: Double) -> Double? {
    guard (1...40).contains(differences.count) else { return nil }
    return signFlipTest(differences.map { $0 - threshold }, alternative: side)
  }

  /// How many more seeds would find the mean on its side of a threshold; nil when it lies there.
  func seedsMissing(threshold: Double, alpha: Double) -> Int? {
    guard let mean, let standardDeviation, alpha > 0 else { return nil }
    guard
      let enough = seedsToSettle(
        meanDifference: mean - threshold, standardDeviation: standardDeviation,
        alpha: min(alpha, 0.5), power: 0.8, design: .paired, alternative: .greater)
    else { return nil }
    return max(1, enough - differences.count)
  }
}
