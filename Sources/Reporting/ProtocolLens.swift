import Statistics

/// The same runs read by all four selection rules, so that a reader sees what the rule is worth.
public struct ProtocolLens: Sendable {
  /// The rules in the order of the columns; the first is the one that the others are compared with.
  public static let rules: [SelectionRule] = [
    .lastEpoch, .meanOfLastTen, .bestOnNoisyValidation, .bestOnTest,
  ]

  /// One cell under all rules.
  public struct Entry: Sendable {
    /// The method.
    public var row: MethodRow
    /// The noise setting.
    public var column: NoiseColumn
    /// The measurements, in the order of ``ProtocolLens/rules``.
    public var measurements: [Measurement]
    /// What the paper prints; nil for nothing.
    public var published: PublishedValue?

    /// The mean under a rule; nil without a number.
    public func mean(_ rule: SelectionRule) -> Double? {
      measurements.first { $0.rule == rule }?.summary?.mean
    }

    /// The mean under a rule minus that of the last epoch; nil without numbers.
    public func gain(_ rule: SelectionRule) -> Double? {
      guard let mean = self.mean(rule), let last = self.mean(.lastEpoch) else { return nil }
      return mean - last
    }

    /// The rule whose mean is nearest to the published one; nil without either.
    public var closestToPublished: SelectionRule? {
      guard let published else { return nil }
      var best: (rule: SelectionRule, gap: Double)?
      for rule in ProtocolLens.rules {
        guard let mean = self.mean(rule) else { continue }
        let gap = (mean - published.value).magnitude
        if gap < best?.gap ?? .infinity { best = (rule, gap) }
      }
      return best?.rule
    }
  }

  /// The cells, row by row.
  public let entries: [Entry]
  /// The columns.
  public let columns: [NoiseColumn]
  /// Whether published numbers may be compared number by number.
  public let isComparable: Bool

  /// Reads a result set by all rules.
  public init(
    results: ResultSet, published: [CellAddress: PublishedValue] = [:], isComparable: Bool
  ) {
    self.isComparable = isComparable
    columns = results.columns
    entries = results.rows.flatMap { row in
      results.columns.map { column in
        let address = CellAddress(row: row.id, column: column.id)
        return Entry(
          row: row, column: column,
          measurements: Self.rules.map { results.measurement(at: address, rule: $0) },
          published: published[address])
      }
    }
  }

  /// The method with the highest mean of a column under a rule, controls left out.
  public func winner(column: String, rule: SelectionRule) -> MethodRow? {
    var best: (row: MethodRow, mean: Double)?
    for entry in entries where entry.column.id == column && !entry.row.isControl {
      guard let mean = entry.mean(rule) else { continue }
      if mean > best?.mean ?? -.infinity { best = (entry.row, mean) }
    }
    return best?.row
  }

  /// What the choice of the rule is worth, in sentences computed from the numbers.
  public var findings: [String] {
    var findings: [String] = []
    let gains = entries.compactMap { entry in
      entry.gain(.bestOnTest).map { (entry: entry, gain: $0) }
    }
    if let mean = Summary(gains.map(\.gain))?.mean, let most = gains.max(by: { $0.gain < $1.gain })
    {
      findings.append(
        "Reading the best test epoch instead of the last adds \(PrintedNumber.points(mean)) points "
          + "on average over \(PrintedNumber.count(gains.count, "cell")), and at most "
          + "\(PrintedNumber.points(most.gain)) (\(most.entry.row.name), \(most.entry.column.name))."
      )
    }
    let validation = entries.compactMap { $0.gain(.bestOnNoisyValidation) }
    if let mean = Summary(validation)?.mean {
      findings.append(
        "Choosing the epoch on noisy validation labels, which a user can do, adds "
          + "\(PrintedNumber.points(mean)) points on average.")
    }
    let changed = columns.filter { column in
      Set(Self.rules.compactMap { winner(column: column.id, rule: $0)?.id }).count > 1
    }
    if !columns.isEmpty {
      findings.append(
        changed.isEmpty
          ? "The best method of every column is the same under all four rules."
          : "The best method depends on the rule in \(PrintedNumber.list(changed.map(\.name))).")
    }
    let closest = entries.compactMap(\.closestToPublished)
    if isComparable && !closest.isEmpty {
      let counts = Self.rules.map { rule in (rule, closest.count { $0 == rule }) }
        .filter { $0.1 > 0 }.map { "\($0.0.name) in \($0.1)" }
      findings.append(
        "Nearest to the published number, of \(PrintedNumber.count(closest.count, "cell")): "
          + PrintedNumber.list(counts) + ".")
    }
    return findings
  }
}
