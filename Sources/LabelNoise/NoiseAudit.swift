/// What a draw of noisy labels really is: convention, rates and counts.
public struct NoiseAudit: Codable, Hashable, Sendable {
  /// The noise's identifier, for example `symmetric-50`.
  public let identifier: String
  /// What the noise does and what its rate means.
  public let convention: String
  /// The seed of the noise; 0 for labels that come with the data.
  public let seed: UInt64
  /// The number of labels.
  public let count: Int
  /// The rate that the noise is named by.
  public let nominalRate: Double
  /// The share of wrong labels to expect under the convention, for these clean labels.
  public let expectedRate: Double
  /// The share of labels that are wrong.
  public let realisedRate: Double
  /// The lower end of Wilson's 95 % interval of the realised rate.
  public let realisedLower: Double
  /// The upper end of Wilson's 95 % interval of the realised rate.
  public let realisedUpper: Double
  /// Row i, column j: how many labels of clean class i are now j.
  public let transitionCounts: [[Int]]
  /// The share of wrong labels of each clean class; nil for a class without labels.
  public let perClassRates: [Double?]
  /// What a reader should know before comparing this draw with another, one sentence each.
  public let warnings: [String]
  /// The SHA-256 digest of the label file, in hexadecimal.
  public let digest: String

  /// Audits a draw.
  ///
  /// - Parameters:
  ///   - labels: The labels.
  ///   - digest: The SHA-256 digest of ``NoisyLabels/csv``, in hexadecimal.
  /// - Throws: ``NoiseError`` if the noise's parameters are out of range.
  public init(_ labels: NoisyLabels, digest: String) throws(NoiseError) {
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: labels.classes), count: labels.classes)
    for (clean, noisy) in zip(labels.clean, labels.noisy) { counts[clean][noisy] += 1 }
    let classCounts = counts.map { $0.reduce(0, +) }
    let total = labels.count
    let right = labels.classes > 0 ? (0..<labels.classes).reduce(0) { $0 + counts[$1][$1] } : 0
    let expected = try labels.model.expectedRate(classCounts: classCounts)
    let interval = WilsonInterval(successes: total - right, trials: total)

    self.identifier = labels.model.identifier
    self.convention = labels.model.conventionDescription
    self.seed = labels.seed
    self.count = total
    self.nominalRate = labels.model.nominalRate
    self.expectedRate = expected
    self.realisedRate = total > 0 ? Double(total - right) / Double(total) : 0
    self.realisedLower = interval.lower
    self.realisedUpper = interval.upper
    self.transitionCounts = counts
    self.perClassRates = classCounts.enumerated().map { index, count in
      count > 0 ? Double(count - counts[index][index]) / Double(count) : nil
    }
    self.digest = digest
    self.warnings =
      NoiseAudit.rateWarnings(
        of: labels.model, expected: expected, wrong: total - right, total: total)
      + NoiseAudit.classWarnings(counts)
  }

  /// Warnings about the overall rate.
  private static func rateWarnings(
    of model: NoiseModel, expected: Double, wrong: Int, total: Int
  ) -> [String] {
    let nominal = model.nominalRate
    var result: [String] = []
    if (nominal - expected).magnitude > 0.005 {
      result.append(
        "The nominal rate \(rounded(nominal)) means a real rate of \(rounded(expected)) under this "
          + "convention; do not compare it with a column that counts wrong labels.")
    }
    guard total > 0 else { return result + ["There are no labels."] }
    let realised = Double(wrong) / Double(total)
    // Half a label is granted, so that exact counts never warn.
    let deviation = (expected * (1 - expected) / Double(total)).squareRoot()
    if (realised - expected).magnitude > 4 * deviation + 0.5 / Double(total) {
      guard !model.needsGivenLabels else {
        return result + [
          "Methods are told a rate of \(rounded(nominal)), but \(rounded(realised)) of these labels "
            + "are wrong."
        ]
      }
      result.append(
        "The realised rate \(rounded(realised)) is more than four standard errors from the expected "
          + "\(rounded(expected)): these labels were hardly drawn under this convention.")
    }
    return result
  }

  /// Warnings about single classes.
  private static func classWarnings(_ counts: [[Int]]) -> [String] {
    var result: [String] = []
    for (label, row) in counts.enumerated() {
      let total = row.reduce(0, +)
      guard total > 0 else {
        result.append("Class \(label) has no labels.")
        continue
      }
      let own = row[label]
      let others = row.indices.filter { $0 != label }
      guard let rival = others.max(by: { row[$0] < row[$1] }) else { continue }
      let gap = Double(own - row[rival])
      if gap < 2 * Double(own + row[rival]).squareRoot() {
        let relation = gap < 0 ? "is rarer than" : "ties with"
        result.append(
          "Class \(label): its own label (\(own)) \(relation) its flip target \(rival) "
            + "(\(row[rival])), so the majority label cannot tell the true class.")
      }
    }
    return result
  }

  /// A rate with at most four decimals, for messages.
  private static func rounded(_ rate: Double) -> String {
    DecimalText.plain((rate * 10_000).rounded() / 10_000)
  }
}
