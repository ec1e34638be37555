import Foundation
import Testing
import Torch
import TorchTestSupport

@testable import Datasets

/// Own images as arrays, decoded into a folder of their own.
struct DecodedImagesTests {
  private let source: ScratchFolder
  private let cache: ScratchFolder
  private let images: DecodedImages

  init() throws {
    source = try ScratchFolder()
    cache = try ScratchFolder()
    images = DecodedImages(folder: cache.url, minimumByteCount: 1, settlingSeconds: 0)
    try write(seed: 1)
  }

  private func write(seed: UInt64) throws {
    let data = ImageDataset.learnable(train: 20, test: 8, seed: seed)
    for (name, part) in [("train", data.train), ("test", data.test)] {
      try source.write(
        NPYFile.encode(.from(Array(part.pixels), shape: [part.count] + data.shape)),
        to: "\(name)-images.npy")
      try source.write(
        NPYFile.encode(.from(part.labels, shape: [part.count])), to: "\(name)-labels.npy")
    }
    let given = data.train.labels.enumerated().map { "\($0.offset),\($0.element),1" }
    try source.write(
      Data((["index,clean,noisy"] + given).joined(separator: "\n").utf8), to: "given-labels.csv")
  }

  private var name: String { "npy:\(source.url.path)" }

  private func files(_ ending: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(atPath: cache.url.path)
      .filter { $0.hasSuffix("." + ending) }.map(cache.url.appendingPathComponent)
  }

  /// The number of a file in its file system: a file that was made again has another.
  private func number(_ file: URL) throws -> UInt64 { try #require(SourceState(of: file)).number }

  @Test func everyLoadGivesWhatTheLoaderGives() throws {
    let plain = try DatasetCatalog.load(name)
    #expect(plain.givenLabels["own"]?.count == 20)
    let first = try images.load(name)
    let body = try #require(try files("pixels").first)
    let number = try number(body)
    let second = try images.load(name)
    #expect(first == plain && second == plain)
    #expect(try files("pixels").count == 1 && files("json").count == 1)
    #expect(try self.number(body) == number)
    #expect(try images.load(plain.identifier, from: source.url) == plain)
  }

  @Test func theSecondLoadReadsNoSource() throws {
    _ = try images.load(name)
    // A file that cannot be parsed, with its old state: only a loader would notice.
    let facts = try #require(try files("json").first)
    let stored = try #require(DecodedFacts(decoding: try Data(contentsOf: facts)))
    try source.write(Data("no array".utf8), to: "train-images.npy")
    let states = try #require(
      try DatasetCatalog.sources(of: name, from: nil).flatMap(SourceState.all))
    var altered = stored
    altered.sources = SourceState.digest(of: states)
    try altered.encoded().write(to: facts)
    #expect(try images.load(name).train.count == 20)
  }

  @Test func processesMapTheSameFile() throws {
    _ = try images.load(name)
    let body = try #require(try files("pixels").first)
    let maps = try withExtendedLifetime(try images.load(name)) {
      String(
        decoding: try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/self/maps"))
          .readToEnd() ?? Data(), as: UTF8.self)
    }
    let line = try #require(
      maps.split(separator: "\n").first { $0.hasSuffix(body.lastPathComponent) })
    #expect(line.contains(" r--s "), "\(line)")
  }

  @Test func anAlteredSourceIsReadAgain() throws {
    let old = try images.load(name)
    try write(seed: 2)
    let new = try images.load(name)
    #expect(try new == DatasetCatalog.load(name) && new != old)
    #expect(old.train.pixels.count == new.train.pixels.count)
  }

  @Test func aFileThatAppearsIsNoticed() throws {
    let old = try images.load(name)
    try source.write(Data("a\nb\nc\nd\n".utf8), to: "classes.txt")
    #expect(old.classNames[0] == "class 0")
    #expect(try images.load(name).classNames == ["a", "b", "c", "d"])
  }

  /// Whatever is done to the files of the folder, the data are right, and the files are right afterwards.
  @Test(arguments: ["pixels", "json"])
  func damagedFilesAreMadeAgain(ending: String) throws {
    let plain = try DatasetCatalog.load(name)
    _ = try images.load(name)
    let file = try #require(try files(ending).first)
    let whole = try Data(contentsOf: file)
    var mutations = SplitMix(seed: 3)
    var damages: [Data] = [Data(), whole.dropLast(), whole + [0]]
    for _ in 0..<60 { damages.append(Data(mutations.damaged(Array(whole)))) }
    for damaged in damages where damaged != whole {
      try Data(damaged).write(to: file)
      #expect(try images.load(name) == plain)
      #expect(try Data(contentsOf: file) == whole)
    }
    try FileManager.default.removeItem(at: file)
    #expect(try images.load(name) == plain)
    #expect(FileManager.default.fileExists(atPath: file.path))
  }

  @Test func whatCannotBeWrittenStaysInMemory() throws {
    let plain = try DatasetCatalog.load(name)
    // A file where the folder would be.
    let blocked = cache.url.appendingPathComponent("blocked")
    try Data().write(to: blocked)
    for folder in [blocked, blocked.appendingPathComponent("below"), nil] {
      let images = DecodedImages(folder: folder, minimumByteCount: 1, settlingSeconds: 0)
      #expect(try images.load(name) == plain)
    }
    #expect(try Data(contentsOf: blocked).isEmpty)
  }

  @Test func smallOrFreshDataMakeNoFile() throws {
    _ = try DecodedImages(folder: cache.url).load(name)
    _ = try DecodedImages(folder: cache.url, minimumByteCount: 1, settlingSeconds: 60).load(name)
    _ = try DecodedImages(folder: cache.url, minimumByteCount: 1 << 20, settlingSeconds: 0)
      .load(name)
    #expect(try FileManager.default.contentsOfDirectory(atPath: cache.url.path).isEmpty)
  }

  @Test func whatHasGoneIsForgotten() throws {
    _ = try images.load(name)
    let old = try #require(try files("json").first)
    try write(seed: 2)
    try FileManager.default.moveItem(
      at: source.url, to: cache.url.appendingPathComponent("moved"))
    _ = try images.load("npy:\(cache.url.path)/moved")
    #expect(!FileManager.default.fileExists(atPath: old.path))
    #expect(try files("json").count == 1)
    // The body that nothing names is young, and may be another process's.
    #expect(try files("pixels").count == 2)
  }

  @Test func errorsAreThoseOfTheLoader() throws {
    _ = try images.load(name)
    try FileManager.default.removeItem(at: source.url.appendingPathComponent("test-labels.npy"))
    expectDatasetError(.missing, ["test-labels.npy"]) { _ = try images.load(name) }
    expectDatasetError(.unknown, ["unknown data set 'mnist'"]) { _ = try images.load("mnist") }
  }

  @Test func theFolderFollowsTheEnvironment() {
    let home = URL(fileURLWithPath: "/home/me")
    func path(_ environment: [String: String]) -> String? {
      DecodedImages.standard(environment: environment, home: home).folder?.path
    }
    #expect(path([:]) == "/home/me/.cache/plumbline/decoded")
    #expect(path(["XDG_CACHE_HOME": "/c"]) == "/c/plumbline/decoded")
    #expect(path(["PLUMBLINE_DATA": "/d"]) == "/home/me/.cache/plumbline/decoded")
    #expect(path(["PLUMBLINE_DECODED": "/e", "XDG_CACHE_HOME": "/c"]) == "/e")
    #expect(path(["PLUMBLINE_DECODED": ""]) == "/home/me/.cache/plumbline/decoded")
    #expect(path(["PLUMBLINE_DECODED": "off"]) == nil)
  }
}
