import RunStore

/// The runs of one table, by method, noise setting and seed.
///
/// Every planned place has a run or a reason why it has none; nothing is left out silently.
public struct ResultSet: Sendable {
  /// The methods, in order of the rows.
  public let rows: [MethodRow]
  /// The noise settings, in order of the columns.
  public let columns: [NoiseColumn]
  /// The planned root seeds, ascending.
  public let seeds: [Int]
  /// The runs, planned ones and those of further seeds, in order of rows, columns and seeds.
  public let runs: [PlannedRun]
  /// The seeds that single cells have beyond the planned ones, ascending.
  public let furtherSeeds: [CellAddress: [Int]]
  /// At how many seeds claims are looked at; nil where every claim is looked at once, at all seeds.
  public let looks: LookSchedule?
  private let exclusions: [CellAddress: Emptiness]
  private let runsByCell: [CellAddress: [PlannedRun]]
  private let measurements: [CellAddress: [SelectionRule: Measurement]]

  /// Creates a result set.
  ///
  /// - Parameters:
  ///   - rows: the methods; identifiers must differ.
  ///   - columns: the noise settings; identifiers must differ.
  ///   - seeds: the planned root seeds.
  ///   - runs: the runs; every one must belong to a row, a column and a seed of its cell, and no
  ///     place may have two.
  ///   - exclusions: cells for which no run was planned, with the reason.
  ///   - furtherSeeds: the seeds of single cells beyond the planned ones.
  ///   - looks: at how many seeds claims are looked at; its planned seeds are `seeds`.
  public init(
    rows: [MethodRow], columns: [NoiseColumn], seeds: [Int], runs: [PlannedRun],
    exclusions: [CellAddress: Emptiness] = [:], furtherSeeds: [CellAddress: [Int]] = [:],
    looks: LookSchedule? = nil
  ) {
    precondition(Set(rows.map(\.id)).count == rows.count, "two rows share a name: \(rows)")
    precondition(
      Set(columns.map(\.id)).count == columns.count, "two columns share a name: \(columns)")
    self.rows = rows
    self.columns = columns
    let planned = Array(Set(seeds)).sorted()
    self.seeds = planned
    self.furtherSeeds = furtherSeeds.mapValues { $0.sorted() }
    self.looks = looks
    self.exclusions = exclusions
    precondition(
      looks.map { $0.planned == planned } ?? true, "looks at other seeds than \(seeds)")
    let grouped = Dictionary(grouping: runs, by: \.address)
      .mapValues { $0.sorted { $0.seed < $1.seed } }
    let addresses = rows.flatMap { row in
      columns.map { CellAddress(row: row.id, column: $0.id) }
    }
    for (address, cell) in grouped {
      precondition(addresses.contains(address), "no row and column for a run of \(address)")
      precondition(
        Set(cell.map(\.seed)).count == cell.count, "two runs of one seed at \(address)")
      precondition(
        Set(cell.map(\.seed)).isSubset(of: seeds + (furtherSeeds[address] ?? [])),
        "a run of no planned seed at \(address)")
    }
    runsByCell = grouped
    self.runs = addresses.flatMap { grouped[$0] ?? [] }
    var measurements: [CellAddress: [SelectionRule: Measurement]] = [:]
    for address in addresses {
      for rule in SelectionRule.allCases {
        measurements[address, default: [:]][rule] = Self.measurement(
          at: address, rule: rule, seeds: self.seeds,
          further: exclusions[address] == nil ? self.furtherSeeds[address] ?? [] : [],
          runs: grouped[address] ?? [], exclusion: exclusions[address])
      }
    }
    self.measurements = measurements
  }

  /// A result set without rows and columns, for a report that is no accuracy table.
  public static let empty = ResultSet(rows: [], columns: [], seeds: [], runs: [])

