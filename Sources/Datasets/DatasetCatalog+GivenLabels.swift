import Foundation

extension DatasetCatalog {
  /// The names of the sets of given labels of a data set: those of people, or those that came with own images.
  public static func givenLabelSets(of dataset: ImageDataset) -> [String] {
    CIFARN.sets(of: dataset.identifier) + dataset.givenLabels.keys.sorted()
  }

  /// Labels that training images came with, wrong ones among them.
  ///
  /// - Parameters:
  ///   - dataset: The data set.
  ///   - set: One of ``givenLabelSets(of:)``.
  ///   - folder: The folder of label files; nil for ``DataFolder/standard(environment:home:)``.
  /// - Returns: One label a training image, in the data set's order.
  /// - Throws: ``DatasetError`` for an unknown set, a missing or altered file, and one that belongs to other images.
  public static func givenLabels(
    of dataset: ImageDataset, set: String, from folder: URL? = nil
  ) throws -> [Int] {
    if let labels = dataset.givenLabels[set] { return labels }
    return try CIFARN.labels(set, for: dataset, from: folder)
  }

  /// Labels that the training images of a named data set came with; the data set is read first, to check that they fit.
  ///
  /// - Throws: ``DatasetError`` as ``load(_:from:verification:)`` and ``givenLabels(of:set:from:)-(ImageDataset,_,_)`` do.
  public static func givenLabels(
    of identifier: String, set: String, from folder: URL? = nil,
    verification: DataVerification = .official
  ) throws -> [Int] {
    let dataset = try load(identifier, from: folder, verification: verification)
    return try givenLabels(of: dataset, set: set, from: folder)
  }
}
