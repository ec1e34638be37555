import Datasets
import NN
import RunStore
import Torch

/// A method of learning with noisy labels, as the training loop sees it.
///
/// The loop asks for stages until there are none; within a stage it asks for the passes of each epoch and hands over
/// batches; after each epoch it evaluates ``predict(_:)``, records and saves. A method holds its networks in
/// ``learners`` and whatever else it must remember between steps, epochs or stages (running targets, loss sums, label
/// estimates) in ``memory``: then a run that is continued from a checkpoint goes on exactly as it would have.
///
/// When a run is continued, ``memory`` is restored first, then ``begin(stage:)`` is called for the stage that was
/// running, and then the learners' states are restored. ``begin(stage:)`` must therefore depend on nothing but the
/// method's configuration and its memory.
public protocol TrainingMethod: AnyObject {
  /// Prepares a stage, counted from 0; nil when the method is finished.
  func begin(stage: Int) throws -> Stage?
  /// The passes of an epoch; called at the start of each.
  func passes(epoch: EpochPosition) throws -> [Pass]
  /// Trains on one batch.
  func step(_ batch: Batch, at position: StepPosition) throws -> StepReport
  /// Called after the last pass of an epoch and before its evaluation.
  func end(epoch: EpochPosition) throws
  /// Class scores in evaluation mode; their softmax is the prediction. n x C.
  func predict(_ images: Tensor) -> Tensor
  /// Class scores whose softmax predicts the given, noisy label; what noisy validation labels are compared with. n x C.
  ///
  /// The same as ``predict(_:)`` unless the method models how labels were corrupted.
  func predictGivenLabels(_ images: Tensor) -> Tensor
  /// Called after each epoch's evaluation and before its state is saved, for methods that come back to their best epoch.
  func evaluated(_ record: EpochRecord, at epoch: EpochPosition) throws
  /// Further predictors whose test accuracy is recorded under their name.
  var extraPredictors: [String: (Tensor) -> Tensor] { get }
  /// The networks in training with their optimisers, by name.
  var learners: [String: Learner] { get }
  /// What else must survive an interruption, by name.
  var memory: [String: Tensor] { get set }
  /// Scalars of the whole run, for its record.
  var scalars: [String: Double] { get }
  /// What the finished method knows of each training sample, by name, n x d each, for analyses; no record holds it.
  var sampleOutputs: [String: Tensor] { get }
}

extension TrainingMethod {
  /// Nothing to do.
  public func end(epoch: EpochPosition) throws {}
  /// Nothing to do.
  public func evaluated(_ record: EpochRecord, at epoch: EpochPosition) throws {}
  /// The scores of ``predict(_:)``.
  public func predictGivenLabels(_ images: Tensor) -> Tensor { predict(images) }
  /// No further predictors.
  public var extraPredictors: [String: (Tensor) -> Tensor] { [:] }
  /// Nothing to remember.
  public var memory: [String: Tensor] {
    get { [:] }
    set {}
  }
  /// No scalars.
  public var scalars: [String: Double] { [:] }
  /// Nothing.
  public var sampleOutputs: [String: Tensor] { [:] }
}

/// A part of a method's training with its own number of epochs.
public struct Stage: Hashable, Sendable {
  /// The name in the records, for example `train`.
  public var name: String
  /// The number of epochs.
  public var epochs: Int
  /// Whether it only prepares the model that the method ends with, such as a warm-up whose network is dropped: then its
  /// epochs are measured, and are no candidates for the run's number.
  public var isPreparation: Bool

  /// Creates a stage.
  public init(name: String, epochs: Int, isPreparation: Bool = false) {
    self.name = name
    self.epochs = epochs
    self.isPreparation = isPreparation
  }
}

/// Where an epoch stands, counted from 0.
public struct EpochPosition: Hashable, Sendable {
  /// The stage's number.
  public var stage: Int
  /// The epoch within the stage.
  public var epoch: Int
  /// The number of epochs of the stage.
  public var epochs: Int
  /// The epoch over the whole run.
  public var overall: Int

  /// Creates a position.
  public init(stage: Int, epoch: Int, epochs: Int, overall: Int) {
    self.stage = stage
    self.epoch = epoch
    self.epochs = epochs
    self.overall = overall
  }
}

/// Where a step stands.
public struct StepPosition: Hashable, Sendable {
  /// The epoch.
  public var epoch: EpochPosition
  /// The pass within the epoch, counted from 0.
  public var pass: Int
  /// The step within the pass, counted from 0.
  public var step: Int

  /// Creates a position.
  public init(epoch: EpochPosition, pass: Int, step: Int) {
    self.epoch = epoch
    self.pass = pass
    self.step = step
  }
}

/// What a step tells the loop; everything stays on the device.
public struct StepReport {
  /// The logits that the curves are drawn from, b x C.
  public var logits: Tensor
  /// The per-sample loss without weights, b.
  public var losses: Tensor
  /// Further single-element scalars, averaged over the epoch.
  public var scalars: [String: Tensor]

  /// Creates a report.
  public init(logits: Tensor, losses: Tensor, scalars: [String: Tensor] = [:]) {
    self.logits = logits
    self.losses = losses
    self.scalars = scalars
  }
}
