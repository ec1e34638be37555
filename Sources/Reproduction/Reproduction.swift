import Experiments
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
  /// The columns that a profile has, in order.
  static func columns(of profile: Profile) -> [TableColumn]
  /// What the report shows beside the runs, to be made before it is rendered.
  static func analyses(of request: Request) throws -> [Analysis]
  /// The report of a result set; a function of records and published numbers alone.
  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report
}

extension Reproduction {
  /// The generator's trade-off, where a method of the request uses a generator.
  public static func analyses(of request: Request) throws -> [Analysis] {
    request.quality.map { [.quality($0)] } ?? []
  }
}
