import Foundation
import RunStore

/// A specification as a test writes it.
struct SampleSpecification: Codable, Hashable {
  var method = "ce"
  var seed = 0
  var rate = 0.5
}

/// Values that the tests of the store share.
enum Sample {
  static func epoch(_ number: Int, loss: Double = 0.25) -> EpochRecord {
    EpochRecord(
      epoch: number, stage: "train", learningRate: 0.1, trainLoss: loss, trainAccuracy: 0.5,
      memorisedShare: 0.125, validationLoss: 1.5, validationAccuracy: 0.4, testLoss: 0.75,
      testAccuracy: 0.8, scalars: ["selected": 12])
  }

  static func record(
    _ specification: SampleSpecification = .init(), epochs: Int = 2,
    outcome: RunRecord.Outcome = .done
  ) throws -> RunRecord {
    RunRecord(
      key: try RunKey(of: specification).text,
      specification: try CanonicalJSON.tree(of: specification), outcome: outcome,
      epochs: (1...epochs).map { epoch($0) }, scalars: ["a": 0.1],
      noise: .object(["rate": .number(0.5)]),
      provenance: Provenance(
        commit: "unknown", dirty: false, versions: ["swift": "6.3"], device: "cpu", hardware: "a",
        threads: 1, platform: "linux", started: "2026-01-01T00:00:00Z",
        finished: "2026-01-01T00:01:00Z", seconds: 60, resumed: 0, digests: [:]))
  }

  static func checkpoint(epoch number: Int = 2) -> Checkpoint {
    Checkpoint(
      epoch: number, seconds: 1.25, resumed: 1, started: "2026-01-01T00:00:00Z",
      epochs: (1...number).map { epoch($0) },
      sections: ["networks": Data((0..<1000).map { UInt8($0 % 251) }), "method": Data("{}\n".utf8)])
  }
}

/// A folder that is removed when the test ends.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

/// Mounts a small file system at a folder for as long as the object lives, where the test may do
/// so.
final class SmallFileSystem {
  let folder: URL

  /// Returns nil where mounting is not allowed.
  init?(at folder: URL, options: String) {
    self.folder = folder
    guard Self.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.path]) else {
      return nil
    }
  }

  deinit { _ = Self.run(["umount", folder.path]) }

  /// Whether this process can mount; tried once.
  static let isPossible: Bool = {
    guard let folder = try? TemporaryFolder() else { return false }
    return SmallFileSystem(at: folder.url, options: "size=64k") != nil
  }()

  func remount(_ options: String) -> Bool {
    Self.run(["mount", "-o", "remount,\(options)", folder.path])
  }

  private static func run(_ command: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

/// Flips one bit of a file's byte.
func flipBit(of file: URL, at index: Int) throws {
  var bytes = try Data(contentsOf: file)
  bytes[index] ^= 1
  try bytes.write(to: file)
}
