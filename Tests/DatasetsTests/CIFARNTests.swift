import Foundation
import TestSupport
import Testing

@testable import Datasets

struct CIFARNTests {
  /// A data set of given training labels with one pixel an image.
  private func dataset(
    _ identifier: String = "cifar-10", labels: [Int], classes: Int, coarseMap: [Int]? = nil
  ) -> ImageDataset {
    ImageDataset(
      identifier: identifier, displayName: identifier.uppercased(), shape: [1, 1, 1],
      classNames: (0..<classes).map(String.init), mean: [0], standardDeviation: [1],
      train: ImageSet(pixels: labels.map { _ in 0 }, labels: labels),
      test: ImageSet(pixels: [], labels: []), digests: [:], coarseMap: coarseMap,
      coarseClassNames: coarseMap.map { _ in ["x", "y"] })
  }

  private let worst = CIFARN.LabelSet(name: "worst", key: "worse_label")

  private func decode(_ dataset: ImageDataset) throws -> [Int] {
    try CIFARN.decode(
      Fixture.data("datasets/human.pt"), name: "some.pt", worst, dataset: dataset)
  }

  @Test func aFileOfPyTorchIsRead() throws {
    #expect(try decode(dataset(labels: [0, 1, 2, 3, 0, 1], classes: 4)) == [0, 2, 2, 3, 1, 1])
  }

  @Test func imagesInAnotherOrderAreRefused() {
    expectDatasetError(
      .damaged,
      ["some.pt: training image 1: expected clean label 1, found 2 in CIFAR-10", "another order"]
    ) { _ = try decode(dataset(labels: [0, 2, 1, 3, 0, 1], classes: 4)) }
    expectDatasetError(.damaged, ["expected 5 integers under 'clean_label', found 6"]) {
      _ = try decode(dataset(labels: [0, 2, 1, 3, 0], classes: 4))
    }
    expectDatasetError(.damaged, ["'clean_label' 3: expected a label in 0..<3, found 3"]) {
      _ = try decode(dataset(labels: [0, 1, 2, 3, 0, 1], classes: 3))
    }
  }

  @Test func superClassesAreCheckedWithTheMap() throws {
    let file = try Fixture.data("datasets/human-coarse.pt")
    let sets = CIFARN.files[1].sets
    let data = dataset("cifar-100", labels: [2, 0, 1], classes: 3, coarseMap: [0, 1, 1])
    #expect(try CIFARN.decode(file, name: "x", sets[0], dataset: data) == [0, 0, 1])
    #expect(try CIFARN.decode(file, name: "x", sets[1], dataset: data) == [0, 0, 1])
    let other = dataset("cifar-100", labels: [2, 0, 1], classes: 3, coarseMap: [1, 1, 1])
    #expect(try CIFARN.decode(file, name: "x", sets[0], dataset: other) == [0, 0, 1])
    expectDatasetError(.damaged, ["training image 1: expected clean label 0, found 1"]) {
      _ = try CIFARN.decode(file, name: "x", sets[1], dataset: other)
    }
  }

