import Datasets
import Foundation
import LabelNoise
import RunStore
import Torch
import Training

/// The data sets that a process has read, so that many runs in one worker read each file once.
public final class DataShelf {
  let source: DataSource
  private let device: Device
  private let images: DecodedImages
  private var datasets: [String: ImageDataset] = [:]
  private var banks: [ImageRange: ImageBank] = [:]
  private var contents: [String: String] = [:]

  private struct ImageRange: Hashable {
    var dataset: String
    var isTest: Bool
    var range: Range<Int>
  }

  /// Creates an empty shelf.
  ///
  /// - Parameters:
  ///   - source: Where images are read from.
  ///   - device: Where images live.
  ///   - images: Where decoded images are shared with other processes.
  public init(source: DataSource, device: Device, images: DecodedImages = .standard()) {
    self.source = source
    self.device = device
    self.images = images
  }

  /// Decodes and checks the data sets of jobs once, before many workers need them.
  ///
  /// What cannot be read is left for the worker that needs it to report.
  public static func prepare(
    for jobs: [Job], source: DataSource, images: DecodedImages = .standard()
  ) {
    guard images.folder != nil else { return }
    for name in Set(jobs.flatMap(\.datasets)).sorted() {
      _ = try? DataShelf(source: source, device: .cpu, images: images).dataset(name)
    }
  }

  /// Channels, height and width of a data set's images: known for published ones, read for own images.
  ///
  /// - Throws: ``DatasetError`` when own images cannot be read.
  public func shape(of identifier: String) throws -> [Int] {
    try DatasetCatalog.shape(of: identifier) ?? dataset(identifier).shape
  }

  /// A data set, read at its first use; verified unless the source accepts unverified files.
  public func dataset(_ identifier: String) throws -> ImageDataset {
    if let known = datasets[identifier] { return known }
    let loaded = try images.load(
      identifier, from: source.folder,
      verification: source.acceptsUnverified ? .unverified : .official)
    datasets[identifier] = loaded
    return loaded
  }

  /// Reads the data set of a specification and compares it with what the specification names.
  ///
  /// - Throws: ``DatasetError`` when it is missing or damaged, has fewer images, or is another one than that named.
  @discardableResult
  public func check(_ data: DataSpecification) throws -> ImageDataset {
    let dataset = try dataset(data.dataset)
    let found = try unverifiedContent(of: data.dataset)
    guard found == data.content else {
      throw DatasetError(
        .damaged,
        "\(data.dataset): expected \(Self.describe(data.content)), found \(Self.describe(found)); "
          + "read the same files as when this run was planned")
    }
    for (part, images, wanted) in [
      ("training", dataset.train, data.poolCount), ("test", dataset.test, data.testCount),
    ] where images.count < wanted {
      throw DatasetError(
        .unknown,
        "\(data.dataset): expected at least \(wanted) \(part) images, found \(images.count)")
    }
    return dataset
  }

  private static func describe(_ content: String?) -> String {
    content.map { "unverified data of SHA-256 \($0)" } ?? "the official data"
  }

  /// The digest that tells unverified files of a data set apart; nil when they are the official ones after all.
  public func unverifiedContent(of identifier: String) throws -> String? {
    let dataset = try dataset(identifier)
    guard !dataset.isVerified else { return nil }
    if let known = contents[identifier] { return known }
    let content = dataset.contentDigest
    contents[identifier] = content
    return content
  }

  /// The labels that come with the data, for a noise that names them.
  ///
  /// - Throws: ``DatasetError`` when the data set has none of that name.
  public func givenLabels(_ noise: NoiseModel, for data: DataSpecification) throws -> [Int]? {
    guard case .given(let given) = noise else { return nil }
    return try DatasetCatalog.givenLabels(
      of: try dataset(data.dataset), set: given.set, from: source.folder)
  }

  /// Consecutive images of a data set on the device, uploaded at their first use.
  ///
  /// - Throws: ``DatasetError`` when the data set has fewer images.
  public func bank(_ identifier: String, isTest: Bool, range: Range<Int>) throws -> ImageBank {
    let place = ImageRange(dataset: identifier, isTest: isTest, range: range)
    if let known = banks[place] { return known }
    let dataset = try dataset(identifier)
    let images = isTest ? dataset.test : dataset.train
    guard range.upperBound <= images.count else {
      throw DatasetError(
        .unknown,
        "\(identifier): expected at least \(range.upperBound) \(isTest ? "test" : "training") images, "
          + "found \(images.count)")
    }
    let size = dataset.imageSize
    let bank = ImageBank(
      pixels: images.pixels.part((range.lowerBound * size)..<(range.upperBound * size)),
      shape: dataset.shape, mean: dataset.mean, standardDeviation: dataset.standardDeviation,
      on: device)
    banks[place] = bank
    return bank
  }

  /// The external clean images as a training set.
  public func externalSamples(_ split: ExternalSplit) throws -> TrainingSet {
    let range = split.start..<(split.start + split.count)
    let bank = try bank(split.dataset, isTest: false, range: range)
    let labels = Array(try dataset(split.dataset).train.labels[range])
    return TrainingSet(
      bank: bank, rows: Array(0..<split.count), identifiers: Array(range), labels: labels,
      isWrong: nil)
  }
}
