import Foundation

/// The data sets that can be named, in the order of lists.
public enum DatasetCatalog {
  private struct Entry {
    let identifier: String
    let load: (URL?) throws -> ImageDataset
  }

  private static var entries: [Entry] {
    [
      Entry(identifier: FashionMNIST.identifier) { folder in
        try FashionMNIST.load(from: folder ?? FashionMNIST.defaultFolder)
      }
    ]
  }

  /// The identifiers that ``load(_:from:)`` knows.
  public static var identifiers: [String] { entries.map(\.identifier) }

  /// Reads and verifies a data set.
  ///
  /// - Parameters:
  ///   - identifier: One of ``identifiers``.
  ///   - folder: Where its files are; nil for the data set's usual place.
  /// - Returns: The data set.
  /// - Throws: ``DatasetError`` for an unknown name, and for missing or altered files.
  public static func load(_ identifier: String, from folder: URL? = nil) throws -> ImageDataset {
    guard let entry = entries.first(where: { $0.identifier == identifier }) else {
      throw DatasetError(
        .unknown,
        "unknown data set '\(identifier)': expected one of \(identifiers.joined(separator: ", "))")
    }
    return try entry.load(folder)
  }
}
