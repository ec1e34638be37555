import NN
import RunStore
import Torch
import Training

/// T-Revision: a transition matrix from pseudo-anchors, importance reweighting, and a learned correction of the matrix.
///
/// Xia et al., "Are Anchor Points Really Indispensable in Label-Noise Learning?", 2019; xiaoboxia/T-Revision at b598cf2.
/// Cross-entropy gives the probabilities of given labels, of which class i's anchor is row i of T. The second stage starts
/// from the first one's best epoch and minimises w · CE with the constant w = p_y / (Tᵀp)_y; the third starts from the
/// second's best and learns ΔT, from zero, together with the network: T̂ = T + ΔT is not normalised and w is no constant.
/// The best epoch is the one whose probabilities of given labels, Tᵀp, predict noisy validation labels best.
///
/// Two faults of the released code are cases of ``Revision``. Here T is estimated in evaluation mode without augmentation,
/// and the divisor of w is at least 1e-6, since ΔT may make it negative.
public final class TRevision: TrainingMethod {
  private let configuration: Configuration
  private let task: TrainingTask
  private var phase = Phase.estimate
  private var learner: Learner?
  /// What must survive an interruption: the weights of the stage's best epoch, and T.
  public var memory: [String: Tensor] = [:]

  private static let transitionName = "transition"
  private static let changeName = "transition-change"

  /// Creates the method.
  public init(_ configuration: Configuration, task: TrainingTask) {
    self.configuration = configuration
    self.task = task
  }

  /// Prepares estimation, reweighting or revision.
  public func begin(stage: Int) throws -> Stage? {
    guard let phase = Phase(rawValue: stage) else { return nil }
    self.phase = phase
    switch phase {
    case .estimate:
      learner = task.learner(
        "network", optimizer: task.trainingProtocol.optimizer.withoutMomentum,
        schedule: .constant, rateFactor: configuration.estimateFactor)
    case .reweight:
      let learner = task.learner(
        "network", schedule: .milestones(configuration.milestones, factor: 0.1),
        rateFactor: configuration.reweightFactor)
      self.learner = learner
      try takeBest(of: .estimate)
      if memory[Self.transitionName] == nil {
        let probabilities = Evaluation.outputs(task.samples) { predict($0).softmax(along: 1) }
        memory[Self.transitionName] = Self.transition(
          probabilities: probabilities, percentile: configuration.anchorPercentile)
      }
    case .revise:
      let classes = task.classes
      let change = Tensor.zeros([classes, classes], on: task.samples.device).requiringGradient()
      learner = Learner(
        task.makeNetwork("network"),
        optimizer: .adam(
          rate: configuration.revisionRate, betas: [0.9, 0.999],
          weightDecay: configuration.revisionDecay),
        schedule: .constant, extraParameters: [Self.changeName: change])
      try takeBest(of: .reweight)
    }
    return Stage(
      name: phase.name, epochs: configuration.epochs(of: phase, under: task.trainingProtocol),
      isPreparation: phase != .revise)
  }

  /// One pass over the samples.
  public func passes(epoch: EpochPosition) -> [Pass] { [task.pass()] }

  /// One step of plain or reweighted cross-entropy.
  public func step(_ batch: Batch, at position: StepPosition) -> StepReport {
    guard let learner else { preconditionFailure("step before begin(stage:)") }
    let logits = learner.network.logits(batch.images, training: true)
    let crossEntropy = logits.crossEntropy(targets: batch.labels)
    guard phase != .estimate else {
      learner.step(minimising: batch.mean(crossEntropy), at: position.epoch)
      return StepReport(logits: logits, losses: crossEntropy)
    }
    let losses = Self.losses(
      logits: logits, targets: batch.labels, transition: transition,
      change: learner.extraParameters[Self.changeName], revision: configuration.revision)
    let objective = batch.mean(losses)
    learner.step(minimising: objective, at: position.epoch)
    return StepReport(logits: logits, losses: crossEntropy, scalars: ["objective": objective])
  }

