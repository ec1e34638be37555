import RunStore

/// A refusal of SQLite.
public struct SQLiteError: ReportableError, Hashable {
  /// The database file.
  public var path: String
  /// SQLite's result code.
  public var code: Int32
  /// SQLite's own words.
  public var reason: String

  /// What happened, with path and cause.
  public var message: String { "\(path): SQLite says: \(reason) (code \(code))" }

  /// 73: a database that this suite writes could not be written; 65 when one that it reads is damaged.
  public var exitStatus: ExitStatus {
    // SQLITE_CORRUPT and SQLITE_NOTADB.
    code == 11 || code == 26 ? .badData : .cannotCreate
  }
}
