import Foundation

/// Where fetched data files are when no folder is named.
public enum DataFolder {
  /// `$PLUMBLINE_DATA`, else `$XDG_CACHE_HOME/plumbline`, else `~/.cache/plumbline`.
  ///
  /// An empty variable counts as unset, and so does a relative `XDG_CACHE_HOME`, as the XDG Base Directory
  /// Specification demands.
  ///
  /// - Parameters:
  ///   - environment: The environment variables.
  ///   - home: The user's home folder.
  /// - Returns: The folder, whether or not it exists.
  public static func standard(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    home: URL = FileManager.default.homeDirectoryForCurrentUser
  ) -> URL {
    if let named = environment["PLUMBLINE_DATA"], !named.isEmpty {
      return URL(fileURLWithPath: named, isDirectory: true)
    }
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") {
      return URL(fileURLWithPath: cache, isDirectory: true).appendingPathComponent("plumbline")
    }
    return home.appendingPathComponent(".cache/plumbline")
  }
}
