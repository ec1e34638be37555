import Foundation
import LabelNoise
import RunStore
import SeededRandom

@testable import Reporting

/// Frozen runs that look like real ones: six methods, five noise settings, three seeds.
enum Samples {
  /// A method with its behaviour: peak accuracy on easy noise, loss by memorisation.
  struct Method {
    var row: MethodRow
    var peak: Double
    var fall: Double
  }

  static let methods = [
    Method(row: MethodRow(id: "ce", name: "CE"), peak: 0.80, fall: 0.24),
    Method(row: MethodRow(id: "apl-nce-rce", name: "APL (NCE+RCE)"), peak: 0.82, fall: 0.04),
    Method(
      row: MethodRow(id: "co-teaching", name: "Co-teaching", note: "is given the noise rate"),
      peak: 0.825, fall: 0.02),
    Method(row: MethodRow(id: "echoalign-a", name: "EchoAlign A"), peak: 0.84, fall: 0.015),
    Method(
      row: MethodRow(
        id: "echoalign-b", name: "EchoAlign B", note: "is given the noise rate if symmetric"),
      peak: 0.85, fall: 0.01),
    Method(
      row: MethodRow(
        id: "external-only", name: "External data only", note: "sees no noisy label",
        isControl: true),
      peak: 0.81, fall: 0.0),
  ]

  static let noises: [(column: NoiseColumn, model: NoiseModel, penalty: Double)] = [
    (NoiseColumn(id: "symmetric-30", name: "Symmetric 30 %"), .symmetric(rate: 0.3), 0.0),
    (NoiseColumn(id: "symmetric-50", name: "Symmetric 50 %"), .symmetric(rate: 0.5), 0.03),
    (NoiseColumn(id: "pairflip-45", name: "Pairflip 45 %"), .pairflip(rate: 0.45), 0.08),
    (NoiseColumn(id: "instance-30", name: "Instance 30 %"), .pairflip(rate: 0.3), 0.02),
    (NoiseColumn(id: "instance-50", name: "Instance 50 %"), .pairflip(rate: 0.48), 0.15),
  ]

  static let seeds = [1, 2, 3]

  static var rows: [MethodRow] { methods.map(\.row) }
  static var columns: [NoiseColumn] { noises.map(\.column) }

  /// A record with given epochs, for tests by hand.
  static func record(
    _ name: String, epochs: [EpochRecord], outcome: RunRecord.Outcome = .done,
    noise: JSONValue = .null
  ) throws -> RunRecord {
    let specification = JSONValue.object(["name": .string(name)])
    return RunRecord(
      key: try RunKey(of: specification).text, specification: specification, outcome: outcome,
      epochs: epochs, scalars: [:], noise: noise, provenance: provenance)
  }

  static let provenance = Provenance(
    commit: "0123456789abcdef", dirty: false,
    versions: ["swift": "6.3.1", "libtorch": "1.13.0", "plumbline": "0.1.0"], device: "cpu",
    hardware: "Sample CPU", threads: 1, platform: "Linux x86_64",
    started: "2026-01-02T03:04:05Z", finished: "2026-01-02T03:05:05Z", seconds: 60, resumed: 0,
    digests: ["train-images": String(repeating: "a", count: 64)])

  static func epoch(
    _ number: Int, test: Double, validation: Double = 0.5, train: Double = 0.5,
    memorised: Double? = nil
  ) -> EpochRecord {
    EpochRecord(
      epoch: number, stage: "train", learningRate: 0.05, trainLoss: 1, trainAccuracy: train,
      memorisedShare: memorised, validationLoss: 1, validationAccuracy: validation, testLoss: 1,
      testAccuracy: test, scalars: [:])
  }

  /// A record whose single epoch has one test accuracy.
  static func run(
    _ row: String, _ column: String, seed: Int, accuracy: Double
  ) throws -> PlannedRun {
    let record = try record("\(row) \(column) \(seed)", epochs: [epoch(1, test: accuracy)])
    return PlannedRun(
      address: CellAddress(row: row, column: column), seed: seed, key: record.key,
      outcome: .recorded(record))
  }

