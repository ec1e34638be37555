import Datasets
import Foundation
import LabelNoise
import RunStore
import Torch
import Training

/// A run's noisy labels with their artefact and audit, and the sets made from them.
public struct NoisyData {
  /// The labels of the whole pool.
  public let labels: NoisyLabels
  /// The audit of the training part.
  public let audit: NoiseAudit
  /// The training samples.
  public let samples: TrainingSet
  /// The validation images with their noisy labels.
  public let validation: EvaluationSet
  /// The clean test images.
  public let test: EvaluationSet

  /// Draws the labels of a specification, writes them to the store, and makes the sets.
  ///
  /// The artefact is named by data set, noise, all its parameters and its seed; it is written once, and compared with the
  /// draw whenever it is there.
  ///
  /// - Throws: ``StoreError`` when the stored labels are not what the parameters give, and what reading data throws.
  public init(_ specification: RunSpecification, shelf: DataShelf, store: RunStore) throws {
    try self.init(
      specification.data, noise: specification.noise, noiseSeed: specification.seeds.noise,
      splitSeed: specification.seeds.split, shelf: shelf, store: store)
  }

  /// Draws the labels of an echo's pool and splits it; see ``init(_:shelf:store:)``.
  init(_ draw: EchoDraw, shelf: DataShelf, store: RunStore) throws {
    try self.init(
      draw.data, noise: draw.noise, noiseSeed: draw.noiseSeed, splitSeed: draw.splitSeed,
      shelf: shelf, store: store)
  }

  private init(
    _ data: DataSpecification, noise: NoiseModel, noiseSeed: UInt64, splitSeed: UInt64,
    shelf: DataShelf, store: RunStore
  ) throws {
    let dataset = try shelf.check(data)
    labels = try Self.labels(of: data, noise: noise, seed: noiseSeed, shelf: shelf)
    let csv = Data(labels.csv.utf8)
    let file = store.noiseFile(named: labels.fileName(dataset: Self.name(of: data)))
    if let stored = try AtomicFile.contents(of: file) {
      guard stored == csv else {
        throw StoreError.damaged(
          path: file.path, reason: "these are not the labels that its name and seed give")
      }
    } else {
      try AtomicFile.write(csv, to: file)
    }
    let split = data.split(seed: splitSeed)
    let trainLabels = labels.restricted(to: split.train)
    audit = try NoiseAudit(trainLabels, digest: Digest.sha256(of: csv))
    let pool = try shelf.bank(data.dataset, isTest: false, range: 0..<data.poolCount)
    samples = TrainingSet(
      bank: pool, rows: split.train, identifiers: split.train, labels: trainLabels.noisy,
      isWrong: trainLabels.isWrong)
    let heldRows = Tensor.from(
      split.validation, shape: [split.validation.count], on: pool.images.device)
    validation = EvaluationSet(
      bank: pool.replacing(images: pool.images.select(heldRows)),
      labels: labels.restricted(to: split.validation).noisy)
    test = EvaluationSet(
      bank: try shelf.bank(data.dataset, isTest: true, range: 0..<data.testCount),
      labels: Array(dataset.test.labels.prefix(data.testCount)))
  }

  /// What noise files are named by: the data set, the digits of its digest where it is not the official one, the pool.
  static func name(of data: DataSpecification) -> String {
    ([data.dataset] + (data.content.map { [String($0.prefix(10))] } ?? [])
      + [String(data.poolCount)]).joined(separator: "-")
  }

  /// The noisy labels of a pool.
  ///
  /// - Throws: ``LabelNoise/NoiseError``, and what reading data throws.
  public static func labels(
    of data: DataSpecification, noise: NoiseModel, seed: UInt64, shelf: DataShelf
  ) throws -> NoisyLabels {
    let dataset = try shelf.check(data)
    let count = data.poolCount
    return try noise.corrupt(
      Array(dataset.train.labels.prefix(count)), classes: dataset.classNames.count, seed: seed,
      pixels: noise.needsPixels
        ? ImagePixels(
          bytes: Array(dataset.train.pixels.prefix(count * dataset.imageSize)),
          size: dataset.imageSize) : nil,
      given: try shelf.givenLabels(noise, for: data).map { Array($0.prefix(count)) })
  }
}
