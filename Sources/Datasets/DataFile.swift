import Foundation
import RunStore

/// Reading of whole data files with their checks.
enum DataFile {
  /// Whether a path leads to a folder.
  static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// Whether a path leads to something that is no folder.
  static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path) && !isFolder(url)
  }

  /// Reads a regular file of at most `limit` bytes.
  ///
  /// - Throws: ``DatasetError``: missing when it is not there or may not be read, damaged when it is longer.
  static func read(_ url: URL, limit: Int) throws -> Data {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: url.resolvingSymlinksInPath().path)
    guard let attributes else {
      throw DatasetError(
        .missing, "\(url.path): expected a readable file, found none; name its folder")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw DatasetError(
        .damaged, "\(url.path): expected a regular file, found a folder or a device; replace it")
    }
    let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
    guard size <= limit else {
      throw DatasetError(
        .damaged,
        "\(url.path): expected at most \(limit) bytes, found \(size); this is another file")
    }
    do {
      return try Data(contentsOf: url)
    } catch {
      throw DatasetError(
        .missing, "\(url.path): expected a readable file: \(error.localizedDescription)")
    }
  }

  /// Checks the size of a file's content.
  static func check(_ data: Data, byteCount: Int, name: String) throws {
    guard data.count == byteCount else {
      throw DatasetError(
        .damaged,
        "\(name): expected \(byteCount) bytes, found \(data.count); "
          + "the file is cut off or another one: fetch it again")
    }
  }

  /// Checks a digest that was computed over a file.
  static func check(_ found: String, is expected: String, algorithm: String, name: String) throws {
    guard found == expected else {
      throw DatasetError(
        .damaged,
        "\(name): expected \(algorithm) \(expected), found \(found); "
          + "the file was altered: fetch it again, or accept it with --unverified-data")
    }
  }

  /// The names in a folder that do not start with a dot, in the order of their bytes.
  static func names(in folder: URL) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { !$0.hasPrefix(".") }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw DatasetError(
        .missing, "\(folder.path): expected a readable folder: \(error.localizedDescription)")
    }
  }
}
