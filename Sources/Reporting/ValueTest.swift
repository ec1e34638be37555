import Statistics

/// Tests a measured mean against a published one.
///
/// With the measured mean m, deviation s and n, and a published mean v of k runs, the deviation of
/// m - v is s √(1/n + 1/k) and follows Student's t with n - 1 degrees of freedom if both come from one
/// distribution; outside its prediction interval the value is not reproduced. It is reproduced when
/// two one-sided tests place m - v within the tolerance.
struct ValueTest {
  /// The row.
  var row: String
  /// The columns.
  var columns: [String]
  /// The largest difference that still counts as equal.
  var tolerance: Double
  /// The published numbers.
  var published: [CellAddress: PublishedValue]
  /// How many runs a published mean is of.
  var publishedRuns: Int

  /// Runs the test on the numbers of a protocol.
  func run(_ reader: CellReader) -> RuleTest {
    var result = RuleTest(
      test: "two one-sided t tests within ±\(PrintedNumber.percent(tolerance)) points, and the "
        + "prediction interval of a mean of \(publishedRuns) runs; assumes normal runs")
    var holds: [Double] = []
    var absent: [Double] = []
    var obstacle: Verdict?
    for column in columns {
      let address = CellAddress(row: row, column: column)
      guard let value = published[address] else {
        obstacle = obstacle ?? Verdict(.notTestable, reason: "the paper prints no \(address)")
        continue
      }
      if let found = reader.obstacle(row: row, column: column) {
        obstacle = obstacle ?? found
        continue
      }
      let values = reader.values(row: row, column: column).sorted { $0.key < $1.key }.map(\.value)
      guard let summary = Summary(values) else { continue }
      result.cells.append(address)
      var setting = Evidence.Setting(
        name: reader.name(ofColumn: column), rival: "the paper", n: summary.n,
        effect: summary.mean - value.value)
      if let deviation = summary.standardDeviation,
        let interval = summary.predictionInterval(forMeanOf: publishedRuns)
      {
        let scale = (1 / Double(summary.n) + 1 / Double(publishedRuns)).squareRoot()
        let error = max(deviation * scale, 1e-9)
        let distribution = StudentT(degreesOfFreedom: Double(summary.n - 1))
        let difference = summary.mean - value.value
        let within = max(
          distribution.upperTail((difference + tolerance) / error),
          distribution.upperTail((tolerance - difference) / error))
        setting.lower = interval.lowerBound - value.value
        setting.upper = interval.upperBound - value.value
        setting.statistic = difference / error
        setting.degreesOfFreedom = distribution.degreesOfFreedom
        setting.p = within
        holds.append(within)
        absent.append(min(1, 2 * distribution.upperTail(difference.magnitude / error)))
      } else {
        result.missingSeeds = max(result.missingSeeds, 2 - summary.n)
        holds.append(1)
      }
      if (setting.effect ?? .infinity).magnitude <= tolerance { result.supporting += 1 }
      result.settings.append(setting)
    }
    guard !holds.isEmpty else {
      result.blocked = obstacle ?? Verdict(.notRun, reason: "the rule names no column")
      return result
    }
    result.holds = holds.count < columns.count ? nil : holds.max()
    result.absent = absent.min().map { min(1, $0 * Double(columns.count)) }
    return result
  }
}
