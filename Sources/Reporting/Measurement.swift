import Statistics

/// What the runs of one cell measured under one selection rule.
public struct Measurement: Sendable {
  /// The number of one seed.
  public struct SeedValue: Hashable, Sendable {
    /// The run's root seed.
    public var seed: Int
    /// The run's key.
    public var key: String
    /// What the rule took from the run.
    public var selection: SelectionRule.Selection
  }

  /// A seed without a number.
  public struct MissingSeed: Hashable, Sendable {
    /// The planned root seed.
    public var seed: Int
    /// The planned run's key; nil when no run was planned.
    public var key: String?
    /// Why there is no number.
    public var reason: Emptiness
  }

  /// The cell.
  public let address: CellAddress
  /// The rule.
  public let rule: SelectionRule
  /// The numbers by seed, in ascending order of seeds.
  public let values: [SeedValue]
  /// The seeds without a number, in ascending order.
  public let missing: [MissingSeed]
  /// How many of the seeds this cell has beyond those that every cell was planned with.
  public let further: Int

  /// The number of seeds that were planned, or added since.
  public var planned: Int { values.count + missing.count }

  /// Whether every planned seed has a number.
  public var isComplete: Bool { missing.isEmpty && !values.isEmpty }

  /// The accuracies as fractions, in ascending order of seeds.
  public var accuracies: [Double] { values.map(\.selection.value) }

  /// Mean, standard deviation (divisor n - 1) and n; nil without a number.
  public var summary: Summary? { Summary(accuracies) }

  /// The t interval of the mean over seeds at 95 %; nil with fewer than two seeds.
  public var interval: ClosedRange<Double>? { summary?.tInterval(confidence: 0.95) }

  /// Why there is no number at all: the reason that most seeds share; nil when there is a number.
  public var emptiness: Emptiness? {
    guard values.isEmpty else { return nil }
    var best: (reason: Emptiness, count: Int)?
    for entry in missing {
      let count = missing.filter { $0.reason.label == entry.reason.label }.count
      if count > best?.count ?? 0 { best = (entry.reason, count) }
    }
    return best?.reason ?? .notRun
  }

  /// The short identifiers of the runs behind the number, in order of seeds.
  public var shortIDs: [String] { values.map { String($0.key.prefix(10)) } }
}
