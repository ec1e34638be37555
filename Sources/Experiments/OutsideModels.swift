import Datasets
import Foundation
import Generative
import Methods
import NN
import RunStore
import SeededRandom
import Torch
import Training

/// The trained generator and extractor, as a source of echoes.
final class OutsideModels: EchoSource {
  private let dataset: ImageDataset
  private let extractor: Network
  private let meanFeature: Tensor?
  private let model: EchoModModel
  private let sampler: EchoModSampler
  private let stream: SeedStream
  private let cache: EchoCache
  private var known: [[Int]: Echo] = [:]

  init(
    dataset: ImageDataset, extractor: Network, meanFeature: Tensor?, model: EchoModModel,
    stream: SeedStream, cache: EchoCache
  ) {
    self.dataset = dataset
    self.extractor = extractor
    self.meanFeature = meanFeature
    self.model = model
    self.stream = stream
    self.cache = cache
    sampler = EchoModSampler(
      model, height: dataset.shape[1], width: dataset.shape[2], stream: stream)
  }

  /// The echo of samples; what the cache lacks is generated and stored.
  func echo(of samples: TrainingSet) throws -> Echo {
    if let echo = known[samples.labels] { return echo }
    let echo = try compared(samples).echo
    known[samples.labels] = echo
    return echo
  }

  /// The echo of samples with the features that its similarities compare, each n x d.
  func compared(
    _ samples: TrainingSet
  ) throws -> (echo: Echo, original: Tensor, modified: Tensor) {
    let images = try images(
      of: samples.identifiers, labels: samples.labels, report: { _, _ in }, isStopped: { false })
    guard let images else { preconditionFailure("generation stopped without being asked to") }
    let bank = samples.bank.replacing(
      images: Tensor.from(
        images.flatMap { $0 }, shape: [samples.count] + dataset.shape, on: samples.device))
    let original = features(samples.bank, rows: samples.rows)
    let modified = features(bank, rows: Array(0..<samples.count))
    let similarities = withoutGradient {
      (original * modified).sum(along: [1])
        / ((original * original).sum(along: [1]) * (modified * modified).sum(along: [1])
        + 1e-12).squareRoot()
    }
    let echo = Echo(
      images: bank.images, similarities: similarities.array(of: Float.self).map(Double.init))
    return (echo, original, modified)
  }

  /// Generates the modified images of images under labels, unless the cache has them.
  ///
  /// - Parameters:
  ///   - identifiers: The place of each original in the training file.
  ///   - labels: The label that each is to fit.
  ///   - report: Called after each batch with the images done and all that were missing.
  ///   - isStopped: Asked before each batch.
  /// - Returns: The images in order; nil when stopped on the way.
  /// - Throws: ``FileSystemError`` when the cache cannot be read or written.
  func images(
    of identifiers: [Int], labels: [Int], report: (Int, Int) -> Void, isStopped: () -> Bool
  ) throws -> [[UInt8]]? {
    var found = [[UInt8]?](repeating: nil, count: identifiers.count)
    let classes = Set(labels).sorted()
    for label in classes {
      let places = labels.indices.filter { labels[$0] == label }
      let stored = try cache.images(label: label, of: places.map { identifiers[$0] })
      for place in places { found[place] = stored[identifiers[place]] }
    }
    let missing = found.indices.filter { found[$0] == nil }
    var done = 0
    for start in stride(from: 0, to: missing.count, by: EchoModSampler.batchSize) {
      if isStopped() { return nil }
      let batch = Array(missing[start..<min(start + EchoModSampler.batchSize, missing.count)])
      let made = sampler.sample(
        originals: batch.map { original(identifiers[$0]) }, labels: batch.map { labels[$0] },
        identifiers: batch.map { identifiers[$0] })
      for label in Set(batch.map { labels[$0] }).sorted() {
        try cache.store(
          zip(batch, made).filter { labels[$0.0] == label }
            .map { (identifiers[$0.0], $0.1) }, label: label)
      }
      for (place, pixels) in zip(batch, made) { found[place] = pixels }
      done += batch.count
      report(done, missing.count)
    }
    return found.compactMap { $0 }
  }

  /// The labels that the extractor's own head gives modified images: a judge that saw only external images.
  func judgedLabels(_ images: [[UInt8]], like bank: ImageBank) -> [Int] {
    let judged = bank.replacing(
      images: Tensor.from(
        images.flatMap { $0 }, shape: [images.count] + dataset.shape, on: bank.images.device))
    return Evaluation.outputs(
      TrainingSet(
        bank: judged, rows: Array(0..<images.count), identifiers: Array(0..<images.count),
        labels: [Int](repeating: 0, count: images.count), isWrong: nil)
    ) { self.extractor.logits($0, training: false) }.argmax(along: 1).array(of: Int.self)
  }

  /// Images under labels at any operating point, past the cache.
  func modified(
    _ originals: [[UInt8]], labels: [Int], sampling: EchoModConfiguration.Sampling
  ) -> [[UInt8]] {
    let sampler = EchoModSampler(
      model, height: dataset.shape[1], width: dataset.shape[2], stream: stream, sampling: sampling)
    return stride(from: 0, to: originals.count, by: EchoModSampler.batchSize).flatMap { start in
      let batch = start..<min(start + EchoModSampler.batchSize, originals.count)
      return sampler.sample(
        originals: Array(originals[batch]), labels: Array(labels[batch]),
        identifiers: Array(batch))
    }
  }

  /// The bytes of a training image.
  func original(_ identifier: Int) -> [UInt8] {
    let size = dataset.imageSize
    return Array(dataset.train.pixels.part((identifier * size)..<((identifier + 1) * size)))
  }

  private func features(_ bank: ImageBank, rows: [Int]) -> Tensor {
    let set = TrainingSet(
      bank: bank, rows: rows, identifiers: rows, labels: [Int](repeating: 0, count: rows.count),
      isWrong: nil)
    let raw = Evaluation.outputs(set) { self.extractor.features($0, training: false) }
    return withoutGradient { meanFeature.map { raw - $0 } ?? raw }
  }
}
