import Datasets
import Foundation
import TestSupport
import Testing
import Torch

struct NPYDatasetTests {
  private func images(_ shape: [Int]) -> Data {
    let count = shape.reduce(1, *)
    return NPYFile.encode(.from((0..<count).map { UInt8($0 % 251) }, shape: shape))
  }

  private func labels(_ labels: [Int]) -> Data {
    NPYFile.encode(.from(labels, shape: [labels.count]))
  }

  private func files() -> [String: Data] {
    [
      "train-images.npy": images([3, 2, 4]), "train-labels.npy": labels([1, 0, 2]),
      "test-images.npy": images([2, 1, 2, 4]),
      "test-labels.npy": NPYFile.encode(.from([0, 1] as [UInt8], shape: [2])),
    ]
  }

  @Test func arraysBecomeADataSet() throws {
    let folder = try ScratchFolder(files())
    let data = try NPYDataset.load(from: folder.url)
    #expect(data.shape == [1, 2, 4])
    #expect(data.train == ImageSet(pixels: (0..<24).map { UInt8($0) }, labels: [1, 0, 2]))
    #expect(data.test == ImageSet(pixels: (0..<16).map { UInt8($0) }, labels: [0, 1]))
    #expect(data.classNames == ["class 0", "class 1", "class 2"])
    // Mean of 0...23 and its deviation, (24² − 1) / 12 squared.
    expectClose(data.mean, [11.5 / 255])
    expectClose(data.standardDeviation, [Float((575.0 / 12).squareRoot() / 255)])
    #expect(data.identifier == "own-" + data.contentDigest.prefix(16))
  }

  @Test func colorAndNamesAreRead() throws {
    var files = self.files()
    files["train-images.npy"] = images([3, 3, 2, 2])
    files["test-images.npy"] = images([2, 3, 2, 2])
    files["classes.txt"] = Data("ant\nbee\ncow\ndog\n".utf8)
    let folder = try ScratchFolder(files)
    let data = try NPYDataset.load(from: folder.url)
    #expect(data.shape == [3, 2, 2])
    #expect(data.classNames == ["ant", "bee", "cow", "dog"])
    #expect(data.mean.count == 3)
  }

  @Test(arguments: [
    ("train-images.npy", [3, 2, 2, 3], "n x 3 x h x w or n x h x w, found"),
    ("test-images.npy", [2, 2, 5], "expected images of shape [1, 2, 4] as in training"),
    ("test-images.npy", [3, 2, 4], "expected 3 integers (int64 or uint8), one an image"),
    ("train-images.npy", [3, 2000, 1], "pixels on a side, found 2000 x 1"),
    ("train-images.npy", [3, 0, 4], "pixels on a side, found 0 x 4"),
    ("train-images.npy", [0, 2, 4], "expected 0 integers"),
  ])
  func imagesOfAnotherShapeAreRefused(name: String, shape: [Int], reason: String) throws {
    var files = self.files()
    files[name] = images(shape)
    let folder = try ScratchFolder(files)
    expectDatasetError(.damaged, [folder.url.path, reason]) {
      _ = try NPYDataset.load(from: folder.url)
    }
  }

  @Test func whatIsWrongIsNamed() throws {
    func expect(_ kind: DatasetError.Kind, _ name: String, _ data: Data?, _ reason: String) throws {
      var files = self.files()
      files[name] = data
      let folder = try ScratchFolder(files)
      expectDatasetError(kind, [folder.url.path, name, reason]) {
        _ = try NPYDataset.load(from: folder.url)
      }
    }
    try expect(.missing, "train-images.npy", nil, "expected a readable NPY file")
    try expect(.missing, "test-labels.npy", nil, "expected a readable NPY file")
    try expect(.damaged, "test-labels.npy", Data(count: 20), "found other first bytes")
    try expect(
      .damaged, "train-labels.npy", labels([0, -1, 2]), "image 1: expected a label in 0..<10000")
    try expect(
      .damaged, "train-images.npy", NPYFile.encode(.zeros([3, 2, 4])), "expected unsigned bytes")
    try expect(.damaged, "classes.txt", Data("ant\nant\n".utf8), "different class names")
    var files = self.files()
    files["classes.txt"] = Data("ant\nbee\n".utf8)
    let folder = try ScratchFolder(files)
    expectDatasetError(.damaged, ["train-labels.npy: image 2: expected a label in 0..<2, found 2"])
    { _ = try NPYDataset.load(from: folder.url) }
  }
}
