import Foundation
import RunStore
import Testing

@testable import RunExport

@Suite struct SQLiteTests {
  private let temporary = TemporaryStore()
  private var file: URL { temporary.root.appendingPathComponent("results.sqlite") }

  private func opened() throws -> SQLiteDatabase {
    try AtomicFile.createFolder(temporary.root)
    return try SQLiteDatabase(file, for: .write)
  }

  // MARK: - Wrapper

  @Test func valuesComeBack() throws {
    let database = try opened()
    try database.execute("CREATE TABLE t (a, b, c, d, e)")
    let row: [SQLiteValue] = [
      .null, .integer(.min), .real(1.0 / 3), .text("é \"' \n; DROP TABLE t"), .text(""),
    ]
    let insert = try database.prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)")
    for _ in 0..<3 { try insert.run(row) }
    #expect(try database.rows("SELECT * FROM t") == [row, row, row])
    #expect(
      try database.rows("SELECT count(*) FROM t WHERE b = ?", .integer(.min)) == [[.integer(3)]])
    try insert.run([.real(.nan), .real(.infinity), .null, .null, .null])
    #expect(try database.rows("SELECT a, b FROM t WHERE d IS NULL") == [[.null, .real(.infinity)]])
  }

  @Test func failedTransactionLeavesNothing() throws {
    let database = try opened()
    try database.execute("CREATE TABLE t (a UNIQUE)")
    let error = try #require(throws: SQLiteError.self) {
      try database.transaction {
        try database.execute("INSERT INTO t VALUES (1)")
        try database.execute("INSERT INTO t VALUES (1)")
      }
    }
    #expect(error.message.contains("UNIQUE constraint failed: t.a"))
    #expect(error.exitStatus == .cannotCreate)
    #expect(try database.rows("SELECT count(*) FROM t") == [[.integer(0)]])
  }

  @Test func refusalsAreInSQLitesWords() throws {
    #expect(throws: SQLiteError.self) { try SQLiteDatabase(file, for: .read) }
    let database = try opened()
    let error = #expect(throws: SQLiteError.self) { try database.prepare("SELECT * FROM absent") }
    #expect(error?.message.contains("no such table: absent") == true)
    let other = try temporary.write("other.sqlite", count: 5_000)
    let damaged = #expect(throws: SQLiteError.self) {
      try SQLiteDatabase(other, for: .read).rows("SELECT * FROM sqlite_schema")
    }
    #expect(damaged?.exitStatus == .badData)
  }

  // MARK: - Export

  private func export() throws -> (RunKey, RunExporter.Summary) {
    let key = try temporary.finish(Sample.specification())
    try temporary.finish(
      Sample.specification(seed: 4), epochs: [Sample.epoch(1, loss: .nan)],
      outcome: .failed(Sample.failure))
    return (key, try RunExporter(temporary.store).writeSQLite(to: file))
  }

  @Test func tablesHoldEveryNumber() throws {
    let (key, summary) = try export()
    #expect(summary.runs == 2)
    let database = try SQLiteDatabase(file, for: .read)
    #expect(
      try database.rows(
        """
        SELECT method, dataset, noise, rate_nominal, rate_real, model, state, pool_count, seed_noise,
          seed_split, failure_cause, json_extract(specification, '$.trainingProtocol.epochs'),
          json_extract(noise_audit, '$.realisedUpper') FROM runs WHERE run_id = ?
        """, .text(key.text)) == [
          [
            .text("co-teaching"), .text("fashion-mnist"), .text("symmetric-50"), .real(0.5),
            .real(0.4925925925925926), .text("small-cnn"), .text("done"), .integer(3000),
            .integer(3), .integer(1), .null, .integer(24), .real(0.51),
          ]
        ])
    #expect(
      try database.rows(
        """
        SELECT epoch, stage, preparation, learning_rate, train_loss, train_accuracy, memorised_share, test_loss,
          test_accuracy FROM epochs WHERE run_id = ? ORDER BY epoch
        """, .text(key.text)) == [
          [
            .integer(1), .text("warm-up"), .integer(1), .real(0.1), .real(1.728604997907366),
            .real(0.33110119047619047), .null, .real(1e-7), .real(1.0 / 3),
          ],
          [
            .integer(2), .text("train"), .integer(0), .real(0.1), .real(1.728604997907366),
            .real(0.33110119047619047), .real(0.125), .real(1e-7), .real(2.0 / 3),
          ],
        ])
    #expect(
      try database.rows(
        "SELECT epoch, name, value FROM scalars WHERE run_id = ? AND split = 'method' ORDER BY epoch",
        .text(key.text)) == [
          [.null, .text("selected"), .real(1350.5)],
          [.integer(2), .text("kept, \"mean\""), .real(12)],
        ])
    #expect(
      try database.rows(
        "SELECT failure_cause, failure_message, train_loss FROM runs JOIN epochs USING (run_id) "
          + "WHERE state = 'failed'") == [
          [.text("non-finite"), .text("the loss became nan"), .null]
        ])
    #expect(
      try database.rows("SELECT DISTINCT commit_id, dirty, seconds, resumed FROM provenance")
        == [[.text("4888c81"), .integer(1), .real(60.25), .integer(2)]])
    #expect(try database.rows("PRAGMA user_version") == [[.integer(RunExporter.databaseVersion)]])
    #expect(try database.rows("PRAGMA foreign_key_check") == [])
    #expect(try database.rows("PRAGMA integrity_check") == [[.text("ok")]])
  }

  @Test func viewJoinsThemOneRowAnEpoch() throws {
    let (key, _) = try export()
    let database = try SQLiteDatabase(file, for: .read)
    #expect(try database.rows("SELECT count(*) FROM results") == [[.integer(3)]])
    let rows = try database.rows(
      "SELECT method, seed_order, epoch, scalars, device FROM results WHERE run_id = ? "
        + "ORDER BY epoch", .text(key.text))
    #expect(
      rows == [
        [.text("co-teaching"), .integer(3), .integer(1), .text("{}"), .text("cpu")],
        [
          .text("co-teaching"), .integer(3), .integer(2), .text(#"{"kept, \"mean\"":12.0}"#),
          .text("cpu"),
        ],
      ])
    #expect(
      try database.rows("SELECT max(test_accuracy) FROM results WHERE state = 'done'")
        == [[.real(2.0 / 3)]])
  }

  @Test(.enabled(if: Python.isPresent, "python3 is not installed"))
  func pythonReadsTheSame() throws {
    let (key, _) = try export()
    let printed = try Python.run(
      """
      import json, sqlite3, sys
      database = sqlite3.connect(sys.argv[1])
      rows = database.execute('SELECT epoch, train_accuracy, test_accuracy, scalars FROM results '
        'WHERE run_id = ? ORDER BY epoch', (sys.argv[2],)).fetchall()
      print(json.dumps([[e, a.hex(), b.hex(), json.loads(s)] for e, a, b, s in rows],
        sort_keys=True, separators=(',', ':')))
      print(database.execute('SELECT state, train_loss FROM results ORDER BY state').fetchall()[-1])
      """, [file.path, key.text])
    let third = (1.0 / 3, 2.0 / 3)
    let accuracy = 0.33110119047619047
    let lines = printed.split(separator: "\n").map(String.init)
    #expect(lines.count == 2 && lines.last == "('failed', None)")
    guard
      case .array(let rows) = try CanonicalJSON.decode(
        JSONValue.self, from: Data((lines.first ?? "").utf8)), rows.count == 2
    else { throw Python.Failure(status: 0, text: printed) }
    for (row, expected) in zip(rows, [third.0, third.1]) {
      guard case .array(let cells) = row else { throw Python.Failure(status: 0, text: printed) }
      #expect(cells[1].stringValue.flatMap(Double.init) == accuracy)
      #expect(cells[2].stringValue.flatMap(Double.init) == expected)
    }
    #expect(printed.contains(#"{"kept, \"mean\"":12.0}"#))
  }

  @Test func secondExportReplacesTheFirstAndFailureDoesNot() throws {
    let (key, _) = try export()
    try temporary.finish(Sample.specification(seed: 9))
    #expect(try RunExporter(temporary.store).writeSQLite(to: file).runs == 3)
    try temporary.damage(key)
    #expect(throws: StoreError.self) { try RunExporter(temporary.store).writeSQLite(to: file) }
    #expect(
      try SQLiteDatabase(file, for: .read).rows("SELECT count(*) FROM runs") == [[.integer(3)]])
    #expect(
      try temporary.contents().filter { $0.contains(".tmp") || $0.contains("-journal") } == [])
  }
}
