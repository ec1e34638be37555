import Datasets
import Foundation
import Testing

struct DatasetCatalogTests {
  @Test func identifiersAreUniqueAndInOrder() {
    #expect(DatasetCatalog.identifiers == ["fashion-mnist", "cifar-10", "cifar-100"])
    #expect(Set(DatasetCatalog.identifiers).count == DatasetCatalog.identifiers.count)
  }

  @Test func anUnknownNameIsAnsweredWithTheKnownOnes() {
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.load("mnist") }
    #expect(error?.kind == .unknown)
    #expect(
      error?.description
        == "unknown data set 'mnist': expected one of "
        + "fashion-mnist, cifar-10, cifar-100, or own images as folder:PATH or npy:PATH")
  }

  @Test func shapesAreKnownWithoutReading() {
    #expect(DatasetCatalog.shape(of: "fashion-mnist") == [1, 28, 28])
    #expect(DatasetCatalog.shape(of: "cifar-100") == [3, 32, 32])
    #expect(DatasetCatalog.shape(of: "own-0123") == nil)
    #expect(DatasetCatalog.largestShape == [3, 32, 32])
  }

  @Test func onlyWhatIsMissingIsFetched() throws {
    let folder = try ScratchFolder()
    #expect(DatasetCatalog.downloadBytes(of: "fashion-mnist", into: folder.url) == 0)
    #expect(DatasetCatalog.downloadBytes(of: "own-0123", into: folder.url) == 0)
    #expect(DatasetCatalog.downloadBytes(of: "cifar-10", into: folder.url) == 170_052_171)
    #expect(DatasetCatalog.downloadBytes(of: "cifar-100", into: folder.url) == 168_513_733)
    try folder.write(Data(), to: "cifar-10-batches-py/data_batch_1")
    #expect(DatasetCatalog.downloadBytes(of: "cifar-10", into: folder.url) == 0)
    try folder.write(Data(), to: "cifar-100-binary.tar.gz")
    #expect(DatasetCatalog.downloadBytes(of: "cifar-100", into: folder.url) == 0)
  }

  @Test(arguments: DatasetCatalog.identifiers)
  func theFolderIsPassedOn(identifier: String) {
    let folder = URL(fileURLWithPath: "/nowhere")
    let error = #expect(throws: DatasetError.self) {
      try DatasetCatalog.load(identifier, from: folder)
    }
    #expect(error?.kind == .missing)
    #expect(error?.description.contains("/nowhere") == true)
  }
}
