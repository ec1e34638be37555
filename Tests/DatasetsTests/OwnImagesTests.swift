import Foundation
import TestSupport
import Testing
import Torch

@testable import Datasets

struct OwnImagesTests {
  private func folder(_ given: String? = nil) throws -> ScratchFolder {
    let pixels = NPYFile.encode(.from([1, 2, 3, 4, 5, 6, 7, 8] as [UInt8], shape: [2, 2, 2]))
    let labels = NPYFile.encode(.from([0, 1], shape: [2]))
    var files = [
      "train-images.npy": pixels, "train-labels.npy": labels, "test-images.npy": pixels,
      "test-labels.npy": labels,
    ]
    files["given-labels.csv"] = given.map { Data($0.utf8) }
    return try ScratchFolder(files)
  }

  @Test func ownImagesAreLoadedByPathAndByDigest() throws {
    let folder = try folder()
    let data = try DatasetCatalog.load("npy:\(folder.url.path)")
    #expect(data.train.labels == [0, 1])
    #expect(!data.identifier.contains("/"))
    #expect(try DatasetCatalog.load(data.identifier, from: folder.url) == data)
    expectDatasetError(.damaged, ["expected the images own-0123, found \(data.identifier)"]) {
      _ = try DatasetCatalog.load("own-0123", from: folder.url)
    }
    expectDatasetError(.unknown, ["expected their folder, found none"]) {
      _ = try DatasetCatalog.load("own-0123")
    }
    expectDatasetError(.unknown, ["'folder:' names no folder: expected folder:PATH"]) {
      _ = try DatasetCatalog.load("folder:")
    }
    expectDatasetError(.missing, ["/nowhere/train: expected a folder"]) {
      _ = try DatasetCatalog.load("folder:/nowhere")
    }
  }

  @Test func theSameImagesInAnyFormatAreTheSame() throws {
    let image = try PNGFile.decode([UInt8](Fixture.data("datasets/grey.png")), name: "x")
    let pixels = NPYFile.encode(
      .from(image.planes[0] + image.planes[0], shape: [2, 5, 7]))
    let test = NPYFile.encode(.from(image.planes[0], shape: [1, 5, 7]))
    let arrays = try ScratchFolder([
      "train-images.npy": pixels, "train-labels.npy": NPYFile.encode(.from([0, 1], shape: [2])),
      "test-images.npy": test, "test-labels.npy": NPYFile.encode(.from([1], shape: [1])),
    ])
    let png = try Fixture.data("datasets/grey.png")
    let files = try ScratchFolder([
      "train/a/1.png": png, "train/b/1.png": png, "test/b/1.png": png,
    ])
    let left = try DatasetCatalog.load("npy:\(arrays.url.path)")
    let right = try DatasetCatalog.load("folder:\(files.url.path)")
    #expect(left.identifier == right.identifier)
    #expect(left.identifier.count == 20)
    #expect(try DatasetCatalog.load(left.identifier, from: files.url) == right)
  }

  @Test(arguments: ["index,label\n0,1\n1,1\n", "index,clean,noisy\r\n1,1,1\r\n0,0,1"])
  func givenLabelsAreRead(text: String) throws {
    let folder = try folder(text)
    let data = try DatasetCatalog.load("npy:\(folder.url.path)")
    #expect(DatasetCatalog.givenLabelSets(of: data) == ["own"])
    #expect(try DatasetCatalog.givenLabels(of: data, set: "own") == [1, 1])
    #expect(
      try DatasetCatalog.givenLabels(of: "npy:\(folder.url.path)", set: "own") == [1, 1])
    let plain = try self.folder()
    #expect(try DatasetCatalog.load("npy:\(plain.url.path)").identifier == data.identifier)
  }

  @Test(arguments: [
    ("", "line 1: expected 'index,label' or 'index,clean,noisy', found the file's end"),
    ("label\n", "line 1: expected 'index,label' or 'index,clean,noisy', found 'label'"),
    (
      "index,label\n0,2\n1,0\n",
      "line 2: expected an index in 0..<2 and labels in 0..<2, found '0,2'"
    ),
    ("index,label\n0,1\n2,0\n", "line 3: expected an index in 0..<2"),
    ("index,label\n0,1\n0,0\n", "line 3: expected one line for image 0, found '0,0'"),
    ("index,label\n0,1\n", "line 3: expected a line for image 1, found the file's end"),
    ("index,label\n0,1\n\n1,1\n", "line 3: expected an index"),
    ("index,label\n0,x\n", "line 2: expected an index"),
    (
      "index,clean,noisy\n0,1,1\n1,1,1\n",
      "line 2: expected clean label 0 of image 0, found '0,1,1'"
    ),
    ("index,label\n0,1,1\n", "line 2: expected an index"),
  ])
  func brokenGivenLabelsAreRefused(text: String, reason: String) throws {
    let folder = try folder(text)
    expectDatasetError(.damaged, [folder.url.path + "/given-labels.csv: " + reason, "correct it"]) {
      _ = try DatasetCatalog.load("npy:\(folder.url.path)")
    }
  }

  @Test func momentsAreThoseOfEachChannel() {
    // Two images of two channels, 1 x 2.
    let (mean, deviation) = OwnImages.moments(
      of: PixelBytes([0, 2, 51, 51, 4, 2, 51, 51]), shape: [2, 1, 2])
    expectClose(mean, [2.0 / 255, 0.2])
    expectClose(deviation, [Float(2.0.squareRoot() / 255), 1])
  }
}
