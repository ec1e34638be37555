import NN
import Torch
import Training

/// Joint optimisation: labels are replaced by the network's own running predictions, and a new network learns the result.
///
/// Tanaka, Ikami, Yamasaki and Aizawa, "Joint Optimization Framework for Learning with Noisy Labels", 2018;
/// DaikiTanaka-UT/JointOptimization first_step_train.py and second_step_train.py at 7e7a30d.
///
/// Stage `relabel` trains on soft targets, which are the given labels at first, at a constant rate down
/// L_c + α L_p + β L_e; see ``terms(logits:targets:)``. The softmax outputs of the training pass are kept for the last
/// epochs, and from some epoch on their mean is the target of every sample, whatever its given label. Stage `retrain`
/// trains a new network down L_c on the final targets; that network is the one that is reported.
///
/// The training set's given labels are known, its right ones are not, so the records hold shares of replaced labels: of
/// all samples, of those whose given label is wrong, and of those whose given label is right.
public final class JointOptimization: TrainingMethod {
  /// The hyperparameters; shares are of the shared protocol's epochs, factors are of its learning rate.
  public struct Configuration: MethodRecipe {
    /// The weight α of L_p, which keeps the mean prediction near the prior.
    public var alpha: Double
    /// The weight β of L_e, the entropy of a prediction.
    public var beta: Double
    /// The constant factor on the learning rate while labels are replaced.
    public var relabelRateFactor: Double
    /// The share of the epochs that is trained on the given labels; more than 1 never replaces a label.
    public var givenShare: Double
    /// The share of the epochs whose outputs are averaged; at least one epoch is.
    public var averagedShare: Double
    /// The length of the second stage.
    public var retrainShare: Double
    /// The factor on the learning rate at the start of the second stage.
    public var retrainRateFactor: Double

    /// Creates a configuration.
    public init(
      alpha: Double, beta: Double, relabelRateFactor: Double, givenShare: Double,
      averagedShare: Double, retrainShare: Double, retrainRateFactor: Double
    ) {
      self.alpha = alpha
      self.beta = beta
      self.relabelRateFactor = relabelRateFactor
      self.givenShare = givenShare
      self.averagedShare = averagedShare
      self.retrainShare = retrainShare
      self.retrainRateFactor = retrainRateFactor
    }

    /// The paper's settings as far as its authors' code states them; the paper's table by noise rate was not at hand.
    public static func paper(isSymmetric: Bool) -> Configuration {
      released(isSymmetric: isSymmetric)
    }

    /// The released settings for CIFAR-10, as shares of 200 epochs and factors of a rate of 0.1.
    ///
    /// README.md: α = 1.2, β = 0.8, rate 0.08 for symmetric noise of 70 %, and 0.8, 0.4, 0.03 for asymmetric noise of
    /// 40 %, which stand here for all rates and all other noise. first_step_train.py: targets replaced from epoch 70 on, by
    /// the mean over 10 epochs. second_step_train.py: 120 epochs from rate 0.2.
    public static func released(isSymmetric: Bool) -> Configuration {
      Configuration(
        alpha: isSymmetric ? 1.2 : 0.8, beta: isSymmetric ? 0.8 : 0.4,
        relabelRateFactor: isSymmetric ? 0.8 : 0.3, givenShare: 0.35, averagedShare: 0.05,
        retrainShare: 0.6, retrainRateFactor: 2)
    }

    /// The released settings; where lengths are reduced, the shared protocol's learning rate in both stages.
    public static func ours(setting: MethodSetting) -> Configuration {
      var configuration = released(isSymmetric: setting.isSymmetric)
      if setting.isReduced {
        configuration.relabelRateFactor = 1
        configuration.retrainRateFactor = 1
      }
      return configuration
    }

    /// The method on a task.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      JointOptimization(self, task: task)
    }

    /// Replacing the labels, then training anew on them.
    public func stages(under trainingProtocol: TrainingProtocol) -> [PlannedStage] {
      [
        PlannedStage(name: "relabel", epochs: trainingProtocol.epochs, trainingPasses: 1.05),
        PlannedStage(name: "retrain", epochs: trainingProtocol.epochs(share: retrainShare)),
      ]
    }
  }

  let configuration: Configuration
  let task: TrainingTask
  private var learner: Learner?
  private var isRelabelling = true
  private var shares: [String: Tensor] = [:]
  /// What must survive an interruption: the targets (n x C), and the last epochs' outputs (K x n x C) while they are needed.
  public var memory: [String: Tensor] = [:]

  /// Creates the method.
  public init(_ configuration: Configuration, task: TrainingTask) {
    self.configuration = configuration
    self.task = task
  }

  /// Prepares the replacing of labels or the training on the replaced ones.
  public func begin(stage: Int) -> Stage? {
    let shared = task.trainingProtocol
    switch stage {
    case 0:
      isRelabelling = true
      prepareLabels()
      learner = task.learner(
        "relabelling", schedule: .constant, rateFactor: configuration.relabelRateFactor)
      return Stage(name: "relabel", epochs: shared.epochs, isPreparation: true)
    case 1:
      isRelabelling = false
      memory[Self.outputs] = nil
      learner = task.learner(
        "network", schedule: .milestones([1.0 / 3, 2.0 / 3], factor: 0.1),
        rateFactor: configuration.retrainRateFactor)
      return Stage(name: "retrain", epochs: shared.epochs(share: configuration.retrainShare))
    default:
      return nil
    }
  }

  /// One pass over the samples.
  public func passes(epoch: EpochPosition) -> [Pass] {
    if isRelabelling {
      openSlot(for: epoch)
      shares = replacedShares()
    }
    return [task.pass()]
  }

  /// One step on the current targets.
  public func step(_ batch: Batch, at position: StepPosition) -> StepReport {
    guard let learner, let targets = memory[Self.targets]?.select(batch.positions) else {
      preconditionFailure("step before begin(stage:)")
    }
    let logits = learner.network.logits(batch.images, training: true)
    let objective: Tensor
    var scalars: [String: Tensor] = [:]
    if isRelabelling {
      let terms = Self.terms(logits: logits, targets: targets)
      let regularisers = terms.prior * configuration.alpha + terms.entropy * configuration.beta
      objective = terms.classification + regularisers
      scalars = shares
      keep(outputs: logits, of: batch, in: position.epoch)
    } else {
      objective = Self.crossEntropy(logits: logits, targets: targets).mean()
    }
    scalars["objective"] = objective
    learner.step(minimising: objective, at: position.epoch)
    return StepReport(
      logits: logits, losses: withoutGradient { logits.crossEntropy(targets: batch.labels) },
      scalars: scalars)
  }

  /// Replaces the targets once it is time.
  public func end(epoch: EpochPosition) {
    let given = task.trainingProtocol.epochs(share: configuration.givenShare)
    if isRelabelling && epoch.epoch + 1 >= given {
      memory[Self.targets] = averagedOutputs(after: epoch)
    }
  }

  /// The logits of the stage's network.
  public func predict(_ images: Tensor) -> Tensor {
    guard let learner else { preconditionFailure("predict before begin(stage:)") }
    return learner.network.logits(images, training: false)
  }

  /// The network of the current stage.
  public var learners: [String: Learner] { learner.map { ["network": $0] } ?? [:] }

  /// The shares of replaced labels in the targets as they are.
  public var scalars: [String: Double] { replacedShares().mapValues { $0.item() } }
}
