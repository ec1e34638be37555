import Foundation
import RunStore

/// Writes the results of a store's ended runs for other programs.
///
/// Records are read one at a time, so that a store may be larger than memory. The first damaged record throws; none is
/// passed over.
public struct RunExporter {
  /// What an export holds.
  public struct Summary: Codable, Hashable, Sendable {
    /// The number of runs.
    public var runs = 0
    /// The number of lines or rows with a measured number.
    public var measurements = 0
  }

  let store: RunStore
  let names: RunNames
  let filter: RunFilter

  /// Prepares an export; runs that have no record are not in it, whatever the filter.
  public init(_ store: RunStore, names: RunNames = .init(), filter: RunFilter = .init()) {
    self.store = store
    self.names = names
    self.filter = filter
  }

  /// The columns of a run, which every line of the CSV form repeats.
  static let runColumns = [
    "run_id", "method", "dataset", "noise", "rate_nominal", "rate_real", "model", "state",
    "method_settings", "model_settings", "pool_count", "validation_count", "test_count",
    "planned_epochs", "batch_size", "precision", "seed_noise", "seed_split",
    "seed_initialisation", "seed_order", "seed_augmentation",
  ]

  /// The values of ``runColumns``.
  static func runValues(_ record: RunRecord, _ facts: RunFacts) -> [SQLiteValue] {
    [
      .text(record.key), .init(facts.method), .init(facts.dataset), .init(facts.noise),
      .init(facts.nominalRate), .init(facts.realRate), .init(facts.model),
      .text(ListedState(record.outcome).rawValue), .init(facts.methodSettings),
      .init(facts.modelSettings), .init(facts.poolCount), .init(facts.validationCount),
      .init(facts.testCount), .init(facts.plannedEpochs), .init(facts.batchSize),
      .init(facts.precision), .init(facts.seeds["noise"]), .init(facts.seeds["split"]),
      .init(facts.seeds["initialisation"]), .init(facts.seeds["order"]),
      .init(facts.seeds["augmentation"]),
    ]
  }

  /// Calls a body with every record that passes the filter, in the order of the keys.
  func forEachRecord(_ body: (RunRecord, RunFacts) throws -> Void) throws {
    for key in try store.keys() {
      guard let record = try store.record(of: key) else { continue }
      let facts = RunFacts(specification: record.specification, noise: record.noise, names: names)
      if filter.passes(facts, ListedState(record.outcome)) { try body(record, facts) }
    }
  }

  /// Writes all numbers in long form: one line for each run, epoch, split and metric, then each run's own numbers.
  ///
  /// The head is `run_id,method,dataset,noise,rate_nominal,rate_real,model,state,…,epoch,stage,preparation,split,metric,value`;
  /// preparation is 1 where the stage only prepares and 0 elsewhere. Fields are quoted as in RFC 4180, lines end with a line
  /// feed, numbers have full precision and are `NaN`, `Infinity` or `-Infinity` where a run diverged. What there is none of is an empty field. The file is whole or not there.
  ///
  /// - Throws: ``StoreError`` for the first damaged record, and ``FileSystemError``.
  @discardableResult public func writeCSV(to file: URL) throws -> Summary {
    var summary = Summary()
    try ExportFile.replace(file) { temporary in
      var writer = try CSVWriter(temporary)
      try writer.write(
        Self.runColumns + ["epoch", "stage", "preparation", "split", "metric", "value"])
      try forEachRecord { record, facts in
        let run = CSVWriter.line(Self.runValues(record, facts).map(\.csv))
        let measurements = RunMeasurement.all(of: record)
        for measurement in measurements {
          let rest = CSVWriter.line([
            measurement.epoch.map { String($0) }, measurement.stage,
            measurement.isPreparation.map { $0 ? "1" : "0" }, measurement.split,
            measurement.metric, CSVWriter.text(measurement.value),
          ])
          try writer.write(line: "\(run),\(rest)")
        }
        summary.runs += 1
        summary.measurements += measurements.count
      }
      try writer.flush()
    }
    return summary
  }
}

extension ListedState {
  init(_ outcome: RunRecord.Outcome) {
    switch outcome {
    case .done: self = .done
    case .failed: self = .failed
    }
  }
}

extension SQLiteValue {
  /// The value as a field of a line.
  var csv: String? {
    switch self {
    case .null: nil
    case .integer(let value): String(value)
    case .real(let value): CSVWriter.text(value)
    case .text(let value): value
    }
  }
}
