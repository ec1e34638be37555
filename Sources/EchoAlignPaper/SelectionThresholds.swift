import Experiments
import Foundation
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore
import Statistics

/// The threshold of Figure 4: what accuracy and selection become of it.
public struct SelectionThresholds: Sendable {
  /// The thresholds that EchoAlign A is trained at.
  ///
  /// The paper does not print its grid; 0.3 to 0.6 is what its figure can show. The flanks were added after the
  /// similarities of the quick profile had been looked at once, and before anything was trained at them: every original is
  /// kept at the lowest, and hardly any at the highest.
  public static let trained = [-0.4, 0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9]
  /// Those of them that the paper's figure can show.
  public static let printed = 0.3...0.6
  /// The thresholds at which selection alone is measured.
  public static let swept = (-100...100).map { Double($0) / 100 }
  /// The paper's own threshold at 30 % noise.
  public static let usual = 0.4

  /// One EchoAlign A a threshold; at the paper's own it is the run of Table 1.
  public static let methods = trained.map { threshold in
    MethodCatalog.Entry(
      identifier(threshold), "EchoAlign A, τ = \(PrintedNumber.fixed(threshold, decimals: 2))"
    ) { _, setting in
      var configuration = EchoAlign.Configuration.paper(noiseRate: setting.noise.nominalRate)
      configuration.threshold = .fixed(threshold)
      return .echoAlign(configuration)
    }
  }

  /// The noise settings: both kinds that the paper names for the figure, at 30 %.
  public static let noises: [NoiseModel] = [
    .symmetric(rate: 0.3), .instance(InstanceDependentNoise(rate: 0.3)),
  ]

  static func identifier(_ threshold: Double) -> String {
    String(format: "echoalign-a-tau-%@%.2f", threshold < 0 ? "minus-" : "", abs(threshold))
  }

  /// The same kind of noise at 50 %; nil for kinds that the figure has not.
  private static func raised(_ noise: NoiseModel) -> NoiseModel? {
    switch noise {
    case .symmetric: .symmetric(rate: 0.5)
    case .instance: .instance(InstanceDependentNoise(rate: 0.5))
    default: nil
    }
  }

  private static func raised(_ request: Request) -> Request {
    var request = request
    request.columns = request.columns.compactMap { column in
      raised(column.noise).map { noise in
        var column = column
        column.displayName = column.displayName.replacing(
          column.noise.displayName, with: noise.displayName)
        column.noise = noise
        return column
      }
    }
    return request
  }

  /// The similarities at 30 % noise, and at 50 %, which need no training.
  public static func analyses(of request: Request) -> [Analysis] {
    [request, raised(request)].flatMap(SelectionSamples.similarities).map { .similarities($0) }
  }

  let results: ResultSet
  let columns: [TableColumn]
  /// The names of the same columns at 50 %.
  let raisedNames: [String: String]
  /// The sweeps of each column at 30 %.
  let sweeps: [String: [SelectionSweep]]
  /// The sweeps of the same columns at 50 %.
  let raisedSweeps: [String: [SelectionSweep]]

  /// Reads what a request needs from a store.
  ///
  /// - Throws: What reading the store throws.
  public init(_ request: Request, results: ResultSet, store: RunStore) throws {
    self.results = results
    columns = request.columns
    sweeps = try Self.sweeps(request, store)
    let raised = Self.raised(request)
    raisedSweeps = try Self.sweeps(raised, store)
    raisedNames = Dictionary(
      raised.columns.map { ($0.identifier, $0.displayName) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func sweeps(
    _ request: Request, _ store: RunStore
  ) throws -> [String: [SelectionSweep]] {
    var sweeps: [String: [SelectionSweep]] = [:]
    for column in request.columns {
      sweeps[column.identifier] = try SelectionSamples.stored(column, of: request, in: store)
        .map { samples in
          SelectionSweep(
            seed: samples.seed,
            curve: SelectionCurve(scores: samples.similarities, isRight: samples.isRight),
            thresholds: swept)
        }
    }
    return sweeps
  }

  /// The test accuracy of a column at a threshold, as a fraction, by seed.
  func accuracies(_ column: String, _ threshold: Double) -> [Int: Double] {
    let measured = results.measurement(
      at: CellAddress(row: Self.identifier(threshold), column: column), rule: .bestOnNoisyValidation
    )
    return Dictionary(
      measured.values.map { ($0.seed, $0.selection.value) }, uniquingKeysWith: { first, _ in first }
    )
  }

  /// The accuracies of a seed that has one at every threshold, in order of the thresholds.
  func complete(_ column: String) -> [(seed: Int, accuracies: [Double])] {
    let all = Self.trained.map { accuracies(column, $0) }
    return results.seeds.compactMap { seed in
      let values = all.compactMap { $0[seed] }
      return values.count == all.count ? (seed, values) : nil
    }
  }

  /// Every column with its sweeps, each at 30 % and then at 50 %.
  var namedSweeps: [(name: String, sweeps: [SelectionSweep])] {
    columns.flatMap { column in
      [(column.displayName, sweeps[column.identifier] ?? [])]
        + [raisedNames[column.identifier]].compactMap { $0 }.map {
          ($0, raisedSweeps[column.identifier] ?? [])
        }
    }
  }

  /// The column that the second panel is about: instance-dependent noise on the first data set.
  var instanceColumn: TableColumn? { columns.first { $0.identifier == "instance-30" } }
}
