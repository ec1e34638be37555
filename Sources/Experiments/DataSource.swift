import Foundation

/// Where a process reads images from; it decides nothing that a verified run's result depends on.
public struct DataSource: Hashable, Sendable {
  /// The folder of the data files, or of own images; nil for each data set's usual place.
  public var folder: URL?
  /// Whether files that are not the official ones are taken; their digest then enters a run's key.
  public var acceptsUnverified: Bool

  /// The folder of modified images that were made elsewhere; see ``ImportedEcho``.
  public var echoFolder: URL?

  /// Creates a source; the default reads official files from their usual places.
  public init(folder: URL? = nil, acceptsUnverified: Bool = false, echoFolder: URL? = nil) {
    self.folder = folder
    self.acceptsUnverified = acceptsUnverified
    self.echoFolder = echoFolder
  }
}
