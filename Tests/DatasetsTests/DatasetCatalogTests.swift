import Datasets
import Foundation
import Testing

struct DatasetCatalogTests {
  @Test func identifiersAreUniqueAndInOrder() {
    #expect(DatasetCatalog.identifiers.first == "fashion-mnist")
    #expect(Set(DatasetCatalog.identifiers).count == DatasetCatalog.identifiers.count)
  }

  @Test func anUnknownNameIsAnsweredWithTheKnownOnes() {
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.load("mnist") }
    #expect(error?.kind == .unknown)
    #expect(
      error?.description
        == "unknown data set 'mnist': expected one of "
        + DatasetCatalog.identifiers.joined(separator: ", "))
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
