import Statistics

/// Tests that one row is better than all its rivals, in one column or in most of several.
///
/// In a column, every rival is compared by the paired t test over seeds. The row is better than all
/// with the largest of the p-values (intersection-union); that some rival is better, or that some
/// advantage is absent, has the smallest p-value times the number of rivals (Bonferroni). That
/// this holds in at least u of m columns has the p-value (m - u + 1) p_(u) of the columns' sorted
/// p-values, valid under any dependence.
///
/// Source: Y. Benjamini and R. Heller, "Screening for partial conjunction hypotheses", Biometrics
/// 64, 2008.
struct OrderTest {
  /// The row that should be better.
  var row: String
  /// The rows that it should be better than.
  var rivals: [String]
  /// The columns.
  var columns: [String]
  /// In how many columns it should be better.
  var atLeast: Int
  /// By how much it should be better.
  var threshold: Double
  /// The advantage below which there is none worth the name.
  var relevant: Double

  /// One column's result.
  private struct Column {
    var setting: Evidence.Setting
    var differences: PairedDifferences
    var holds = 1.0
    var reversed = 1.0
    var absent = 1.0
    var supports = false
    var missingSeeds = 0
    var isWhole: Bool
  }

  /// Runs the test on the numbers of a protocol.
  func run(_ reader: CellReader) -> RuleTest {
    var result = RuleTest(
      test: "paired t test over seeds, one-sided, against every rival; assumes that differences of "
        + "runs that share a seed are normal")
    var tested: [Column] = []
    var obstacles: [Verdict] = []
    for column in columns {
      if let obstacle = reader.obstacle(row: row, column: column) {
        obstacles.append(obstacle)
        continue
      }
      let (present, missing) = reader.split(rivals, column: column)
      result.noteMissing(missing, column: column, reader)
      guard !present.isEmpty else {
        let reason = "no rival has a number for \(reader.name(ofColumn: column))"
        obstacles.append(Verdict(.notRun, reason: reason))
        continue
      }
      tested.append(self.column(column, rivals: present, isWhole: missing.isEmpty, reader))
      result.cells += ([row] + present).map { CellAddress(row: $0, column: column) }
    }
    guard !tested.isEmpty else {
      result.blocked = obstacles.first ?? Verdict(.notRun, reason: "the rule names no column")
      return result
    }
    let untested = Array(repeating: 1.0, count: columns.count - tested.count)
    let opposite = columns.count - atLeast + 1
    result.settings = tested.map(\.setting)
    result.supporting = tested.count { $0.supports }
    result.missingSeeds = tested.map(\.missingSeeds).max() ?? 0
    if tested.count(where: \.isWhole) >= atLeast {
      result.holds = Self.partialConjunction(tested.map(\.holds) + untested, atLeast: atLeast)
    }
    result.reversed = Self.partialConjunction(tested.map(\.reversed) + untested, atLeast: opposite)
    result.absent = Self.partialConjunction(tested.map(\.absent) + untested, atLeast: opposite)
    let ranked = tested.sorted { $0.holds < $1.holds }
    if atLeast <= ranked.count {
      let differences = ranked[atLeast - 1].differences
      result.budget = (differences, threshold, 1 / Double(opposite))
      result.routes = [
        SettlingRoute(
          differences: differences, side: .greater, threshold: threshold,
          share: 1 / Double(opposite)),
        SettlingRoute(
          differences: differences, side: .less, threshold: max(threshold, relevant),
          share: 1 / Double(atLeast * max(1, rivals.count))),
      ]
    }
    if columns.count > 1 {
      let wins = result.supporting
      let p = signTest(wins: wins, losses: tested.count - wins, alternative: .greater)
      result.besides.append(
        "exact count: better than every rival in \(wins) of \(tested.count) columns by the means; "
          + "sign test over columns \(PrintedNumber.relation("p", p))")
    }
    return result
  }

  /// Compares one column; that the row beats all rivals cannot be shown where one has no number.
  private func column(
    _ column: String, rivals: [String], isWhole: Bool, _ reader: CellReader
  ) -> Column {
    let comparisons = rivals.map { rival in
      (rival, reader.differences(row: row, rival: rival, column: column))
    }
    let shortage = comparisons.map { 2 - $0.1.differences.count }.max() ?? 0
    // The hardest rival has the largest p-value that the claim holds; of equals the nearest one.
    let hardest = comparisons.max { left, right in
      let (p, q) = (
        left.1.p(.greater, of: threshold) ?? 2, right.1.p(.greater, of: threshold) ?? 2
      )
      return p == q ? (left.1.mean ?? 0) > (right.1.mean ?? 0) : p < q
    }
    let differences = hardest?.1 ?? PairedDifferences(differences: [])
    let test = differences.test(.greater, of: threshold)
    let interval = differences.interval
    var result = Column(
      setting: Evidence.Setting(
        name: reader.name(ofColumn: column), rival: hardest.map { reader.name(ofRow: $0.0) },
        n: differences.differences.count, effect: differences.mean,
        lower: interval?.lowerBound, upper: interval?.upperBound,
        statistic: test?.statistic, degreesOfFreedom: test?.degreesOfFreedom, p: nil,
        exactP: differences.exactP(.greater, of: threshold)),
      differences: differences, isWhole: isWhole)
    result.supports = comparisons.allSatisfy { ($0.1.mean ?? -.infinity) > threshold }
    result.missingSeeds = max(0, shortage)
    guard shortage <= 0 else { return result }
    let count = Double(rivals.count)
    func p(_ side: Alternative, _ value: Double) -> [Double] {
      comparisons.compactMap { $0.1.p(side, of: value) }
    }
    let holds = p(.greater, threshold).max() ?? 1
    result.holds = isWhole ? holds : 1
    result.reversed = min(1, count * (p(.less, 0).min() ?? 1))
    result.absent = min(1, count * (p(.less, max(threshold, relevant)).min() ?? 1))
    result.setting.p = holds
    return result
  }

  /// The p-value that at least u of m hypotheses are false.
  static func partialConjunction(_ pValues: [Double], atLeast count: Int) -> Double {
    guard (1...max(1, pValues.count)).contains(count), count <= pValues.count else { return 1 }
    return min(1, Double(pValues.count - count + 1) * pValues.sorted()[count - 1])
  }
}
