import Datasets
import Foundation
import Testing

struct FashionMNISTTests {
  private static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]
  private static var isPresent: Bool {
    FileManager.default.fileExists(
      atPath: FashionMNIST.defaultFolder.appendingPathComponent(names[0] + ".gz").path)
  }

  /// Runs a body with a folder that holds the given files and is removed afterwards.
  private func withFolder(_ files: [String: Data], _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, data) in files { try data.write(to: folder.appendingPathComponent(name)) }
    try body(folder)
  }

  private func expectError(
    _ kind: DatasetError.Kind, _ parts: [String], files: [String: Data],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withFolder(files) { folder in
      let error = #expect(throws: DatasetError.self, sourceLocation: sourceLocation) {
        try FashionMNIST.load(from: folder)
      }
      #expect(error?.kind == kind, sourceLocation: sourceLocation)
      for part in [folder.path] + parts {
        #expect(
          error?.description.contains(part) == true, "\(error?.description ?? "")",
          sourceLocation: sourceLocation)
      }
    }
  }

  @Test func aMissingFileIsNamedWithTheCommandThatFetchesIt() throws {
    try expectError(
      .missing, ["expected \(Self.names[0]) or \(Self.names[0]).gz, found neither", "make deps"],
      files: [:])
  }

  @Test func aFileOfTheWrongLengthSaysBothLengths() throws {
    try expectError(
      .damaged, [Self.names[0], "expected 47040016 bytes of content, found 100", "fetch it again"],
      files: [Self.names[0]: Data(count: 100)])
  }

  @Test func anAlteredFileSaysBothDigests() throws {
    try expectError(
      .damaged,
      [
        Self.names[0], "expected content of SHA-256 c59f468a2f672dc8", "found 03dc6d029f04f9c4",
        "fetch it again",
      ], files: [Self.names[0]: Data(count: 47_040_016)])
  }

  @Test func alteredFilesAreReadUnverifiedIfTheirStructureIsRight() throws {
    func file(_ shape: [Int], fill: UInt8) -> Data {
      let sizes = shape.flatMap { size in [24, 16, 8, 0].map { UInt8(size >> $0 & 255) } }
      return Data([0, 0, 8, UInt8(shape.count)] + sizes)
        + Data(repeating: fill, count: shape.reduce(1, *))
    }
    let files = [
      Self.names[0]: file([60_000, 28, 28], fill: 5), Self.names[1]: file([60_000], fill: 3),
      Self.names[2]: file([10_000, 28, 28], fill: 6), Self.names[3]: file([10_000], fill: 9),
    ]
    try withFolder(files) { folder in
      let data = try FashionMNIST.load(from: folder, verification: .unverified)
      #expect(!data.isVerified)
      #expect(data.train.labels.allSatisfy { $0 == 3 })
      #expect(data.test.pixels.allSatisfy { $0 == 6 })
      #expect(data.digests.count == 4)
    }
    try expectError(.damaged, ["--unverified-data"], files: files)
  }

  @Test func aDamagedArchiveIsNamed() throws {
    try expectError(
      .damaged, [Self.names[0] + ".gz", "gzip stream of at most 47040016 bytes"],
      files: [Self.names[0] + ".gz": Data([0x1F, 0x8B, 8, 0, 0])])
  }

  @Test(.enabled(if: isPresent, "the files of Debian's dataset-fashion-mnist are not installed"))
  func theRealFilesAreReadAndVerified() throws {
    let data = try FashionMNIST.load()
    #expect(data.identifier == FashionMNIST.identifier)
    #expect(data.shape == [1, 28, 28])
    #expect(data.train.count == 60_000)
    #expect(data.test.count == 10_000)
    #expect(data.train.pixels.count == 60_000 * 784)
    #expect(Set(data.digests.keys) == Set(Self.names))
    // Both parts are balanced; the first training image is an ankle boot.
    for part in [data.train, data.test] {
      let counts = (0..<10).map { label in part.labels.count { $0 == label } }
      #expect(counts == [Int](repeating: part.count / 10, count: 10))
    }
    #expect(Array(data.train.labels.prefix(5)) == [9, 0, 0, 3, 0])
    #expect(data.classNames.count == 10)
    #expect(data.classNames[9] == "Ankle boot")
    // The normalisation is that of the training pixels.
    var histogram = [Int](repeating: 0, count: 256)
    for pixel in data.train.pixels { histogram[Int(pixel)] += 1 }
    let total = Double(data.train.pixels.count)
    let mean =
      histogram.enumerated().reduce(0) { $0 + Double($1.offset * $1.element) } / total / 255
    let square =
      histogram.enumerated().reduce(0) { $0 + Double($1.offset * $1.offset * $1.element) } / total
      / (255 * 255)
    #expect(abs(mean - Double(data.mean[0])) < 5e-5, "\(mean)")
    let deviation = (square - mean * mean).squareRoot()
    #expect(abs(deviation - Double(data.standardDeviation[0])) < 5e-5, "\(deviation)")
  }

  @Test(.enabled(if: isPresent, "the files of Debian's dataset-fashion-mnist are not installed"))
  func aCutOffRealFileIsRefused() throws {
    let name = Self.names[0] + ".gz"
    let data = try Data(contentsOf: FashionMNIST.defaultFolder.appendingPathComponent(name))
    try expectError(
      .damaged, [name, "gzip stream"], files: [name: data.prefix(data.count / 20)])
  }
}
