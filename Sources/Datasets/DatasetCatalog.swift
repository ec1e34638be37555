import Foundation

/// The data sets that can be named, in the order of lists.
public enum DatasetCatalog {
  private struct Entry {
    let identifier: String
    let shape: [Int]
    /// The files that `make data` fetches; nil for a data set that comes with a system package.
    var distribution: CIFARDistribution?
    let load: (URL?, DataVerification) throws -> ImageDataset
  }

  private static var entries: [Entry] {
    [
      Entry(identifier: FashionMNIST.identifier, shape: FashionMNIST.shape) {
        folder, verification in
        try FashionMNIST.load(
          from: folder ?? FashionMNIST.defaultFolder, verification: verification)
      },
      Entry(
        identifier: CIFAR10.identifier, shape: CIFARDistribution.shape,
        distribution: CIFAR10.distribution
      ) { try CIFAR10.load(from: $0, verification: $1) },
      Entry(
        identifier: CIFAR100.identifier, shape: CIFARDistribution.shape,
        distribution: CIFAR100.distribution
      ) { try CIFAR100.load(from: $0, verification: $1) },
    ]
  }

  /// The identifiers of published data sets that ``load(_:from:verification:)`` knows.
  public static var identifiers: [String] { entries.map(\.identifier) }

  /// Channels, height and width of a published data set, without reading it; nil for other names, own images among them.
  public static func shape(of identifier: String) -> [Int]? {
    entries.first { $0.identifier == identifier }?.shape
  }

  /// The shape of the largest images of published data sets.
  public static var largestShape: [Int] {
    entries.map(\.shape).max { $0.reduce(1, *) < $1.reduce(1, *) } ?? [1, 1, 1]
  }

  /// The bytes that `make data` would fetch for the images of a data set; 0 when they are there, or are not fetched.
  ///
  /// - Parameters:
  ///   - identifier: The data set's identifier.
  ///   - folder: The data folder; nil for ``DataFolder/standard(environment:home:)``.
  /// - Returns: A number of bytes.
  public static func downloadBytes(of identifier: String, into folder: URL? = nil) -> Int {
    guard let entry = entries.first(where: { $0.identifier == identifier }),
      let distribution = entry.distribution
    else { return 0 }
    let isPresent = distribution.isPresent(in: folder ?? DataFolder.standard())
    return isPresent ? 0 : distribution.archive.byteCount
  }

  /// Whether the files that would be read have published digests; true when there are none.
  ///
  /// Only the unpacked binary version of CIFAR has none, so that it can only be read unverified.
  public static func isVerifiable(_ identifier: String, in folder: URL? = nil) -> Bool {
    entries.first { $0.identifier == identifier }?.distribution?
      .isVerifiable(in: folder ?? DataFolder.standard()) ?? true
  }

  /// The files, and folders, whose content decides what ``load(_:from:verification:)`` gives now.
  ///
  /// - Returns: Nil where that cannot be said, because files are missing or the name is unknown.
  static func sources(of identifier: String, from folder: URL?) throws -> [URL]? {
    if let own = try OwnImages.sources(of: identifier, from: folder) { return own }
    if identifier == FashionMNIST.identifier {
      return FashionMNIST.sources(in: folder ?? FashionMNIST.defaultFolder)
    }
    return entries.first { $0.identifier == identifier }?.distribution?
      .sources(in: folder ?? DataFolder.standard())
  }

  /// Reads and verifies a data set.
  ///
  /// Own images are named `folder:PATH` or `npy:PATH` (see ``ImageFolder`` and ``NPYDataset``). What is loaded then has an
  /// identifier without a path, `own-` and the beginning of its content digest, which also loads it, and checks it, when
  /// its folder is given.
  ///
  /// - Parameters:
  ///   - identifier: One of ``identifiers``, or a name of own images.
  ///   - folder: Where its files are; nil for the data set's usual place.
  ///   - verification: Whether published data sets must be the published ones.
  /// - Returns: The data set.
  /// - Throws: ``DatasetError`` for an unknown name, and for missing or altered files.
  public static func load(
    _ identifier: String, from folder: URL? = nil, verification: DataVerification = .official
  ) throws -> ImageDataset {
    if let own = try OwnImages.load(identifier, from: folder) { return own }
    guard let entry = entries.first(where: { $0.identifier == identifier }) else {
      throw DatasetError(
        .unknown,
        "unknown data set '\(identifier)': expected one of \(identifiers.joined(separator: ", ")), "
          + "or own images as folder:PATH or npy:PATH")
    }
    return try entry.load(folder, verification)
  }
}
