import Statistics

/// Tests that a row's margin over its best rival grows along every step between two columns.
///
/// The margin of a seed is the row's accuracy minus that of the rival with the best mean in the
/// column. Its growth is tested by the t test over seeds; all steps hold with the largest p-value,
/// and some step fails with the smallest times their number.
struct TrendTest {
  /// The row.
  var row: String
  /// The rivals.
  var rivals: [String]
  /// The steps.
  var steps: [ClaimRule.Step]
  /// The growth below which there is none worth the name.
  var relevant: Double

  /// Runs the test on the numbers of a protocol.
  func run(_ reader: CellReader) -> RuleTest {
    var result = RuleTest(
      test: "t test over seeds of the growth of the margin over the best rival, one-sided; assumes "
        + "normal growths, and takes the best rival of a column by its mean")
    var holds: [Double] = []
    var reversed: [Double] = []
    var absent: [Double] = []
    var obstacle: Verdict?
    for step in steps {
      let ends = [step.from, step.to]
      if let found = ends.compactMap({ reader.obstacle(row: row, column: $0) }).first {
        obstacle = obstacle ?? found
        continue
      }
      let splits = ends.map { reader.split(rivals, column: $0) }
      for (column, split) in zip(ends, splits) {
        result.noteMissing(split.missing, column: column, reader)
      }
      guard let before = margins(step.from, rivals: splits[0].present, reader),
        let after = margins(step.to, rivals: splits[1].present, reader)
      else {
        obstacle = obstacle ?? Verdict(.notRun, reason: "no rival has numbers for \(step.to)")
        continue
      }
      let seeds = Set(before.bySeed.keys).intersection(after.bySeed.keys).sorted()
      let growth = PairedDifferences(
        differences: seeds.compactMap { seed in
          guard let first = before.bySeed[seed], let last = after.bySeed[seed] else { return nil }
          return last - first
        })
      result.cells += [
        CellAddress(row: row, column: step.from),
        CellAddress(row: before.rival, column: step.from),
        CellAddress(row: row, column: step.to), CellAddress(row: after.rival, column: step.to),
      ]
      let p = growth.p(.greater, of: 0)
      let test = growth.test(.greater, of: 0)
      let interval = growth.interval
      result.settings.append(
        Evidence.Setting(
          name: "\(reader.name(ofColumn: step.from)) to \(reader.name(ofColumn: step.to))",
          rival: PrintedNumber.list(
            (before.rival == after.rival ? [before.rival] : [before.rival, after.rival])
              .map(reader.name(ofRow:))),
          n: seeds.count, effect: growth.mean, lower: interval?.lowerBound,
          upper: interval?.upperBound, statistic: test?.statistic,
          degreesOfFreedom: test?.degreesOfFreedom, p: p, exactP: growth.exactP(.greater, of: 0)))
      if growth.mean ?? 0 > 0 { result.supporting += 1 }
      result.missingSeeds = max(result.missingSeeds, 2 - seeds.count)
      if p ?? 1 >= holds.max() ?? 0 {
        result.budget = (growth, 0, 1)
        result.routes = [
          SettlingRoute(differences: growth, side: .greater, threshold: 0, share: 1),
          SettlingRoute(
            differences: growth, side: .less, threshold: relevant, share: 1 / Double(steps.count)),
        ]
      }
      holds.append(p ?? 1)
      reversed.append(growth.p(.less, of: 0) ?? 1)
      absent.append(growth.p(.less, of: relevant) ?? 1)
    }
    guard !holds.isEmpty else {
      result.blocked = obstacle ?? Verdict(.notRun, reason: "the rule names no step")
      return result
    }
    let isWhole = holds.count == steps.count && result.missingRivals.isEmpty
    result.holds = isWhole ? holds.max() : nil
    result.reversed = reversed.min().map { min(1, $0 * Double(steps.count)) }
    result.absent = absent.min().map { min(1, $0 * Double(steps.count)) }
    return result
  }

  private func margins(
    _ column: String, rivals: [String], _ reader: CellReader
  ) -> (rival: String, bySeed: [Int: Double])? {
    var best: (rival: String, mean: Double, values: [Int: Double])?
    for rival in rivals {
      let values = reader.values(row: rival, column: column)
      let ordered = values.sorted { $0.key < $1.key }.map(\.value)
      guard let mean = Summary(ordered)?.mean, mean > best?.mean ?? -.infinity else { continue }
      best = (rival, mean, values)
    }
    guard let best else { return nil }
    let ours = reader.values(row: row, column: column)
    var bySeed: [Int: Double] = [:]
    for (seed, value) in ours {
      if let rival = best.values[seed] { bySeed[seed] = value - rival }
    }
    return (best.rival, bySeed)
  }
}
