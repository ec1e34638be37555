import CSQLite
import Foundation

/// An open SQLite database; it is closed when the object goes.
public final class SQLiteDatabase {
  /// The file.
  public let path: String
  private let handle: OpaquePointer?

  /// How a database is opened.
  public enum Access: Hashable, Sendable {
    /// An existing file, to read.
    case read
    /// A file that is created where it is missing.
    case write
  }

  /// Opens a database.
  ///
  /// - Throws: ``SQLiteError`` when it cannot be opened.
  public init(_ file: URL, for access: Access) throws {
    path = file.path
    var opened: OpaquePointer?
    let flags =
      access == .read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_EXRESCODE, nil)
    // SQLite gives a handle in failure too; it knows the reason and has to be closed.
    handle = opened
    guard code == SQLITE_OK else { throw error(code) }
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that give no rows.
  ///
  /// - Throws: ``SQLiteError`` with SQLite's words.
  public func execute(_ statements: String) throws {
    let code = sqlite3_exec(handle, statements, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code) }
  }

  /// Prepares one statement, to be run any number of times.
  ///
  /// - Throws: ``SQLiteError`` with SQLite's words.
  public func prepare(_ statement: String) throws -> SQLiteStatement {
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, statement, -1, &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw error(code) }
    return SQLiteStatement(prepared, of: self)
  }

  /// All rows of a query.
  ///
  /// - Throws: ``SQLiteError`` with SQLite's words.
  public func rows(_ query: String, _ values: SQLiteValue...) throws -> [[SQLiteValue]] {
    try prepare(query).rows(values)
  }

  /// Runs a body in one transaction, which is undone when it throws.
  public func transaction(_ body: () throws -> Void) throws {
    try execute("BEGIN IMMEDIATE")
    do {
      try body()
      try execute("COMMIT")
    } catch {
      try? execute("ROLLBACK")
      throw error
    }
  }

  func error(_ code: Int32) -> SQLiteError {
    let reason = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "no handle"
    return SQLiteError(path: path, code: code & 0xff, reason: reason)
  }
}
