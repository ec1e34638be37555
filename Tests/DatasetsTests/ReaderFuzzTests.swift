import Foundation
import TestSupport
import Testing
import Torch
import TorchTestSupport

@testable import Datasets

/// Damaged files give a value or the typed error in one line, in bounded time and memory, and never bring the process down.
struct ReaderFuzzTests {
  /// The damaged inputs of each reader.
  private static let rounds = 20_000
  /// By how much the process may grow while it reads them, in bytes.
  private static let growthLimit = 96 << 20

  /// The largest memory of the process so far, in bytes, and a new start of that count; nil where /proc lacks it.
  private func peakMemory() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) })
    else { return nil }
    return kibibytes << 10
  }

  private func resetPeak() {
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
    try? file.write(contentsOf: Data("5".utf8))
    try? file.close()
  }

  /// Reads damaged files; returns how many were refused.
  @discardableResult
  private func fuzz(
    _ corpus: [[UInt8]], seed: UInt64, sourceLocation: SourceLocation = #_sourceLocation,
    _ read: ([UInt8]) throws -> Void
  ) -> Int {
    for file in corpus {
      #expect(throws: Never.self, sourceLocation: sourceLocation) { try read(file) }
    }
    var mutator = ByteMutator(corpus, seed: seed)
    var refused = 0
    resetPeak()
    let before = peakMemory()
    let clock = ContinuousClock()
    var slowest = Duration.zero
    for round in 0..<Self.rounds {
      let bytes = mutator.next()
      let start = clock.now
      do {
        try read(bytes)
      } catch let error as DatasetError {
        refused += 1
        if error.description.contains("\n") || error.kind != .damaged {
          Issue.record("round \(round): \(error)", sourceLocation: sourceLocation)
        }
      } catch is TensorFileError {
        refused += 1
      } catch {
        Issue.record("round \(round): \(error)", sourceLocation: sourceLocation)
      }
      slowest = max(slowest, clock.now - start)
    }
    #expect(slowest < .seconds(2), sourceLocation: sourceLocation)
    if let before, let after = peakMemory() {
      #expect(after - before < Self.growthLimit, sourceLocation: sourceLocation)
    }
    // Neither all nor none: the damages reach the readers' checks and their good paths.
    #expect(
      (Self.rounds / 10..<Self.rounds).contains(refused), "\(refused) refused",
      sourceLocation: sourceLocation)
    return refused
  }

  private func fixtures(_ names: [String]) throws -> [[UInt8]] {
    try names.map { [UInt8](try Fixture.data("datasets/\($0)")) }
  }

  @Test func idx() {
    fuzz([IDXFileTests.matrix, [0, 0, 8, 1, 0, 0, 0, 5, 1, 2, 3, 4, 5]], seed: 1) {
      let file = try IDXFile(decoding: $0, name: "x")
      #expect(file.shape.reduce(1, *) == file.elements.count)
    }
  }

  @Test func cifarBinary() {
    let record = [3, 1] + [UInt8](repeating: 9, count: 3072)
    fuzz([record + record, record + [4, 2] + record.dropFirst(2)], seed: 2) {
      var records = CIFARRecords(classes: 4, coarseClasses: 8, count: 2)
      try records.add(binary: $0, count: 2, name: "x")
      #expect(records.labels.allSatisfy { (0..<4).contains($0) })
      #expect(records.pixels.count == 2 * 3072)
    }
  }

  @Test func cifarPython() throws {
    fuzz(try fixtures(["cifar-py/data_batch_1", "cifar-py/data_batch_2"]), seed: 3) {
      var records = CIFARRecords(classes: 4, coarseClasses: nil, count: 3)
      try records.add(
        pickle: try RestrictedPickle.decode($0, name: "x"), count: 3, name: "x")
      #expect(records.pixels.count == 3 * 3072)
    }
  }

  @Test func gzip() throws {
    fuzz(try fixtures(["text.gz", "cifar-coarse.tar.gz"]), seed: 4) {
      let content = try Gzip.inflate(Data($0), limit: 1 << 20, name: "x")
      #expect(content.count <= 1 << 20)
    }
  }

  /// Gzip's check sum hides the tar archive from damage, so it is damaged bare.
  @Test func tar() throws {
    let corpus = try fixtures(["paths.tar.gz", "pax.tar.gz"]).map {
      try Gzip.inflate(Data($0), limit: 1 << 20, name: "x")
    }
    fuzz(corpus, seed: 5) { bytes in
      var place = 0
      var tar = TarReader(name: "x", limit: 1 << 20) { count in
        defer { place = min(bytes.count, place + count) }
        return Array(bytes[place..<min(bytes.count, place + count)])
      }
      while let member = try tar.next() {
        #expect(try tar.content().count == member.byteCount)
      }
    }
  }

  @Test func tarInGzip() throws {
    fuzz(try fixtures(["paths.tar.gz", "pax.tar.gz"]), seed: 6) {
      var tar = try TarReader(gzip: Data($0), name: "x", limit: 1 << 20)
      while try tar.next() != nil { _ = try tar.content() }
    }
  }

  @Test func zip() throws {
    fuzz(try fixtures(["stored.zip", "deflated.zip", "human.pt"]), seed: 7) {
      let archive = try ZipArchive(decoding: Data($0), name: "x")
      for path in archive.paths {
        #expect(try archive.content(of: path, limit: 1 << 20).count <= 1 << 20)
      }
    }
  }

  @Test func pickle() throws {
    let names = (0...5).map { "plain\($0).pkl" } + (2...4).map { "arrays\($0).pkl" }
    fuzz(try fixtures(names), seed: 8) {
      // Reading the value through also walks all of it.
      _ = try RestrictedPickle.decode($0, name: "x").hashValue
    }
  }

  @Test func humanLabels() throws {
    let labels = [0, 1, 2, 3, 0, 1]
    let dataset = ImageDataset(
      identifier: "cifar-10", displayName: "x", shape: [1, 1, 1],
      classNames: ["a", "b", "c", "d"], mean: [0], standardDeviation: [1],
      train: ImageSet(pixels: [], labels: labels), test: ImageSet(pixels: [], labels: []),
      digests: [:])
    let set = CIFARN.LabelSet(name: "worst", key: "worse_label")
    fuzz(try fixtures(["human.pt"]), seed: 9) {
      let given = try CIFARN.decode(Data($0), name: "x", set, dataset: dataset)
      #expect(given.count == 6)
    }
  }

  @Test func png() throws {
    fuzz(try fixtures(["grey.png", "color.png", "opaque.png", "palette.png"]), seed: 10) {
      let image = try PNGFile.decode($0, name: "x")
      #expect(image.planes.allSatisfy { $0.count == image.size[0] * image.size[1] })
    }
  }

  @Test func jpeg() throws {
    fuzz(try fixtures(["grey.jpg", "color.jpg"]), seed: 11) {
      let image = try JPEGFile.decode($0, name: "x")
      #expect(image.planes.allSatisfy { $0.count == image.size[0] * image.size[1] })
    }
  }

  @Test func npy() throws {
    let corpus = try ["matrix", "version2", "mask", "labels", "bytes"].map {
      [UInt8](try Fixture.data("torch/\($0).npy"))
    }
    fuzz(corpus, seed: 12) { bytes in
      try withTorchErrors {
        let tensor = try NPYFile.decode(Data(bytes), name: "x")
        #expect(tensor.isDefined)
      }
    }
  }

  @Test func safeTensors() throws {
    fuzz([[UInt8](try Fixture.data("torch/reference.safetensors"))], seed: 13) { bytes in
      try withTorchErrors {
        let file = try SafeTensors(decoding: Data(bytes), name: "x")
        for tensor in file.tensors.values { #expect(tensor.isDefined) }
      }
    }
  }

  @Test func givenLabels() {
    let corpus = ["index,label\n0,1\n1,1\n", "index,clean,noisy\n1,1,1\n0,0,1\n"]
    fuzz(corpus.map { Array($0.utf8) }, seed: 14) {
      let labels = try GivenLabelFile.decode(
        String(decoding: $0, as: UTF8.self), name: "x", clean: [0, 1], classes: 2)
      #expect(labels.count == 2)
    }
  }

  @Test func theMutatorIsTheSameForOneSeed() {
    let corpus: [[UInt8]] = [[1, 2, 3, 4], [9, 8, 7]]
    var (left, right) = (ByteMutator(corpus, seed: 1), ByteMutator(corpus, seed: 1))
    var other = ByteMutator(corpus, seed: 2)
    let (first, second) = ((0..<50).map { _ in left.next() }, (0..<50).map { _ in right.next() })
    #expect(first == second)
    #expect((0..<50).map { _ in other.next() } != first)
  }
}