  @Test func unknownSetsMissingAndAlteredFilesAreRefused() throws {
    let data = dataset(labels: [0], classes: 10)
    let folder = try ScratchFolder()
    #expect(
      DatasetCatalog.givenLabelSets(of: data)
        == ["aggregate", "random1", "random2", "random3", "worst"])
    #expect(CIFARN.sets(of: "cifar-100") == ["noisy-fine", "noisy-coarse"])
    expectDatasetError(
      .unknown, ["cifar-10 has no given labels 'best': expected one of aggregate, random1"]
    ) { _ = try DatasetCatalog.givenLabels(of: data, set: "best", from: folder.url) }
    let other = dataset("fashion-mnist", labels: [0], classes: 10)
    expectDatasetError(.unknown, ["fashion-mnist has no given labels 'worst'"]) {
      _ = try DatasetCatalog.givenLabels(of: other, set: "worst", from: folder.url)
    }
    expectDatasetError(
      .missing, [folder.url.path, "CIFAR-10_human.pt", "make data", "--data-dir"]
    ) { _ = try DatasetCatalog.givenLabels(of: data, set: "worst", from: folder.url) }
    try folder.write(Data(count: 5), to: "CIFAR-10_human.pt")
    expectDatasetError(.damaged, ["expected 2401007 bytes, found 5"]) {
      _ = try DatasetCatalog.givenLabels(of: data, set: "worst", from: folder.url)
    }
    try folder.write(Data(count: 2_401_007), to: "CIFAR-10_human.pt")
    expectDatasetError(.damaged, ["CIFAR-10_human.pt: expected SHA-256 873e69c3", "found "]) {
      _ = try DatasetCatalog.givenLabels(of: data, set: "worst", from: folder.url)
    }
  }

  /// The file's clean labels stand in for the images, so that the label file alone suffices.
  private func realSets(_ identifier: String, _ rates: [(String, Double)]) throws {
    let folder = try #require(RealData.folder)
    let file = try #require(CIFARN.files.first { $0.dataset == identifier })
    let bytes = try Data(contentsOf: folder.appendingPathComponent(file.name))
    let archive = try ZipArchive(decoding: bytes, name: file.name)
    let path = try #require(archive.paths.first { $0.hasSuffix("/data.pkl") })
    let value = try RestrictedPickle.decode(
      [UInt8](archive.content(of: path, limit: 1 << 24)), name: file.name)
    let clean = try #require(value["clean_label"]?.integers)
    var map = [Int](repeating: 0, count: 100)
    for (label, coarse) in zip(clean, value["clean_coarse_label"]?.integers ?? []) {
      map[label] = coarse
    }
    let isCoarse = identifier == "cifar-100"
    let data = ImageDataset(
      identifier: identifier, displayName: identifier, shape: [1, 1, 1],
      classNames: isCoarse ? CIFAR100.classNames : CIFAR10.classNames, mean: [0],
      standardDeviation: [1], train: ImageSet(pixels: [], labels: clean),
      test: ImageSet(pixels: [], labels: []), digests: [:], coarseMap: isCoarse ? map : nil,
      coarseClassNames: isCoarse ? CIFAR100.coarseClassNames : nil)
    for (set, rate) in rates {
      let labels = try DatasetCatalog.givenLabels(of: data, set: set, from: folder)
      #expect(labels.count == 50_000)
      let expected = set == "noisy-coarse" ? clean.map { map[$0] } : clean
      let found = RealData.difference(labels, expected)
      #expect((found * 100).rounded() == (rate * 100).rounded(), "\(set): \(found)")
    }
  }

  @Test(.enabled(if: RealData.has("CIFAR-10_human.pt"), "no CIFAR-10_human.pt at hand"))
  func theNoiseOfCIFAR10NIsAsMeasured() throws {
    try realSets(
      "cifar-10",
      [
        ("aggregate", 9.01), ("random1", 17.23), ("random2", 18.12), ("random3", 17.64),
        ("worst", 40.21),
      ])
  }

  @Test(.enabled(if: RealData.has("CIFAR-100_human.pt"), "no CIFAR-100_human.pt at hand"))
  func theNoiseOfCIFAR100NIsAsMeasured() throws {
    try realSets("cifar-100", [("noisy-fine", 40.20), ("noisy-coarse", 26.40)])
  }

  @Test(
    .enabled(
      if: RealData.has("CIFAR-10_human.pt") && RealData.has("cifar-10-batches-bin"),
      "no CIFAR-10_human.pt with cifar-10-batches-bin at hand"))
  func theLabelsLineUpWithTheImages() throws {
    let labels = try DatasetCatalog.givenLabels(
      of: "cifar-10", set: "worst", from: RealData.folder, verification: .unverified)
    #expect(labels.count == 50_000)
  }
}