  /// Keeps the weights of the best epoch on noisy validation labels, where a stage will start from them.
  public func evaluated(_ record: EpochRecord, at epoch: EpochPosition) {
    guard let learner, phase != .revise else { return }
    memory.keepBest(learner, of: phase.name, accuracy: record.validationAccuracy)
  }

  /// The network's logits.
  public func predict(_ images: Tensor) -> Tensor {
    guard let learner else { preconditionFailure("predict before begin(stage:)") }
    return learner.network.logits(images, training: false)
  }

  /// log T̂ᵀp; the logits while T is not known.
  public func predictGivenLabels(_ images: Tensor) -> Tensor {
    phase == .estimate
      ? predict(images)
      : TransitionCorrection.givenScores(logits: predict(images), transition: revisedTransition)
  }

  /// The one network, with ΔT in the last stage.
  public var learners: [String: Learner] { learner.map { ["network": $0] } ?? [:] }

  /// The mean diagonal of T and of T̂, and the 2-norm of ΔT.
  public var scalars: [String: Double] {
    guard let transition = memory[Self.transitionName] else { return [:] }
    var result = ["transition-mean-diagonal": TransitionCorrection.meanDiagonal(transition)]
    if let change = learner?.extraParameters[Self.changeName]?.detached() {
      result["revised-mean-diagonal"] = TransitionCorrection.meanDiagonal(transition + change)
      result["revision-norm"] = (change * change).sum().item().squareRoot()
    }
    return result
  }

  /// Per-sample reweighted cross-entropy w · CE with w = p_y / (T̂ᵀp)_y.
  ///
  /// - Parameters:
  ///   - logits: The logits, b x C.
  ///   - targets: The given labels, b.
  ///   - transition: T, C x C.
  ///   - change: ΔT, C x C; nil for none, and then w is a constant.
  ///   - revision: How ΔT enters; of no effect without it.
  /// - Returns: One loss a sample, b.
  public static func losses(
    logits: Tensor, targets: Tensor, transition: Tensor, change: Tensor?, revision: Revision
  ) -> Tensor {
    let probabilities = logits.softmax(along: 1)
    var given = TransitionCorrection.givenProbabilities(probabilities, transition: transition)
    if let change {
      let changed = TransitionCorrection.givenProbabilities(probabilities, transition: change)
      let count = logits.shape[0]
      given =
        given
        + (revision == .perSample
          ? changed * Tensor.range(1..<(count + 1), on: logits.device).reshape([count, 1])
          : changed)
    }
    let weights = TransitionCorrection.importanceWeights(
      probabilities: probabilities, given: given, targets: targets)
    let isConstant = change == nil || revision == .detached
    return logits.crossEntropy(targets: targets) * (isConstant ? weights.detached() : weights)
  }

  /// T as estimated.
  private var transition: Tensor {
    guard let transition = memory[Self.transitionName] else {
      preconditionFailure("the transition matrix is used before it is estimated")
    }
    return transition
  }

  /// T̂ = T + ΔT.
  private var revisedTransition: Tensor {
    learner?.extraParameters[Self.changeName].map { transition + $0.detached() } ?? transition
  }

  /// Starts from the best epoch of the stage before; nothing when a run is continued, whose weights follow.
  private func takeBest(of phase: Phase) throws {
    guard let weights = memory.bestWeights(of: phase.name) else { return }
    try learner?.network.store.load(weights.part("network/"))
    memory.forgetBest(of: phase.name)
  }
}

extension OptimizerConfiguration {
  /// The same optimiser without momentum.
  fileprivate var withoutMomentum: OptimizerConfiguration {
    guard case .sgd(let rate, _, let weightDecay, _) = self else { return self }
    return .sgd(rate: rate, momentum: 0, weightDecay: weightDecay, nesterov: false)
  }
}
