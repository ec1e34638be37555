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
    let data = specification.data
    let dataset = try shelf.dataset(data.dataset)
    labels = try Self.labels(specification, dataset: dataset)
    let csv = Data(labels.csv.utf8)
    let file = store.noiseFile(named: labels.fileName(dataset: "\(data.dataset)-\(data.poolCount)"))
    if let stored = try AtomicFile.contents(of: file) {
      guard stored == csv else {
        throw StoreError.damaged(
          path: file.path, reason: "these are not the labels that its name and seed give")
      }
    } else {
      try AtomicFile.write(csv, to: file)
    }
    let split = data.split(seed: specification.seeds.split)
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

  /// The noisy labels of the pool.
  static func labels(
    _ specification: RunSpecification, dataset: ImageDataset
  ) throws -> NoisyLabels {
    let count = specification.data.poolCount
    let size = dataset.imageSize
    let noise = specification.noise
    return try noise.corrupt(
      Array(dataset.train.labels.prefix(count)), classes: dataset.classNames.count,
      seed: specification.seeds.noise,
      pixels: noise.needsPixels
        ? ImagePixels(bytes: Array(dataset.train.pixels.prefix(count * size)), size: size) : nil)
  }
}