  /// A result set of one-epoch runs from accuracies by row, column and seed.
  static func results(_ accuracies: [String: [String: [Double]]]) throws -> ResultSet {
    let rows = accuracies.keys.sorted().map { MethodRow(id: $0, name: $0.uppercased()) }
    let columns = Set(accuracies.values.flatMap(\.keys)).sorted()
      .map { NoiseColumn(id: $0, name: "noise \($0)") }
    let count = accuracies.values.flatMap { $0.values.map(\.count) }.max() ?? 0
    var runs: [PlannedRun] = []
    for (row, line) in accuracies.sorted(by: { $0.key < $1.key }) {
      for (column, values) in line.sorted(by: { $0.key < $1.key }) {
        for (index, value) in values.enumerated() {
          runs.append(try run(row, column, seed: index + 1, accuracy: value))
        }
      }
    }
    return ResultSet(rows: rows, columns: columns, seeds: Array(1...max(1, count)), runs: runs)
  }

  /// The same as ``results(_:)`` with keys that are no digests, for many trials.
  static func unnamedResults(_ accuracies: [String: [String: [Double]]]) -> ResultSet {
    var runs: [PlannedRun] = []
    for (row, line) in accuracies {
      for (column, values) in line {
        for (index, value) in values.enumerated() {
          let key = "\(row)-\(column)-\(index + 1)"
          let record = RunRecord(
            key: key, specification: .null, outcome: .done, epochs: [epoch(1, test: value)],
            scalars: [:], noise: .null, provenance: provenance)
          runs.append(
            PlannedRun(
              address: CellAddress(row: row, column: column), seed: index + 1, key: key,
              outcome: .recorded(record)))
        }
      }
    }
    return ResultSet(
      rows: accuracies.keys.sorted().map { MethodRow(id: $0, name: $0) },
      columns: Set(accuracies.values.flatMap(\.keys)).sorted().map {
        NoiseColumn(id: $0, name: $0)
      },
      seeds: Array(Set(runs.map(\.seed))), runs: runs)
  }

  /// The runs of the frozen table by name; made once, because drawing and encoding takes a while.
  private static let frozenRuns = Result {
    var runs: [(name: String, run: PlannedRun)] = []
    for method in methods {
      for noise in noises {
        for seed in seeds {
          let name = "\(method.row.id) \(noise.column.id) \(seed)"
          let record = try record(
            name, epochs: curve(method, noise.penalty, name: name, rate: noise.model.nominalRate),
            noise: audit(noise.model, seed: seed))
          runs.append(
            (
              name,
              PlannedRun(
                address: CellAddress(row: method.row.id, column: noise.column.id), seed: seed,
                key: record.key, outcome: .recorded(record))
            ))
        }
      }
    }
    return runs
  }

  /// The whole frozen table; `replacing` sets other outcomes at single places.
  static func frozen(replacing: [String: PlannedRun.Outcome] = [:]) throws -> ResultSet {
    let runs = try frozenRuns.get().map { name, run in
      var run = run
      run.outcome = replacing[name] ?? run.outcome
      return run
    }
    return ResultSet(rows: rows, columns: columns, seeds: seeds, runs: runs)
  }

  private static func audit(_ model: NoiseModel, seed: Int) throws -> JSONValue {
    let clean = (0..<1000).map { $0 % 10 }
    let labels = try model.corrupt(clean, classes: 10, seed: UInt64(seed))
    let audit = try NoiseAudit(labels, digest: Digest.sha256(of: Data(labels.csv.utf8)))
    return try CanonicalJSON.tree(of: audit)
  }

  /// Accuracy that rises, and falls again as wrong labels are memorised.
  private static func curve(
    _ method: Method, _ penalty: Double, name: String, rate: Double
  ) -> [EpochRecord] {
    var generator = SeedStream(root: 7, purpose: name).generator()
    let level = method.peak - penalty * (method.fall > 0.1 ? 1.5 : 1) + 0.004 * generator.normal()
    return (1...20).map { number in
      let progress = Double(number)
      let rise = 1 - exp(-progress / 2.5)
      let memorised = method.fall * 3 / (1 + exp(-(progress - 13) / 2.5))
      let test = level * rise - memorised * rate * 0.7 + 0.002 * generator.normal()
      return EpochRecord(
        epoch: number, stage: "train", learningRate: 0.05, trainLoss: 2 - rise,
        trainAccuracy: rounded((1 - rate) * rise * 0.9 + memorised * rate),
        memorisedShare: rounded(0.05 + memorised), validationLoss: 1.5,
        validationAccuracy: rounded((1 - rate) * test + 0.001 * generator.normal()),
        testLoss: 1, testAccuracy: rounded(test), scalars: [:])
    }
  }

  private static func rounded(_ value: Double) -> Double {
    (min(1, max(0, value)) * 10_000).rounded() / 10_000
  }
}
