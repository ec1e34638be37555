import NN
import RunStore
import Torch
import Training

/// HOC-Forward: a transition matrix by high-order consensus, then forward-corrected training.
///
/// Stands for the row "Identifiability": Liu, Cheng and Zhang, "Identifiability of Label Noise Transition Matrix", 2023;
/// UCSC-REAL/Identifiability at 02372f5. The paper is a theory of when T(x) can be identified; its code estimates one
/// matrix by ``HOCEstimator`` and minimises −log (pᵀT)_y with a fresh network. What other papers ran under this name they
/// do not say.
///
/// The released code takes features of a self-supervised ResNet-50; here they are the penultimate features, in evaluation
/// mode, of a network that cross-entropy has warmed up, at its best epoch on noisy validation labels. The released
/// warm-up's best epoch is chosen on clean test images.
public final class HOCForward: TrainingMethod {
  /// The hyperparameters; shares are of the shared protocol's epochs.
  public struct Configuration: MethodRecipe {
    /// The length of the warm-up by cross-entropy.
    public var warmUpShare: Double
    /// The length of forward-corrected training.
    public var forwardShare: Double
    /// The optimiser of both stages; nil for the shared one.
    public var optimizer: OptimizerConfiguration?
    /// The schedule of the warm-up; nil for the shared one.
    public var warmUpSchedule: Schedule?
    /// The schedule of forward-corrected training; nil for the shared one.
    public var forwardSchedule: Schedule?
    /// The number of samples in a batch; nil for the shared one.
    public var batchSize: Int?
    /// How the matrix is estimated.
    public var estimator: HOCEstimator

    /// Creates a configuration.
    public init(
      warmUpShare: Double, forwardShare: Double, optimizer: OptimizerConfiguration?,
      warmUpSchedule: Schedule?, forwardSchedule: Schedule?, batchSize: Int?,
      estimator: HOCEstimator
    ) {
      self.warmUpShare = warmUpShare
      self.forwardShare = forwardShare
      self.optimizer = optimizer
      self.warmUpSchedule = warmUpSchedule
      self.forwardSchedule = forwardSchedule
      self.batchSize = batchSize
      self.estimator = estimator
    }

    /// CE_select_best.py and HOC_estimate_T_train.py as shares of 200 epochs: 150 epochs of warm-up and 100 of forward
    /// correction by SGD at 0.1 without momentum or decay, divided by ten after 50, batches of 256.
    public static let released = Configuration(
      warmUpShare: 0.75, forwardShare: 0.5,
      optimizer: .sgd(rate: 0.1, momentum: 0, weightDecay: 0, nesterov: false),
      warmUpSchedule: .milestones([1.0 / 3], factor: 0.1),
      forwardSchedule: .milestones([0.5], factor: 0.1), batchSize: 256, estimator: .released)

    /// The shared protocol in both stages, the warm-up half as long; the estimator as released.
    public static let ours = Configuration(
      warmUpShare: 0.5, forwardShare: 1, optimizer: nil, warmUpSchedule: nil, forwardSchedule: nil,
      batchSize: nil, estimator: .released)

    /// The method on a task.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      HOCForward(self, task: task)
    }

