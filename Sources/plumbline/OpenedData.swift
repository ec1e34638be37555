import Datasets
import Experiments
import Foundation
import Reproduction
import Torch

/// A data set that a command was asked to read, with where workers find it again.
struct OpenedData {
  /// The data set.
  let dataset: ImageDataset
  /// The digest by which unverified or own images are told apart; nil for official ones.
  let content: String?
  /// Where it was read from.
  let source: DataSource
  /// The shelf that holds it.
  let shelf: DataShelf

  /// Reads a data set by its name.
  ///
  /// - Throws: ``DatasetError``.
  init(_ name: String, options: DataOptions) throws {
    var source = options.source
    var identifier = name
    let parts = name.split(separator: ":", maxSplits: 1)
    if parts.count == 2, ["folder", "npy"].contains(parts[0]) {
      let own = try DatasetCatalog.load(name)
      identifier = own.identifier
      source.folder = URL(fileURLWithPath: String(parts[1]), isDirectory: true)
    }
    shelf = DataShelf(source: source, device: .cpu)
    dataset = try shelf.dataset(identifier)
    content = try shelf.unverifiedContent(of: identifier)
    self.source = source
  }
}
