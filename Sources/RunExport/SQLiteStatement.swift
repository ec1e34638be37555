import CSQLite

/// A value of a cell of a database.
///
/// SQLite has no NaN: it stores one as NULL.
public enum SQLiteValue: Hashable, Sendable {
  case null
  case integer(Int)
  case real(Double)
  case text(String)

  init(_ value: Double?) { self = value.map { .real($0) } ?? .null }
  init(_ value: Int?) { self = value.map { .integer($0) } ?? .null }
  init(_ value: String?) { self = value.map { .text($0) } ?? .null }
}

/// A prepared statement; it is finalised when the object goes.
public final class SQLiteStatement {
  private let handle: OpaquePointer
  /// Kept, so that a statement cannot outlive its database.
  private let database: SQLiteDatabase

  init(_ handle: OpaquePointer, of database: SQLiteDatabase) {
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  /// Runs the statement with a value for each of its question marks.
  ///
  /// - Throws: ``SQLiteError`` with SQLite's words.
  public func run(_ values: [SQLiteValue]) throws { _ = try rows(values) }

  /// Runs the statement with a value for each of its question marks, and returns its rows.
  ///
  /// - Throws: ``SQLiteError`` with SQLite's words.
  public func rows(_ values: [SQLiteValue] = []) throws -> [[SQLiteValue]] {
    let expected = Int(sqlite3_bind_parameter_count(handle))
    precondition(
      values.count == expected, "statement wants \(expected) values, found \(values.count)")
    for (place, value) in zip(Int32(1)..., values) { try bind(value, at: place) }
    defer { sqlite3_reset(handle) }
    var rows: [[SQLiteValue]] = []
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: rows.append((0..<sqlite3_column_count(handle)).map(value(at:)))
      case SQLITE_DONE: return rows
      case let code: throw database.error(code)
      }
    }
  }

  private func bind(_ value: SQLiteValue, at place: Int32) throws {
    let code =
      switch value {
      case .null: sqlite3_bind_null(handle, place)
      case .integer(let value): sqlite3_bind_int64(handle, place, Int64(value))
      case .real(let value): sqlite3_bind_double(handle, place, value)
      case .text(let value):
        sqlite3_bind_text(handle, place, value, Int32(value.utf8.count), csqlite_copy())
      }
    guard code == SQLITE_OK else { throw database.error(code) }
  }

  private func value(at column: Int32) -> SQLiteValue {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer(Int(sqlite3_column_int64(handle, column)))
    case SQLITE_FLOAT: .real(sqlite3_column_double(handle, column))
    case SQLITE_TEXT:
      .text(sqlite3_column_text(handle, column).map { String(cString: $0) } ?? "")
    default: .null
    }
  }
}
