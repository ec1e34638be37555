import Foundation
import RunStore
import TestSupport
import Testing

@testable import Datasets

/// Small distributions by Python's tarfile and by a pickler that writes as Python 2 does.
struct CIFARDistributionTests {
  /// Six training and three test records of four classes.
  private static func small(archive: Data = Data(), md5: [String: String] = [:])
    -> CIFARDistribution
  {
    CIFARDistribution(
      displayName: "Small",
      archive: .init(
        name: "cifar.tar.gz", byteCount: archive.count, digest: Digest.sha256(of: archive)),
      binaryFolder: "cifar-bin", pythonFolder: "cifar-py",
      members: ["data_batch_1", "data_batch_2", "test_batch"].map {
        .init(
          binary: "\($0).bin", python: $0, md5: md5[$0] ?? "", count: 3,
          isTest: $0 == "test_batch")
      },
      classNames: ["a", "b", "c", "d"], coarseNames: nil, namesFile: "names.txt")
  }

  /// Three records each of three classes in two super-classes.
  private static func coarse(archive: Data) -> CIFARDistribution {
    CIFARDistribution(
      displayName: "Coarse",
      archive: .init(
        name: "cifar.tar.gz", byteCount: archive.count, digest: Digest.sha256(of: archive)),
      binaryFolder: "coarse-bin", pythonFolder: "cifar-coarse-py",
      members: ["train", "test"].map {
        .init(
          binary: "\($0).bin", python: $0, md5: "", count: 3, isTest: $0 == "test")
      },
      classNames: ["a", "b", "c"], coarseNames: ["x", "y"], namesFile: "names.txt")
  }

  /// The pixels of the script that made the fixtures.
  private static func pixels(_ records: Range<Int>) -> [UInt8] {
    records.flatMap { record in
      (0..<3072).map { UInt8((record * 7 + $0 / 1024 * 50 + $0 % 1024 / 32) % 256) }
    }
  }

  private func expectSmall(_ content: CIFARDistribution.Content) {
    #expect(content.train == ImageSet(pixels: Self.pixels(0..<6), labels: [0, 1, 2, 3, 0, 1]))
    #expect(content.test == ImageSet(pixels: Self.pixels(6..<9), labels: [2, 3, 0]))
    #expect(content.coarseMap == nil)
  }

