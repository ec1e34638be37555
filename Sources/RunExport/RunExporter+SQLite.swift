import Foundation
import RunStore

extension RunExporter {
  /// The version of the tables, as `PRAGMA user_version` tells it.
  static let databaseVersion = 1

  private static let epochColumns = [
    "run_id", "epoch", "stage", "preparation", "learning_rate", "train_loss", "train_accuracy",
    "memorised_share", "validation_loss", "validation_accuracy", "test_loss", "test_accuracy",
  ]
  private static let scalarColumns = ["run_id", "epoch", "split", "name", "value"]
  private static let provenanceColumns = [
    "run_id", "commit_id", "dirty", "versions", "device", "hardware", "threads", "platform",
    "started", "finished", "seconds", "resumed", "digests",
  ]

  /// A run's columns beyond those of the CSV form.
  private static let longColumns = [
    "failure_cause", "failure_message", "specification", "noise_audit",
  ]

  private static let schema = """
    CREATE TABLE runs (
      run_id TEXT PRIMARY KEY, method TEXT, dataset TEXT, noise TEXT, rate_nominal REAL,
      rate_real REAL, model TEXT, state TEXT NOT NULL, method_settings TEXT, model_settings TEXT,
      pool_count INTEGER, validation_count INTEGER, test_count INTEGER, planned_epochs INTEGER,
      batch_size INTEGER, precision TEXT, seed_noise INTEGER, seed_split INTEGER,
      seed_initialisation INTEGER, seed_order INTEGER, seed_augmentation INTEGER,
      failure_cause TEXT, failure_message TEXT, specification TEXT NOT NULL,
      noise_audit TEXT NOT NULL);
    CREATE TABLE epochs (
      run_id TEXT NOT NULL REFERENCES runs, epoch INTEGER NOT NULL, stage TEXT NOT NULL,
      preparation INTEGER NOT NULL, learning_rate REAL, train_loss REAL, train_accuracy REAL, memorised_share REAL,
      validation_loss REAL, validation_accuracy REAL, test_loss REAL, test_accuracy REAL,
      PRIMARY KEY (run_id, epoch));
    CREATE TABLE scalars (
      run_id TEXT NOT NULL REFERENCES runs, epoch INTEGER, split TEXT NOT NULL,
      name TEXT NOT NULL, value REAL);
    CREATE INDEX scalars_of_run ON scalars (run_id, epoch);
    CREATE TABLE provenance (
      run_id TEXT PRIMARY KEY REFERENCES runs, commit_id TEXT NOT NULL, dirty INTEGER NOT NULL,
      versions TEXT NOT NULL, device TEXT NOT NULL, hardware TEXT NOT NULL,
      threads INTEGER NOT NULL, platform TEXT NOT NULL, started TEXT NOT NULL,
      finished TEXT NOT NULL, seconds REAL, resumed INTEGER NOT NULL, digests TEXT NOT NULL);
    CREATE VIEW results AS
      SELECT runs.run_id, method, dataset, noise, rate_nominal, rate_real, model, state,
        seed_noise, seed_split, seed_initialisation, seed_order, seed_augmentation,
        epochs.epoch, stage, preparation, learning_rate, train_loss, train_accuracy, memorised_share,
        validation_loss, validation_accuracy, test_loss, test_accuracy,
        (SELECT json_group_object(name, value) FROM scalars
          WHERE scalars.run_id = epochs.run_id AND scalars.epoch = epochs.epoch) AS scalars,
        device, hardware, commit_id, finished, seconds
      FROM runs JOIN epochs USING (run_id) JOIN provenance USING (run_id);
    PRAGMA user_version = \(databaseVersion);
    """

  /// Writes all results as an SQLite database.
  ///
  /// The tables are `runs`, `epochs`, `scalars` (what a method names itself and the rates of the audit, with NULL as epoch
  /// for numbers of the whole run) and `provenance`; the view `results` joins them, one row an epoch. Specification, audit,
  /// versions and digests are JSON. NaN, which SQLite does not have, is NULL. All is written in one transaction to a
  /// hidden file, which then takes the name: the database is whole or not there.
  ///
  /// - Throws: ``StoreError`` for the first damaged record, ``SQLiteError`` and ``FileSystemError``.
  @discardableResult public func writeSQLite(to file: URL) throws -> Summary {
    var summary = Summary()
    try ExportFile.replace(file) { temporary in
      let database = try SQLiteDatabase(temporary, for: .write)
      // The file is nobody else's and is thrown away after a failure.
      try database.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
      try database.transaction {
        try database.execute(Self.schema)
        let runs = try database.insert("runs", Self.runColumns + Self.longColumns)
        let epochs = try database.insert("epochs", Self.epochColumns)
        let scalars = try database.insert("scalars", Self.scalarColumns)
        let provenance = try database.insert("provenance", Self.provenanceColumns)
        try forEachRecord { record, facts in
          try runs.run(Self.runValues(record, facts) + Self.longValues(record))
          for epoch in record.epochs { try epochs.run(Self.values(epoch, of: record)) }
          let measurements = RunMeasurement.all(of: record)
          for measurement in measurements
          where measurement.split == "method" || measurement.split == "noise" {
            try scalars.run([
              .text(record.key), .init(measurement.epoch), .text(measurement.split),
              .text(measurement.metric), .real(measurement.value),
            ])
          }
          try provenance.run(Self.values(record.provenance, of: record))
          summary.runs += 1
          summary.measurements += measurements.count
        }
      }
    }
    return summary
  }

  private static func longValues(_ record: RunRecord) throws -> [SQLiteValue] {
    var failure: RunRecord.Failure?
    if case .failed(let found) = record.outcome { failure = found }
    return [
      .init(failure?.cause.rawValue), .init(failure?.message),
      .text(try json(record.specification)), .text(try json(record.noise)),
    ]
  }

  private static func values(_ epoch: EpochRecord, of record: RunRecord) -> [SQLiteValue] {
    [
      .text(record.key), .integer(epoch.epoch), .text(epoch.stage),
      .integer(epoch.isPreparation == true ? 1 : 0), .real(epoch.learningRate),
      .real(epoch.trainLoss), .real(epoch.trainAccuracy), .init(epoch.memorisedShare),
      .real(epoch.validationLoss), .real(epoch.validationAccuracy), .real(epoch.testLoss),
      .real(epoch.testAccuracy),
    ]
  }

  private static func values(
    _ provenance: Provenance, of record: RunRecord
  ) throws -> [SQLiteValue] {
    [
      .text(record.key), .text(provenance.commit), .integer(provenance.dirty ? 1 : 0),
      .text(try json(provenance.versions)), .text(provenance.device), .text(provenance.hardware),
      .integer(provenance.threads), .text(provenance.platform), .text(provenance.started),
      .text(provenance.finished), .real(provenance.seconds), .integer(provenance.resumed),
      .text(try json(provenance.digests)),
    ]
  }

  private static func json(_ value: some Encodable) throws -> String {
    String(decoding: try CanonicalJSON.encode(value, nonFinite: .text), as: UTF8.self)
  }
}

extension SQLiteDatabase {
  /// A statement that adds a row of these columns to a table.
  fileprivate func insert(_ table: String, _ columns: [String]) throws -> SQLiteStatement {
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    return try prepare(
      "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))")
  }
}
