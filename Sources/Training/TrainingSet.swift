import Datasets
import NN
import Torch

/// The samples that a pass trains on: images with their given labels, resident on a device.
public final class TrainingSet {
  /// The images.
  public let bank: ImageBank
  /// The number of each sample that stays the same in every stage; draws are keyed by it.
  public let identifiers: [Int]
  /// The given (noisy) label of each sample.
  public let labels: [Int]
  /// Whether each given label is wrong, for the memorised share alone; nil when it is not known.
  public let isWrong: [Bool]?

  /// The row of each sample in the bank, int64.
  let rowsOnDevice: Tensor
  /// The given labels, int64.
  public let labelsOnDevice: Tensor
  let wrongOnDevice: Tensor?
  /// The weight of each sample's loss, float32; nil when all weigh one.
  let weightsOnDevice: Tensor?

  /// Creates a set.
  ///
  /// - Parameters:
  ///   - bank: The images.
  ///   - rows: The row of each sample in the bank.
  ///   - identifiers: The stable number of each sample.
  ///   - labels: The given label of each sample.
  ///   - isWrong: Whether each label is wrong; nil when that is not known.
  ///   - weights: The weight of each sample's loss; nil for one each.
  /// - Precondition: All lists have the same length.
  public init(
    bank: ImageBank, rows: [Int], identifiers: [Int], labels: [Int], isWrong: [Bool]?,
    weights: [Float]? = nil
  ) {
    precondition(
      rows.count == identifiers.count && rows.count == labels.count
        && rows.count == isWrong?.count ?? rows.count && rows.count == weights?.count ?? rows.count,
      "expected \(rows.count) identifiers, labels and weights")
    self.bank = bank
    self.identifiers = identifiers
    self.labels = labels
    self.isWrong = isWrong
    let device = bank.images.device
    let shape = [rows.count]
    rowsOnDevice = .from(rows, shape: shape, on: device)
    labelsOnDevice = .from(labels, shape: shape, on: device)
    wrongOnDevice = isWrong.map { .from($0.map { $0 ? Float(1) : 0 }, shape: shape, on: device) }
    weightsOnDevice = weights.map { .from($0, shape: shape, on: device) }
    self.rows = rows
    self.weights = weights
  }

  /// The row of each sample in the bank.
  public let rows: [Int]
  /// The weight of each sample's loss; nil when all weigh one.
  public let weights: [Float]?

  /// The number of samples.
  public var count: Int { labels.count }

  /// The device of the images.
  public var device: Device { bank.images.device }

  /// The samples at positions, in their order.
  public func subset(_ positions: [Int]) -> TrainingSet {
    TrainingSet(
      bank: bank, rows: positions.map { rows[$0] },
      identifiers: positions.map { identifiers[$0] }, labels: positions.map { labels[$0] },
      isWrong: isWrong.map { flags in positions.map { flags[$0] } },
      weights: weights.map { all in positions.map { all[$0] } })
  }
}

/// A mini-batch on the device.
public struct Batch {
  /// The place of each sample in its training set, int64.
  public let positions: Tensor
  /// The images in each requested view, b x c x h x w, float32, normalised.
  public let views: [Tensor]
  /// The given labels, int64.
  public let labels: Tensor
  /// The weights of the samples' losses; nil when all weigh one.
  public let weights: Tensor?
  /// The number of samples.
  public let count: Int

  /// The images in the first view.
  public var images: Tensor { views[0] }

  /// The mean of per-sample losses, each with its sample's weight.
  public func mean(_ losses: Tensor) -> Tensor {
    (weights.map { losses * $0 } ?? losses).mean()
  }
}

/// One walk over a training set within an epoch.
public struct Pass {
  /// The samples.
  public var samples: TrainingSet
  /// The number of samples in a batch.
  public var batchSize: Int
  /// Whether a last batch of fewer samples is left out.
  public var dropsLast: Bool
  /// The augmentation of each view that a batch holds; one entry for most methods.
  public var views: [Augmentation]

  /// Creates a pass.
  public init(samples: TrainingSet, batchSize: Int, dropsLast: Bool, views: [Augmentation]) {
    self.samples = samples
    self.batchSize = batchSize
    self.dropsLast = dropsLast
    self.views = views
  }

  /// The number of batches.
  ///
  /// A last batch of a single sample is left out in any case: batch normalisation has no variance there, and one such
  /// batch would make every running variance not a number.
  public var batchCount: Int {
    let whole = samples.count / batchSize
    return dropsLast || samples.count % batchSize <= 1 ? whole : whole + 1
  }
}
