import Foundation
import RunStore

/// The ended runs of two stores or bundles, number by number.
public struct RunComparison: Encodable, Hashable, Sendable {
  /// A run whose results differ.
  public struct Difference: Encodable, Hashable, Sendable {
    /// The run.
    public let key: RunKey
    /// The first measure that differs, with both values.
    public let reason: String
  }

  /// The runs that only the first has.
  public private(set) var onlyFirst: [RunKey] = []
  /// The runs that only the second has.
  public private(set) var onlySecond: [RunKey] = []
  /// The runs of which every number is the same in both.
  public private(set) var equal: [RunKey] = []
  /// The runs of which not every number is.
  public private(set) var different: [Difference] = []

  /// Compares two stores; time and place of the runs do not matter, nor how long they took.
  ///
  /// - Throws: ``StoreError`` for the first damaged record of either.
  public init(of first: RunStore, with second: RunStore) throws {
    let others = Set(try second.keys())
    var seen: Set<RunKey> = []
    for key in try first.keys() {
      guard let record = try first.record(of: key) else { continue }
      guard others.contains(key), let other = try second.record(of: key) else {
        onlyFirst.append(key)
        continue
      }
      seen.insert(key)
      if let reason = Self.difference(record, other) {
        different.append(Difference(key: key, reason: reason))
      } else {
        equal.append(key)
      }
    }
    onlySecond = try others.subtracting(seen).sorted().filter { key in
      try second.record(of: key) != nil
    }
  }

  /// The first measure that two records of a run have differently; nil when there is none.
  static func difference(_ first: RunRecord, _ second: RunRecord) -> String? {
    let (measures, others) = (results(of: first), results(of: second))
    for (one, other) in zip(measures, others) {
      let isSame = one.value == other.value || (one.value.isNaN && other.value.isNaN)
      if isSame, one.epoch == other.epoch, one.stage == other.stage, one.split == other.split,
        one.metric == other.metric, one.isPreparation == other.isPreparation
      {
        continue
      }
      return "\(text(one)) and \(text(other))"
    }
    if measures.count != others.count {
      return "\(first.epochs.count) and \(second.epochs.count) epochs, "
        + "\(measures.count) and \(others.count) numbers"
    }
    if first.outcome != second.outcome {
      return "\(ListedState(first.outcome).rawValue) and \(ListedState(second.outcome).rawValue)"
    }
    let (digest, other) = (
      RunReferences.labelDigest(of: first), RunReferences.labelDigest(of: second)
    )
    return digest == other
      ? nil : "labels \(digest?.prefix(10) ?? "none") and \(other?.prefix(10) ?? "none")"
  }

  /// Everything that was measured, but for how long it took.
  private static func results(of record: RunRecord) -> [RunMeasurement] {
    RunMeasurement.all(of: record).filter { $0.split != "run" }
  }

  private static func text(_ measure: RunMeasurement) -> String {
    let name = "\(measure.split) \(measure.metric) \(CSVWriter.text(measure.value))"
    return measure.epoch.map { "epoch \($0) \(name)" } ?? name
  }

  /// A line for each run that is not the same in both, then the counts.
  public var lines: [String] {
    onlyFirst.map { "only in the first   \($0.short)" }
      + onlySecond.map { "only in the second  \($0.short)" }
      + different.map { "different           \($0.key.short)  \($0.reason)" } + [
        "\(equal.count) equal, \(different.count) different, \(onlyFirst.count) only in the first, "
          + "\(onlySecond.count) only in the second"
      ]
  }
}
