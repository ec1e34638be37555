import Datasets
import NN

/// What all methods of a table share: length, batches, optimiser, schedule and augmentation.
public struct TrainingProtocol: Codable, Hashable, Sendable {
  /// The number of epochs of the main stage.
  public var epochs: Int
  /// The number of samples in a batch.
  public var batchSize: Int
  /// Whether a last batch of fewer samples is left out.
  public var dropsLast: Bool
  /// The optimiser.
  public var optimizer: OptimizerConfiguration
  /// The schedule of the learning rate.
  public var schedule: Schedule
  /// The augmentation of training images.
  public var augmentation: Augmentation

  /// Creates a protocol.
  public init(
    epochs: Int, batchSize: Int, dropsLast: Bool, optimizer: OptimizerConfiguration,
    schedule: Schedule, augmentation: Augmentation
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.dropsLast = dropsLast
    self.optimizer = optimizer
    self.schedule = schedule
    self.augmentation = augmentation
  }

  /// EchoAlign's protocol for CIFAR: 200 epochs of SGD at 0.1, divided by ten at half and three quarters.
  ///
  /// EchoAlign, table 5; KevinCarpricorn/EchoAlign main.py; the settings of tmllab/2021_NeurIPS_PES PES_cs.py.
  public static let paper = TrainingProtocol(
    epochs: 200, batchSize: 128, dropsLast: false,
    optimizer: .sgd(rate: 0.1, momentum: 0.9, weightDecay: 1e-4, nesterov: false),
    schedule: .milestones([0.5, 0.75], factor: 0.1), augmentation: .cropAndFlip)
}