    /// Warm-up and forward correction; the estimate between them is counted with the warm-up, as about six passes over
    /// few images, which is less over many.
    public func stages(under trainingProtocol: TrainingProtocol) -> [PlannedStage] {
      let warmUp = trainingProtocol.epochs(share: warmUpShare)
      return [
        PlannedStage(
          name: Phase.warmUp.name, epochs: warmUp, trainingPasses: 1 + 6 / Double(warmUp)),
        PlannedStage(
          name: Phase.forward.name, epochs: trainingProtocol.epochs(share: forwardShare),
          trainingPasses: 1.02),
      ]
    }
  }

  private enum Phase: Int {
    case warmUp
    case forward

    var name: String { self == .warmUp ? "warm-up" : "forward" }
  }

  private let configuration: Configuration
  private let task: TrainingTask
  private var phase = Phase.warmUp
  private var learner: Learner?
  /// What must survive an interruption: the warm-up's best weights, then the matrix and its residual.
  public var memory: [String: Tensor] = [:]

  private static let transitionName = "transition"
  private static let residualName = "hoc-residual"

  /// Creates the method.
  public init(_ configuration: Configuration, task: TrainingTask) {
    self.configuration = configuration
    self.task = task
  }

  /// Prepares the warm-up, or estimates the matrix and prepares forward correction.
  public func begin(stage: Int) throws -> Stage? {
    guard let phase = Phase(rawValue: stage) else { return nil }
    self.phase = phase
    switch phase {
    case .warmUp:
      learner = task.learner(
        "warm-up", optimizer: configuration.optimizer, schedule: configuration.warmUpSchedule)
      return Stage(
        name: phase.name, epochs: task.trainingProtocol.epochs(share: configuration.warmUpShare),
        isPreparation: true)
    case .forward:
      if let best = memory.bestWeights(of: Phase.warmUp.name) {
        try estimate(from: best)
        memory.forgetBest(of: Phase.warmUp.name)
      }
      learner = task.learner(
        "network", optimizer: configuration.optimizer, schedule: configuration.forwardSchedule)
      return Stage(
        name: phase.name, epochs: task.trainingProtocol.epochs(share: configuration.forwardShare))
    }
  }

  /// One pass over the samples.
  public func passes(epoch: EpochPosition) -> [Pass] {
    var pass = task.pass()
    pass.batchSize = configuration.batchSize ?? pass.batchSize
    return [pass]
  }

  /// One step of plain or forward-corrected cross-entropy.
  public func step(_ batch: Batch, at position: StepPosition) -> StepReport {
    guard let learner else { preconditionFailure("step before begin(stage:)") }
    let logits = learner.network.logits(batch.images, training: true)
    let crossEntropy = logits.crossEntropy(targets: batch.labels)
    guard phase == .forward else {
      learner.step(minimising: batch.mean(crossEntropy), at: position.epoch)
      return StepReport(logits: logits, losses: crossEntropy)
    }
    let objective = batch.mean(
      TransitionCorrection.forwardLoss(
        logits: logits, targets: batch.labels, transition: transition))
    learner.step(minimising: objective, at: position.epoch)
    return StepReport(logits: logits, losses: crossEntropy, scalars: ["objective": objective])
  }

  /// Keeps the weights of the warm-up's best epoch on noisy validation labels.
  public func evaluated(_ record: EpochRecord, at epoch: EpochPosition) {
    guard let learner, phase == .warmUp else { return }
    memory.keepBest(learner, of: phase.name, accuracy: record.validationAccuracy)
  }

  /// The network's logits.
  public func predict(_ images: Tensor) -> Tensor {
    guard let learner else { preconditionFailure("predict before begin(stage:)") }
    return learner.network.logits(images, training: false)
  }

  /// log Tᵀp; the logits in the warm-up.
  public func predictGivenLabels(_ images: Tensor) -> Tensor {
    phase == .warmUp
      ? predict(images)
      : TransitionCorrection.givenScores(logits: predict(images), transition: transition)
  }

  /// The network of the stage.
  public var learners: [String: Learner] { learner.map { ["network": $0] } ?? [:] }

  /// The mean diagonal of the matrix, and the distance that its estimate left.
  public var scalars: [String: Double] {
    guard let transition = memory[Self.transitionName], let residual = memory[Self.residualName]
    else { return [:] }
    return [
      "transition-mean-diagonal": TransitionCorrection.meanDiagonal(transition),
      Self.residualName: residual.item(),
    ]
  }

  private var transition: Tensor {
    guard let transition = memory[Self.transitionName] else {
      preconditionFailure("the transition matrix is used before it is estimated")
    }
    return transition
  }

  /// Estimates the matrix from the features of the warm-up's network.
  private func estimate(from weights: [String: Tensor]) throws {
    let network = task.makeNetwork("warm-up")
    try network.store.load(weights.part("network/"))
    let features = Evaluation.outputs(task.samples) { network.features($0, training: false) }
    let estimator = configuration.estimator
    let frequencies = estimator.frequencies(
      features: features, labels: task.samples.labels, classes: task.classes,
      stream: task.streams.order.substream("hoc"))
    let estimate = estimator.estimate(frequencies, on: task.samples.device)
    memory[Self.transitionName] = estimate.transition.to(.float32)
    memory[Self.residualName] = .from([estimate.residual], shape: [1])
  }
}
