import RunStore

/// One number that a run measured.
public struct RunMeasurement: Hashable, Sendable {
  /// The epoch over the whole run, counted from 1; nil for a number of the whole run.
  public var epoch: Int?
  /// The stage of the method that the epoch belongs to; nil for a number of the whole run.
  public var stage: String?
  /// Whether that stage only prepares, so that its epochs are no candidates for the run's number; nil for a number of the
  /// whole run.
  public var isPreparation: Bool?
  /// What it was measured on: `train`, `validation`, `test`, `noise` for the audit of the labels, `method` for what the
  /// method names itself, `run` for the run as a whole.
  public var split: String
  /// The name of the measure.
  public var metric: String
  /// The number; not finite where a run diverged.
  public var value: Double

  /// Every number of a record: those of each epoch in order, then those of the whole run.
  static func all(of record: RunRecord) -> [RunMeasurement] {
    record.epochs.flatMap(all) + whole(record)
  }

  private static func all(of epoch: EpochRecord) -> [RunMeasurement] {
    let fixed: [(String, String, Double?)] = [
      ("train", "learning_rate", epoch.learningRate), ("train", "loss", epoch.trainLoss),
      ("train", "accuracy", epoch.trainAccuracy),
      ("train", "memorised_share", epoch.memorisedShare),
      ("validation", "loss", epoch.validationLoss),
      ("validation", "accuracy", epoch.validationAccuracy), ("test", "loss", epoch.testLoss),
      ("test", "accuracy", epoch.testAccuracy),
    ]
    return (fixed + named(epoch.scalars)).compactMap { split, metric, value in
      value.map {
        RunMeasurement(
          epoch: epoch.epoch, stage: epoch.stage, isPreparation: epoch.isPreparation == true,
          split: split, metric: metric, value: $0)
      }
    }
  }

  private static func whole(_ record: RunRecord) -> [RunMeasurement] {
    let audit = ["nominalRate", "expectedRate", "realisedRate", "realisedLower", "realisedUpper"]
    let fixed: [(String, String, Double?)] = [
      ("run", "epochs", Double(record.epochs.count)),
      ("run", "seconds", record.provenance.seconds),
      ("run", "resumed", Double(record.provenance.resumed)),
    ]
    let noise: [(String, String, Double?)] = audit.map {
      ("noise", RunNames.kebab($0).replacing("-", with: "_"), record.noise[$0]?.doubleValue)
    }
    return (fixed + noise + named(record.scalars)).compactMap { split, metric, value in
      value.map {
        RunMeasurement(
          epoch: nil, stage: nil, isPreparation: nil, split: split, metric: metric, value: $0)
      }
    }
  }

  private static func named(_ scalars: [String: Double]) -> [(String, String, Double?)] {
    scalars.sorted { $0.key < $1.key }.map { ("method", $0.key, $0.value) }
  }
}