  private static let pythonNames = ["data_batch_1", "data_batch_2", "test_batch"]
  private func python(_ folder: String = "cifar-py") throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in Self.pythonNames {
      files["\(folder)/\(name)"] = try Fixture.data("datasets/cifar-py/\(name)")
    }
    return files
  }

  private var record: [UInt8] { [1] + [UInt8](repeating: 9, count: 3072) }
  private func binary(_ folder: String = "cifar-bin/") -> [String: Data] {
    var files: [String: Data] = [:]
    for name in Self.pythonNames { files["\(folder)\(name).bin"] = Data(record + record + record) }
    return files
  }

  @Test func theArchiveIsVerifiedAndRead() throws {
    let data = try Fixture.data("datasets/cifar.tar.gz")
    let folder = try ScratchFolder(["cifar.tar.gz": data])
    let content = try Self.small(archive: data).load(from: folder.url, verification: .official)
    expectSmall(content)
    #expect(content.isOfficial)
    #expect(content.digests == ["cifar.tar.gz": Digest.sha256(of: data)])
  }

  @Test func anArchiveOfOtherContentIsRefused() throws {
    let data = try Fixture.data("datasets/cifar.tar.gz")
    var altered = data
    altered[altered.count - 1] ^= 1
    let folder = try ScratchFolder(["cifar.tar.gz": altered])
    expectDatasetError(
      .damaged,
      [
        "/cifar.tar.gz: expected SHA-256 \(Digest.sha256(of: data)), found "
          + Digest.sha256(of: altered), "--unverified-data",
      ]
    ) { _ = try Self.small(archive: data).load(from: folder.url, verification: .official) }
    try folder.write(data.prefix(100), to: "cifar.tar.gz")
    expectDatasetError(.damaged, ["expected \(data.count) bytes, found 100", "cut off"]) {
      _ = try Self.small(archive: data).load(from: folder.url, verification: .official)
    }
  }

  @Test func anArchiveIsReadUnverifiedIfItsPartsAreRight() throws {
    let data = try Fixture.data("datasets/cifar.tar.gz")
    let folder = try ScratchFolder(["cifar.tar.gz": data])
    let content = try Self.small().load(from: folder.url, verification: .unverified)
    expectSmall(content)
    #expect(!content.isOfficial)
    // Official files are official, whether or not others would do.
    let same = Self.small(archive: data)
    #expect(try same.load(from: folder.url, verification: .unverified).isOfficial)
    try folder.write(Fixture.data("datasets/paths.tar.gz"), to: "cifar.tar.gz")
    expectDatasetError(.damaged, ["expected data_batch_1.bin in the archive, found none"]) {
      _ = try Self.small().load(from: folder.url, verification: .unverified)
    }
  }

  @Test(arguments: ["cifar-py", "."])
  func thePythonVersionIsVerifiedAndRead(place: String) throws {
    let files = try python(place)
    let folder = try ScratchFolder(files)
    var md5: [String: String] = [:]
    for name in Self.pythonNames { md5[name] = Digest.md5(of: files["\(place)/\(name)"] ?? Data()) }
    let content = try Self.small(md5: md5).load(from: folder.url, verification: .official)
    expectSmall(content)
    #expect(content.isOfficial)
    #expect(content.digests.keys.sorted() == Self.pythonNames)
    md5["data_batch_2"] = "0123"
    expectDatasetError(
      .damaged, ["/data_batch_2: expected MD5 0123, found "]
    ) { _ = try Self.small(md5: md5).load(from: folder.url, verification: .official) }
    let other = try Self.small(md5: md5).load(from: folder.url, verification: .unverified)
    expectSmall(other)
    #expect(!other.isOfficial)
  }

  @Test(arguments: ["cifar-bin/", ""])
  func theBinaryVersionIsReadUnverifiedOnly(place: String) throws {
    let folder = try ScratchFolder(binary(place))
    let content = try Self.small().load(from: folder.url, verification: .unverified)
    #expect(content.train.labels == [1, 1, 1, 1, 1, 1])
    #expect(Array(content.test.pixels) == [UInt8](repeating: 9, count: 3 * 3072))
    #expect(content.digests.count == 3)
    #expect(!content.isOfficial)
    expectDatasetError(.damaged, ["no", "make data", "cifar.tar.gz", "--unverified-data"]) {
      _ = try Self.small().load(from: folder.url, verification: .official)
    }
  }

  @Test func aMissingDataSetSaysWhatWouldDo() throws {
    let folder = try ScratchFolder()
    expectDatasetError(
      .missing,
      [
        folder.url.path, "expected cifar.tar.gz, cifar-py or cifar-bin of Small", "make data",
        "--data-dir",
      ]
    ) { _ = try Self.small().load(from: folder.url, verification: .unverified) }
    var files = binary()
    files["cifar-bin/test_batch.bin"] = nil
    let partial = try ScratchFolder(files)
    expectDatasetError(.missing, ["cifar-bin/test_batch.bin: expected this part of Small"]) {
      _ = try Self.small().load(from: partial.url, verification: .unverified)
    }
  }

  @Test func recordsAreChecked() throws {
    func expect(_ bytes: [UInt8], _ parts: [String]) throws {
      var files = binary()
      files["cifar-bin/data_batch_2.bin"] = Data(bytes)
      let folder = try ScratchFolder(files)
      expectDatasetError(.damaged, ["cifar-bin/data_batch_2.bin: "] + parts) {
        _ = try Self.small().load(from: folder.url, verification: .unverified)
      }
    }
    try expect(record + record, ["expected 3 records of 3073 bytes, 9219 in all, found 6146"])
    try expect(record + record + record + [0], ["found 9220"])
    try expect(record + record + [4] + record.dropFirst(), ["record 2", "in 0..<4, found 4"])
  }

  @Test func otherClassNamesAreRefused() throws {
    var files = binary()
    files["cifar-bin/names.txt"] = Data("a\nb\nc\nd\n\n".utf8)
    let folder = try ScratchFolder(files)
    _ = try Self.small().load(from: folder.url, verification: .unverified)
    try folder.write(Data("a\nc\nb\nd\n".utf8), to: "cifar-bin/names.txt")
    expectDatasetError(.damaged, ["names.txt: expected class 1 to be b, found c"]) {
      _ = try Self.small().load(from: folder.url, verification: .unverified)
    }
  }

  @Test func superClassesComeFromTheRecords() throws {
    let data = try Fixture.data("datasets/cifar-coarse.tar.gz")
    let folder = try ScratchFolder(["cifar.tar.gz": data])
    let distribution = Self.coarse(archive: data)
    let content = try distribution.load(from: folder.url, verification: .official)
    #expect(content.train == ImageSet(pixels: Self.pixels(0..<3), labels: [2, 0, 1]))
    #expect(content.test == ImageSet(pixels: Self.pixels(3..<6), labels: [1, 2, 0]))
    #expect(content.coarseMap == [0, 1, 1])
    let unpacked = try ScratchFolder([
      "train": Fixture.data("datasets/cifar-coarse-py/train"),
      "test": Fixture.data("datasets/cifar-coarse-py/test"),
    ])
    let same = try distribution.load(from: unpacked.url, verification: .unverified)
    #expect(same.train == content.train)
    #expect(same.coarseMap == content.coarseMap)
  }

  @Test func superClassesThatDisagreeAreRefused() throws {
    let pixels = [UInt8](repeating: 0, count: 3072)
    func file(_ labels: [(UInt8, UInt8)]) -> Data {
      Data(labels.flatMap { [$0.0, $0.1] + pixels })
    }
    func expect(_ train: [(UInt8, UInt8)], _ test: [(UInt8, UInt8)], _ reason: String) throws {
      let folder = try ScratchFolder(["train.bin": file(train), "test.bin": file(test)])
      expectDatasetError(.damaged, [reason]) {
        _ = try Self.coarse(archive: Data()).load(from: folder.url, verification: .unverified)
      }
    }
    try expect([(0, 0), (1, 1), (1, 0)], [], "train.bin: record 2: expected coarse label 0")
    try expect([(0, 0), (2, 1), (1, 2)], [], "record 1: expected a coarse label in 0..<2, found 2")
    try expect(
      [(0, 0), (1, 1), (1, 2)], [(1, 0), (1, 1), (1, 2)],
      "expected one super-class of class 0, found [0, 1]")
    try expect(
      [(0, 0), (1, 1), (1, 1)], [(0, 0), (1, 1), (1, 1)],
      "expected one super-class of class 2, found []")
  }

  @Test func picklesAreChecked() throws {
    var records = CIFARRecords(classes: 4, coarseClasses: nil, count: 3)
    let value = try RestrictedPickle.decode(
      [UInt8](Fixture.data("datasets/cifar-py/data_batch_1")), name: "x")
    expectDatasetError(.damaged, ["x: expected 4 integers under 'labels', found 3"]) {
      try records.add(pickle: value, count: 4, name: "x")
    }
    expectDatasetError(.damaged, ["x: expected the key 'labels', found none"]) {
      try records.add(pickle: .dictionary([]), count: 4, name: "x")
    }
    let labels = PickleEntry(key: .text("labels"), value: .list([.integer(1)]))
    let data = PickleEntry(key: .text("data"), value: .bytes([1]))
    expectDatasetError(.damaged, ["expected 1 x 3072 unsigned bytes under 'data', found bytes"]) {
      try records.add(pickle: .dictionary([labels, data]), count: 1, name: "x")
    }
    var narrow = CIFARRecords(classes: 2, coarseClasses: nil, count: 3)
    expectDatasetError(.damaged, ["x: record 2: expected a label in 0..<2, found 2"]) {
      try narrow.add(pickle: value, count: 3, name: "x")
    }
  }
}
