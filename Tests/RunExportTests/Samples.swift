import Foundation
import RunStore

/// Runs as the suite stores them, written by hand.
enum Sample {
  /// A specification with everything that columns are made of.
  static func specification(
    method: String = #"{"coTeaching":{"_0":{"rate":0.001}}}"#, noise: String = symmetric,
    seed: Int = 3, more: String = ""
  ) throws -> JSONValue {
    let text = """
      {"data":{"dataset":"fashion-mnist","poolCount":3000,"testCount":2000,"validationCount":300},
      "method":\(method),"model":{"smallCNN":{"channels":[8,16],"hidden":128}},"noise":\(noise),
      "precision":"float32","seeds":{"augmentation":\(seed),"initialisation":\(seed),
      "noise":\(seed),"order":\(seed),"split":1},
      "trainingProtocol":{"batchSize":128,"epochs":24}\(more),"version":1}
      """
    return try CanonicalJSON.decode(JSONValue.self, from: Data(text.utf8))
  }

  static let symmetric = #"{"kind":"symmetric","rate":0.5}"#

  /// A generator within a specification, and the key of its images.
  static let generator = #"{"configuration":{"size":{"patch":4}},"seed":1}"#
  static func outside(_ generator: String = generator) -> String {
    #","outside":{"extractor":{"seed":1},"generator":\#(generator)}"#
  }
  static func generatorKey(_ generator: String = generator) throws -> RunKey {
    try RunKey(of: CanonicalJSON.decode(JSONValue.self, from: Data(generator.utf8)))
  }

  static let audit = JSONValue.object([
    "identifier": .string("symmetric-50"), "nominalRate": .number(0.5),
    "expectedRate": .number(0.5), "realisedRate": .number(0.4925925925925926),
    "realisedLower": .number(0.47), "realisedUpper": .number(0.51),
  ])

  static func epoch(_ number: Int, loss: Double = 1.728604997907366) -> EpochRecord {
    EpochRecord(
      epoch: number, stage: number == 1 ? "warm-up" : "train",
      isPreparation: number == 1 ? true : nil, learningRate: 0.1, trainLoss: loss,
      trainAccuracy: 0.33110119047619047, memorisedShare: number == 1 ? nil : 0.125,
      validationLoss: 1.5, validationAccuracy: 0.4, testLoss: 1e-7,
      testAccuracy: Double(number) / 3, scalars: number == 1 ? [:] : ["kept, \"mean\"": 12])
  }

  static func record(
    _ specification: JSONValue, epochs: [EpochRecord] = [epoch(1), epoch(2)],
    outcome: RunRecord.Outcome = .done
  ) throws -> RunRecord {
    RunRecord(
      key: try RunKey(of: specification).text, specification: specification, outcome: outcome,
      epochs: epochs, scalars: ["selected": 1350.5], noise: audit,
      provenance: Provenance(
        commit: "4888c81", dirty: true, versions: ["swift": "6.3"], device: "cpu",
        hardware: "a processor", threads: 1, platform: "linux", started: "2026-01-01T00:00:00Z",
        finished: "2026-01-01T00:01:00Z", seconds: 60.25, resumed: 2,
        digests: ["labels": "c353"]))
  }

  static let failure = RunRecord.Failure(cause: .nonFinite, message: "the loss became nan")
}

/// A store in a folder that is removed when the test ends.
final class TemporaryStore {
  let store: RunStore

  init() {
    store = RunStore(
      root: FileManager.default.temporaryDirectory
        .appendingPathComponent("plumbline-export-\(UUID().uuidString)", isDirectory: true))
  }

  deinit { try? FileManager.default.removeItem(at: store.root) }

  var root: URL { store.root }

  @discardableResult func finish(
    _ specification: JSONValue, epochs: [EpochRecord] = [Sample.epoch(1), Sample.epoch(2)],
    outcome: RunRecord.Outcome = .done
  ) throws -> RunKey {
    let key = try store.start(specification)
    try store.finish(Sample.record(specification, epochs: epochs, outcome: outcome))
    return key
  }

  /// Starts a run and leaves it after an epoch.
  @discardableResult func interrupt(_ specification: JSONValue) throws -> RunKey {
    let key = try store.start(specification)
    try store.resetMetrics(to: [Sample.epoch(1)], of: key)
    try store.saveCheckpoint(
      Checkpoint(
        epoch: 1, seconds: 1, resumed: 0, started: "2026-01-01T00:00:00Z",
        epochs: [Sample.epoch(1)], sections: ["networks": Data(count: 1000)]), of: key)
    return key
  }

  /// Alters a byte of a run's record.
  func damage(_ key: RunKey) throws {
    let file = store.folder(of: key).appendingPathComponent("record.json")
    var bytes = try Data(contentsOf: file)
    bytes[100] ^= 1
    try bytes.write(to: file)
  }

  /// Writes a file of so many bytes below the store.
  @discardableResult func write(_ path: String, count: Int = 10) throws -> URL {
    let file = root.appendingPathComponent(path)
    try AtomicFile.write(Data(count: count), to: file, durable: false)
    return file
  }

  /// The paths of all files and folders below the store, hidden ones included.
  func contents() throws -> Set<String> {
    Set(try FileManager.default.subpathsOfDirectory(atPath: root.path))
  }
}

/// Python, to read what was written with another program's eyes.
enum Python {
  static let isPresent: Bool = (try? run("import csv, sqlite3", [])) != nil

  struct Failure: Error {
    var status: Int32
    var text: String
  }

  /// Runs a program and returns what it printed.
  static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program] + arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        status: process.terminationStatus, text: String(decoding: complaints, as: UTF8.self))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
