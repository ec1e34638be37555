import Datasets
import Foundation
import LabelNoise
import RunStore
import Torch
import Training

/// The data sets that a process has read, so that many runs in one worker read each file once.
public final class DataShelf {
  private let folder: URL?
  private let device: Device
  private var datasets: [String: ImageDataset] = [:]
  private var banks: [ImageRange: ImageBank] = [:]

  private struct ImageRange: Hashable {
    var dataset: String
    var isTest: Bool
    var range: Range<Int>
  }

  /// Creates an empty shelf.
  ///
  /// - Parameters:
  ///   - folder: Where data files are; nil for each data set's usual place.
  ///   - device: Where images live.
  public init(folder: URL?, device: Device) {
    self.folder = folder
    self.device = device
  }

  /// A data set, read and verified at its first use.
  public func dataset(_ identifier: String) throws -> ImageDataset {
    if let known = datasets[identifier] { return known }
    let loaded = try DatasetCatalog.load(identifier, from: folder)
    datasets[identifier] = loaded
    return loaded
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
    let pixels = Array(images.pixels[(range.lowerBound * size)..<(range.upperBound * size)])
    let bank = ImageBank(
      pixels: pixels, shape: dataset.shape, mean: dataset.mean,
      standardDeviation: dataset.standardDeviation, on: device)
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