  /// The addresses of all cells, row by row.
  public var addresses: [CellAddress] {
    rows.flatMap { row in columns.map { CellAddress(row: row.id, column: $0.id) } }
  }

  /// Whether the table has a row and a column of this address.
  public func contains(_ address: CellAddress) -> Bool {
    rows.contains { $0.id == address.row } && columns.contains { $0.id == address.column }
  }

  /// The planned runs of a cell, in order of seeds.
  public func runs(at address: CellAddress) -> [PlannedRun] { runsByCell[address] ?? [] }

  /// The records of a cell's runs that were trained to their end.
  public func finishedRecords(at address: CellAddress) -> [RunRecord] {
    runs(at: address).compactMap(\.finishedRecord)
  }

  /// What a cell measured under a rule; without a number for a cell that the table has not.
  public func measurement(at address: CellAddress, rule: SelectionRule) -> Measurement {
    measurements[address]?[rule]
      ?? Self.measurement(
        at: address, rule: rule, seeds: seeds, further: [], runs: [], exclusion: nil)
  }

  private static func measurement(
    at address: CellAddress, rule: SelectionRule, seeds: [Int], further: [Int],
    runs: [PlannedRun], exclusion: Emptiness?
  ) -> Measurement {
    var values: [Measurement.SeedValue] = []
    var missing: [Measurement.MissingSeed] = []
    for seed in Set(seeds + further).sorted() {
      guard exclusion == nil, let run = runs.first(where: { $0.seed == seed }) else {
        missing.append(.init(seed: seed, key: nil, reason: exclusion ?? .notRun))
        continue
      }
      if let record = run.finishedRecord, let selection = rule.select(from: record) {
        values.append(.init(seed: seed, key: run.key, selection: selection))
      } else {
        let reason = run.emptiness(under: rule) ?? .noNumber
        missing.append(.init(seed: seed, key: run.key, reason: reason))
      }
    }
    return Measurement(
      address: address, rule: rule, values: values, missing: missing, further: further.count)
  }

  /// The row with an identifier.
  public func row(_ id: String) -> MethodRow? { rows.first { $0.id == id } }

  /// The column with an identifier.
  public func column(_ id: String) -> NoiseColumn? { columns.first { $0.id == id } }

  /// The records of all runs that ended, sorted by key, each once.
  public var records: [RunRecord] {
    var byKey: [String: RunRecord] = [:]
    for run in runs {
      if let record = run.record { byKey[record.key] = record }
    }
    return byKey.values.sorted { $0.key < $1.key }
  }

  /// How many planned runs have no number under a rule.
  public func missingCount(rule: SelectionRule) -> Int {
    addresses.reduce(0) { $0 + measurement(at: $1, rule: rule).missing.count }
  }

  /// The same runs of some methods only, in their order.
  func restricted(toRows ids: Set<String>) -> ResultSet {
    ResultSet(
      rows: rows.filter { ids.contains($0.id) }, columns: columns, seeds: seeds,
      runs: runs.filter { ids.contains($0.address.row) },
      furtherSeeds: furtherSeeds.filter { ids.contains($0.key.row) }, looks: looks)
  }

  /// The runs of the planned seeds alone, where every claim is looked at once.
  public var planned: ResultSet {
    ResultSet(
      rows: rows, columns: columns, seeds: seeds, runs: runs.filter { seeds.contains($0.seed) },
      exclusions: exclusions)
  }

  /// The last look of a rule: that all of whose seeds every cell of the rule has, cells without any
  /// run left aside; nil where everything is looked at once.
  func lastLook(of rule: ClaimRule) -> LookSchedule.Look? {
    guard let looks else { return nil }
    let cells = rule.addresses.filter { !runs(at: $0).isEmpty }
    guard !cells.isEmpty else { return looks.look(1) }
    let common = cells.reduce(Set(looks.further)) { $0.intersection(furtherSeeds[$1] ?? []) }
    return looks.lastLook { common.contains($0) }
  }
}
