import Experiments
import Foundation
import LabelNoise
import Methods
import Reporting
import RunStore

/// One table or figure of a paper: which runs it needs, and how their records become its report.
///
/// Everything else (listing, running, rendering, checking, the command line) comes with the protocol; see
/// ``ReproductionCommand``.
public protocol Reproduction {
  /// The identifier of executable and report folder, for example `echoalign-table1`.
  static var identifier: String { get }
  /// What is reproduced, in one line.
  static var title: String { get }
  /// The methods, in row order.
  static var methods: [MethodCatalog.Entry] { get }
  /// The noise settings, in column order.
  static var noises: [NoiseModel] { get }
  /// The report of a result set; a function of records and published numbers alone.
  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report
}

/// What a user asked for: a profile, and perhaps only some methods, noise settings and seeds.
public struct Request: Sendable {
  /// The profile.
  public var profile: Profile
  /// The methods, in row order.
  public var methods: [MethodCatalog.Entry]
  /// The noise settings, in column order.
  public var noises: [NoiseModel]
  /// The root seeds.
  public var seeds: [Int]
  /// Whether anything was left out or added against the profile's own table.
  public var isSelection: Bool

  /// Creates a request.
  public init(
    profile: Profile, methods: [MethodCatalog.Entry], noises: [NoiseModel], seeds: [Int],
    isSelection: Bool
  ) {
    self.profile = profile
    self.methods = methods
    self.noises = noises
    self.seeds = seeds
    self.isSelection = isSelection
  }

  /// One run of the table with its place.
  public struct PlannedCell: Sendable {
    /// The method.
    public var method: MethodCatalog.Entry
    /// The noise setting of the column.
    public var noise: NoiseModel
    /// The root seed.
    public var seed: Int
    /// The run.
    public var specification: RunSpecification
    /// The run's key.
    public var key: RunKey

    /// The cell's address in a result set.
    public var address: CellAddress {
      CellAddress(row: method.identifier, column: noise.identifier)
    }

    /// What people read.
    public var label: String { "\(method.identifier) \(noise.identifier) seed \(seed)" }
  }

  /// Every run of the request, row by row.
  ///
  /// A method that sees no noisy label is trained once a seed, without noise, and stands in every column.
  ///
  /// - Throws: ``StoreError`` when a specification cannot be encoded.
  public func cells() throws -> [PlannedCell] {
    var cells: [PlannedCell] = []
    for method in methods {
      for noise in noises {
        for seed in seeds {
          let configuration = method.configuration(noise)
          let specification = profile.run(
            noise: configuration == .externalOnly ? .clean : noise, method: configuration,
            seed: seed)
          cells.append(
            PlannedCell(
              method: method, noise: noise, seed: seed, specification: specification,
              key: try specification.key()))
        }
      }
    }
    return cells
  }

  /// The records of the request as the store has them.
  ///
  /// - Throws: What reading the store throws; a damaged record is an outcome, not an error.
  public func results(in store: RunStore) throws -> ResultSet {
    let runs = try cells().map { cell in
      PlannedRun(
        address: cell.address, seed: cell.seed, key: cell.key.text,
        outcome: try outcome(of: cell.key, in: store))
    }
    return ResultSet(
      rows: methods.map {
        MethodRow(
          id: $0.identifier, name: $0.displayName, note: $0.note,
          isControl: $0.configuration(.clean) == .externalOnly)
      },
      columns: noises.map { NoiseColumn(id: $0.identifier, name: $0.displayName) }, seeds: seeds,
      runs: runs)
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
