import Experiments
import Foundation
import LabelNoise
import Methods
import Reporting
import RunStore

/// What a user asked for: a profile, and perhaps only some methods, columns and seeds.
public struct Request: Sendable {
  /// The profile.
  public var profile: Profile
  /// The methods, in row order.
  public var methods: [MethodCatalog.Entry]
  /// The columns, in order.
  public var columns: [TableColumn]
  /// The root seeds.
  public var seeds: [Int]
  /// Whether anything was left out or added against the profile's own table.
  public var isSelection: Bool
  /// The folder of modified images made elsewhere, for data sets without a generator.
  public var echoFolder: URL?

  /// The device that work is done on, as text; it decides nothing but which measured times are meant.
  public var device = "cpu"
  /// The tensor threads of each worker.
  public var threads = 1

  /// Creates a request.
  public init(
    profile: Profile, methods: [MethodCatalog.Entry], columns: [TableColumn], seeds: [Int],
    isSelection: Bool, echoFolder: URL? = nil
  ) {
    self.echoFolder = echoFolder
    self.profile = profile
    self.methods = methods
    self.columns = columns
    self.seeds = seeds
    self.isSelection = isSelection
  }

  /// The images and networks of the columns, each once.
  public var benchmarks: [Benchmark] {
    columns.map(\.benchmark).reduce(into: []) { result, benchmark in
      if !result.contains(where: { $0.data == benchmark.data }) { result.append(benchmark) }
    }
  }

  /// Whether any images are not verified against official digests.
  public var isUnverified: Bool { benchmarks.contains { $0.data.content != nil } }

  /// One run of the table with its place.
  public struct PlannedCell: Sendable {
    /// The method.
    public var method: MethodCatalog.Entry
    /// The column.
    public var column: TableColumn
    /// The root seed.
    public var seed: Int
    /// The run.
    public var specification: RunSpecification
    /// The run's key.
    public var key: RunKey

    /// The cell's address in a result set.
    public var address: CellAddress {
      CellAddress(row: method.identifier, column: column.identifier)
    }

    /// What people read.
    public var label: String { "\(method.identifier) \(column.identifier) seed \(seed)" }
  }

  /// Every run of the request that can be run, row by row.
  ///
  /// A method that sees no noisy label is trained once a seed, without noise, and stands in every column.
  ///
  /// - Throws: ``StoreError`` when a specification cannot be encoded.
  public func cells() throws -> [PlannedCell] { try allCells().filter { !Self.isBarred($0) } }

  private static func isBarred(_ cell: PlannedCell) -> Bool { cell.specification.lacksOutside }

  private func allCells() throws -> [PlannedCell] {
    try allCells { _ in seeds }
  }

  /// The runs of all cells with the seeds that each is to have, row by row.
  private func allCells(seeds: (CellAddress) throws -> [Int]) throws -> [PlannedCell] {
    var cells: [PlannedCell] = []
    for method in methods {
      for column in columns {
        let address = CellAddress(row: method.identifier, column: column.identifier)
        for seed in try seeds(address) {
          cells.append(try cell(method, column, seed: seed))
        }
      }
    }
    return cells
  }

  private func cell(
    _ method: MethodCatalog.Entry, _ column: TableColumn, seed: Int
  ) throws -> PlannedCell {
    let configuration = method.configuration(
      for: profile.setting(on: column.benchmark, noise: column.noise))
    var specification = profile.run(
      on: column.benchmark, noise: column.noise, method: configuration, seed: seed)
    if let echoFolder, configuration.recipe.needs.contains(.echo), specification.outside == nil {
      specification.imported = try ImportedEcho.find(
        in: echoFolder, dataset: specification.data.dataset, noise: column.noise,
        seed: specification.seeds.noise)
    }
    return PlannedCell(
      method: method, column: column, seed: seed, specification: specification,
      key: try specification.key())
  }

  /// The runs of single cells with given seeds, those that can be run, row by row.
  ///
  /// - Throws: ``StoreError`` when a specification cannot be encoded.
  public func cells(at addresses: Set<CellAddress>, seeds: [Int]) throws -> [PlannedCell] {
    try allCells { addresses.contains($0) ? seeds : [] }.filter { !Self.isBarred($0) }
  }

  /// The records of the request as the store has them.
  ///
  /// - Throws: What reading the store throws; a damaged record is an outcome, not an error.
  public func results(in store: RunStore) throws -> ResultSet {
    try results(of: try allCells(), further: [], looks: nil, in: store)
  }

  /// The records of the request and those of further seeds of single cells that the store has, where claims are looked at
  /// again as seeds are added; see ``Reporting/LookSchedule``.
  ///
  /// Each cell has the further seeds up to the first that the store lacks, so that none is shown as not run.
  ///
  /// - Throws: What reading the store throws; a damaged record is an outcome, not an error.
  public func resultsWithFurtherSeeds(in store: RunStore) throws -> ResultSet {
    let looks = LookSchedule(planned: seeds)
    var further: [PlannedCell] = []
    for method in methods {
      for column in columns {
        for seed in looks.further {
          let cell = try cell(method, column, seed: seed)
          guard !Self.isBarred(cell), Self.hasEnded(cell, in: store) else { break }
          further.append(cell)
        }
      }
    }
    return try results(of: try allCells(), further: further, looks: looks, in: store)
  }

  private static func hasEnded(_ cell: PlannedCell, in store: RunStore) -> Bool {
    // A damaged record has not ended; a later run of the cell reports it.
    (try? Job.run(cell.specification).isDone(in: store)) ?? false
  }

  private func results(
    of planned: [PlannedCell], further: [PlannedCell], looks: LookSchedule?, in store: RunStore
  ) throws -> ResultSet {
    let runs = try (planned.filter { !Self.isBarred($0) } + further).concurrentMap { cell in
      PlannedRun(
        address: cell.address, seed: cell.seed, key: cell.key.text,
        outcome: try outcome(of: cell.key, in: store))
    }
    let barred = planned.filter(Self.isBarred).map {
      (
        $0.address,
        Emptiness.unavailable(
          reason:
            "the \(profile.identifier) profile has no generator for \($0.column.displayName), "
            + "and no images made elsewhere were named (--echo-dir)")
      )
    }
    return ResultSet(
      rows: methods.map {
        MethodRow(
          id: $0.identifier, name: $0.displayName, note: $0.note, isControl: $0.isControl)
      },
      columns: columns.map { NoiseColumn(id: $0.identifier, name: $0.displayName) }, seeds: seeds,
      runs: runs, exclusions: Dictionary(barred) { first, _ in first },
      furtherSeeds: Dictionary(grouping: further, by: \.address).mapValues { $0.map(\.seed) },
      looks: looks)
  }

  private func outcome(of key: RunKey, in store: RunStore) throws -> PlannedRun.Outcome {
    do {
      if let record = try store.record(of: key) { return .recorded(record) }
      return try store.specification(of: key) == nil ? .notRun : .started
    } catch let error as StoreError {
      return .damaged(message: error.message)
    }
  }
}
