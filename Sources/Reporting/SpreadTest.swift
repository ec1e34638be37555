import Statistics

/// Tests that a row's standard deviation over seeds is the smallest in every column.
///
/// Three seeds say next to nothing about one deviation, so columns are counted. If all rows spread
/// alike, ours is below all rivals with chance at most ½ in a column, and above their median with
/// chance at most ½; sign tests over columns judge both counts, assuming independent columns.
struct SpreadTest {
  /// The row.
  var row: String
  /// The rivals.
  var rivals: [String]
  /// The columns.
  var columns: [String]

  /// Runs the test on the numbers of a protocol.
  func run(_ reader: CellReader) -> RuleTest {
    var result = RuleTest(
      test: "sign test over columns of having the smallest standard deviation; assumes independent "
        + "columns")
    var aboveMedian = 0
    var tested = 0
    var obstacle: Verdict?
    for column in columns {
      if let found = reader.obstacle(row: row, column: column) {
        obstacle = obstacle ?? found
        continue
      }
      let (present, missing) = reader.split(rivals, column: column)
      result.noteMissing(missing, column: column, reader)
      let theirs = present.compactMap { rival in
        deviation(rival, column, reader).map { (rival: rival, deviation: $0) }
      }.sorted { $0.deviation < $1.deviation }
      guard let ours = deviation(row, column, reader), let smallest = theirs.first else {
        result.missingSeeds = max(result.missingSeeds, 1)
        continue
      }
      tested += 1
      result.cells += ([row] + present).map { CellAddress(row: $0, column: column) }
      result.settings.append(
        Evidence.Setting(
          name: reader.name(ofColumn: column), rival: reader.name(ofRow: smallest.rival),
          n: reader.values(row: row, column: column).count, effect: ours - smallest.deviation))
      if ours < smallest.deviation { result.supporting += 1 }
      if ours > theirs[theirs.count / 2].deviation { aboveMedian += 1 }
    }
    guard tested > 0 else {
      if result.missingSeeds == 0 {
        result.blocked = obstacle ?? Verdict(.notRun, reason: "the rule names no column")
      }
      return result
    }
    // The claim is about every column, so one column where another row is steadier denies it.
    let p = signTest(
      wins: result.supporting, losses: tested - result.supporting, alternative: .greater)
    if result.missingRivals.isEmpty && tested == columns.count {
      result.holds = result.supporting == columns.count ? p : 1
    }
    result.reversed = signTest(
      wins: aboveMedian, losses: tested - aboveMedian, alternative: .greater)
    result.besides.append(
      "smallest standard deviation in \(result.supporting) of \(tested) columns")
    return result
  }

  private func deviation(_ row: String, _ column: String, _ reader: CellReader) -> Double? {
    let values = reader.values(row: row, column: column).sorted { $0.key < $1.key }.map(\.value)
    return Summary(values)?.standardDeviation
  }
}
