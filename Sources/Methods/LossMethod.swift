import NN
import Torch
import Training

/// A method that is nothing but a loss: one network, one stage, the shared protocol.
///
/// The curves are drawn from the cross-entropy with the given labels whatever the loss, so that they compare; the loss
/// itself is recorded as the scalar `objective` when it is another.
public final class LossMethod: TrainingMethod {
  /// A per-sample loss of logits (n x C) and given labels (n).
  public typealias Loss = (_ logits: Tensor, _ labels: Tensor) -> Tensor

  private let task: TrainingTask
  private let samples: TrainingSet
  private let learner: Learner
  private let loss: Loss?

  /// Creates the method; no loss means cross-entropy.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - samples: The samples to train on instead of the task's own.
  ///   - rateFactor: The factor on the shared protocol's learning rate.
  ///   - gradientLimit: The largest joint 2-norm of the gradients; nil for no limit.
  ///   - loss: The per-sample loss.
  public init(
    task: TrainingTask, samples: TrainingSet? = nil, rateFactor: Double = 1,
    gradientLimit: Double? = nil, loss: Loss? = nil
  ) {
    self.task = task
    self.samples = samples ?? task.samples
    self.loss = loss
    learner = task.learner("network", rateFactor: rateFactor, gradientLimit: gradientLimit)
  }

  /// The one stage.
  public func begin(stage: Int) -> Stage? {
    stage == 0 ? Stage(name: "train", epochs: task.trainingProtocol.epochs) : nil
  }

  /// One pass over the samples.
  public func passes(epoch: EpochPosition) -> [Pass] { [task.pass(over: samples)] }

  /// One step down the mean loss.
  public func step(_ batch: Batch, at position: StepPosition) -> StepReport {
    let logits = learner.network.logits(batch.images, training: true)
    let crossEntropy = logits.crossEntropy(targets: batch.labels)
    let losses = loss.map { $0(logits, batch.labels) } ?? crossEntropy
    let objective = batch.mean(losses)
    learner.step(minimising: objective, at: position.epoch)
    return StepReport(
      logits: logits, losses: crossEntropy,
      scalars: loss == nil ? [:] : ["objective": objective])
  }

  /// The network's logits.
  public func predict(_ images: Tensor) -> Tensor {
    learner.network.logits(images, training: false)
  }

  /// The one network.
  public var learners: [String: Learner] { ["network": learner] }
}
