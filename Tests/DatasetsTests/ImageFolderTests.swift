import Foundation
import TestSupport
import Testing

@testable import Datasets

struct ImageFolderTests {
  private func png(_ name: String) throws -> Data { try Fixture.data("datasets/\(name).png") }

  private func folder() throws -> ScratchFolder {
    try ScratchFolder([
      "train/dog/2.png": png("grey"), "train/dog/10.png": png("color"),
      "train/cat/a.PNG": png("palette"), "test/cat/1.png": png("grey"),
      "train/.hidden/x": Data(), "train/cat/.hidden": Data(),
    ])
  }

  @Test func classesAndFilesAreInTheOrderOfTheirNames() throws {
    let folder = try folder()
    let data = try ImageFolder.load(from: folder.url)
    #expect(data.classNames == ["cat", "dog"])
    #expect(data.shape == [3, 5, 7])
    #expect(data.train.labels == [0, 1, 1])
    #expect(data.test.labels == [0])
    let grey = try PNGFile.decode([UInt8](png("grey")), name: "x")
    let color = try PNGFile.decode([UInt8](png("color")), name: "x")
    #expect(Array(data.train.pixels[105..<210]) == color.pixels(channels: 3))
    #expect(Array(data.train.pixels[210...]) == grey.pixels(channels: 3))
    #expect(Array(data.test.pixels) == grey.pixels(channels: 3))
    #expect(!data.isVerified)
    #expect(data.identifier == "own-" + data.contentDigest.prefix(16))
    #expect(data.digests == ["content": data.contentDigest])
    #expect(data.givenLabels.isEmpty)
  }

  @Test func greyFoldersStayGrey() throws {
    let folder = try ScratchFolder([
      "train/a/1.png": png("grey"), "train/b/1.png": png("grey"), "test/a/1.png": png("grey"),
    ])
    #expect(try ImageFolder.load(from: folder.url).shape == [1, 5, 7])
  }

  @Test func whatIsWrongIsNamed() throws {
    func expect(
      _ kind: DatasetError.Kind, _ parts: [String], _ change: (ScratchFolder) throws -> Void
    ) throws {
      let folder = try folder()
      try change(folder)
      expectDatasetError(kind, [folder.url.path] + parts) {
        _ = try ImageFolder.load(from: folder.url)
      }
    }
    try expect(.damaged, ["/train/dog/3.jpg: expected 5 x 7", "found 20 x 28"]) {
      try $0.write(Fixture.data("datasets/color.jpg"), to: "train/dog/3.jpg")
    }
    try expect(.damaged, ["/train/cat/notes.txt: expected a file that ends in .png"]) {
      try $0.write(Data(), to: "train/cat/notes.txt")
    }
    try expect(.damaged, ["/train/cat/b.png: expected a PNG image, found none"]) {
      try $0.write(Data("no".utf8), to: "train/cat/b.png")
    }
    try expect(.damaged, ["/train/file: expected the folder of a class"]) {
      try $0.write(Data(), to: "train/file")
    }
    try expect(.damaged, ["/test: expected classes of", "found eel"]) {
      try $0.write(png("grey"), to: "test/eel/1.png")
    }
    try expect(.missing, ["/test: expected a folder"]) {
      try FileManager.default.removeItem(at: $0.url.appendingPathComponent("test"))
    }
    try expect(.damaged, ["expected at least one test image"]) {
      try FileManager.default.removeItem(at: $0.url.appendingPathComponent("test/cat"))
    }
    try expect(.damaged, ["/train/cat: expected at least one image"]) {
      try FileManager.default.removeItem(at: $0.url.appendingPathComponent("train/cat/a.PNG"))
    }
    try expect(.damaged, ["/train: expected the folders of at least two classes, found 1"]) {
      try FileManager.default.removeItem(at: $0.url.appendingPathComponent("train/dog"))
    }
  }
}
