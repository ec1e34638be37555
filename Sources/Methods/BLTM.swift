import NN
import RunStore
import Torch
import Training

/// BLTM: samples with a provably known label train a network of one transition matrix a sample; then forward correction.
///
/// Yang et al., "Estimating Instance-dependent Bayes-label Transition Matrix using a Deep Neural Network", 2022;
/// ShuoYang-1998/BLTM at b5d6317. With noise rates of at most ρ, a sample whose probability of a given label exceeds
/// (1 + ρ) / 2 has that label as its Bayes label. On those samples a network T(x) minimises −log T(x)_{bayes, given};
/// last, −log (pᵀ norm(T(x) + ΔT))_y is minimised over the classifier, from its warm-up, and a C x C matrix ΔT.
///
/// Faults of the released code that are not copied: the transition network takes one step an epoch, on the last batch
/// alone; T(x) + ΔT is normalised by columns instead of rows; the warm-up's epoch is chosen on clean test labels, and
/// the highest test accuracy is reported. Here each batch is a step, rows are normalised after entries below 1e-6 are
/// raised to it, and epochs are chosen on noisy validation labels. The transition network stays fixed in the last stage.
/// If fewer samples than a batch exceed the threshold, the most confident ones fill one batch; the scalar
/// `selection-threshold` is then the smallest confidence taken.
public final class BLTM: TrainingMethod {
  private let configuration: Configuration
  private let task: TrainingTask
  private var phase = Phase.warmUp
  private var learner: Learner?
  /// The network that a stage uses and does not train: the classifier, then the transition network.
  private var fixed: Network?
  private var samples: TrainingSet
  private var bayesLabels: Tensor?
  /// What must survive an interruption: the weights of best epochs, and what was distilled.
  public var memory: [String: Tensor] = [:]

  private static let changeName = "transition-change"
  private static let positionsName = "distilled-positions"
  private static let labelsName = "distilled-labels"
  private static let thresholdName = "selection-threshold"
  /// The name in ``sampleOutputs`` of the probabilities of given labels that samples are distilled by.
  public static let posteriorName = "posterior"

  /// Creates the method.
  public init(_ configuration: Configuration, task: TrainingTask) {
    self.configuration = configuration
    self.task = task
    samples = task.samples
  }

  /// Prepares the warm-up, the transition network on distilled samples, or forward correction.
  public func begin(stage: Int) throws -> Stage? {
    guard let phase = Phase(rawValue: stage) else { return nil }
    self.phase = phase
    samples = task.samples
    switch phase {
    case .warmUp:
      learner = task.learner(
        "network", schedule: .constant, rateFactor: configuration.rateFactor)
    case .transition:
      let classifier = try network("network", as: .warmUp)
      fixed = classifier
      let distilled = distil(by: classifier)
      samples = task.samples.subset(distilled.positions)
      bayesLabels = .from(
        distilled.labels, shape: [distilled.labels.count], on: task.samples.device)
      let network = task.makeNetwork("transition", outputs: task.classes * task.classes)
      Self.copyBackbone(of: classifier, to: network)
      learner = Learner(
        network, optimizer: task.trainingProtocol.optimizer, schedule: .constant,
        rateFactor: configuration.rateFactor)
    case .correct:
      fixed = try network("transition", as: .transition, outputs: task.classes * task.classes)
      bayesLabels = nil
      let classes = task.classes
      let change = Tensor.zeros([classes, classes], on: task.samples.device).requiringGradient()
      learner = Learner(
        try network("network", as: .warmUp),
        optimizer: .adam(
          rate: configuration.correctionRate, betas: [0.9, 0.999],
          weightDecay: configuration.correctionDecay),
        schedule: .constant, extraParameters: [Self.changeName: change])
      memory.forgetBest(of: Phase.warmUp.name)
    }
    return Stage(
      name: phase.name, epochs: configuration.epochs(of: phase, under: task.trainingProtocol),
      isPreparation: phase != .correct)
  }

  /// One pass over the samples of the stage.
  public func passes(epoch: EpochPosition) -> [Pass] { [task.pass(over: samples)] }

  /// One step of cross-entropy, of the transition network or of forward correction.
  ///
  /// In the transition stage, curves are of the given label as T(x) predicts it from the Bayes label.
  public func step(_ batch: Batch, at position: StepPosition) -> StepReport {
    guard let learner else { preconditionFailure("step before begin(stage:)") }
    let outputs = learner.network.logits(batch.images, training: true)
    switch phase {
    case .warmUp:
      let losses = outputs.crossEntropy(targets: batch.labels)
      learner.step(minimising: batch.mean(losses), at: position.epoch)
      return StepReport(logits: outputs, losses: losses)
    case .transition:
      guard let bayesLabels else { preconditionFailure("no sample was distilled") }
      let logits = Self.rowLogits(
        outputs: outputs, bayesLabels: bayesLabels.select(batch.positions), classes: task.classes)
      let losses = logits.crossEntropy(targets: batch.labels)
      learner.step(minimising: batch.mean(losses), at: position.epoch)
      return StepReport(logits: logits, losses: losses)
    case .correct:
      let objective = batch.mean(
        TransitionCorrection.forwardLoss(
          logits: outputs, targets: batch.labels, transition: transition(of: batch.images)))
      let losses = outputs.crossEntropy(targets: batch.labels)
      learner.step(minimising: objective, at: position.epoch)
      return StepReport(logits: outputs, losses: losses, scalars: ["objective": objective])
    }
  }

  /// Keeps the weights of the best epoch on noisy validation labels, where a later stage will use them.
  public func evaluated(_ record: EpochRecord, at epoch: EpochPosition) {
    guard let learner, phase != .correct else { return }
    memory.keepBest(learner, of: phase.name, accuracy: record.validationAccuracy)
  }

  /// The classifier's logits.
  public func predict(_ images: Tensor) -> Tensor {
    guard let network = phase == .transition ? fixed : learner?.network else {
      preconditionFailure("predict before begin(stage:)")
    }
    return network.logits(images, training: false)
  }

  /// log T̂(x)ᵀp; the logits in the warm-up.
  public func predictGivenLabels(_ images: Tensor) -> Tensor {
    phase == .warmUp
      ? predict(images)
      : TransitionCorrection.givenScores(
        logits: predict(images), transition: transition(of: images))
  }

  /// The network in training, with ΔT in the last stage.
  public var learners: [String: Learner] { learner.map { ["network": $0] } ?? [:] }

  /// The number, share and threshold of the distilled samples, and how many of their labels are right.
  ///
  /// `distilled-precision-at-least` and `-at-most` bound the share of right predicted labels, the method's own notion;
  /// `selection-precision` is the share of right given labels, as for EchoAlign. See ``precision(of:in:)``.
  public var scalars: [String: Double] {
    guard let distilled = remembered, let threshold = memory[Self.thresholdName] else { return [:] }
    let count = Double(distilled.positions.count)
    var result = [
      "selected-count": count, "selected-share": count / Double(task.samples.count),
      Self.thresholdName: threshold.item(),
    ]
    if let precision = Self.precision(of: distilled, in: task.samples) {
      result["distilled-precision-at-least"] = precision.atLeast
      result["distilled-precision-at-most"] = precision.atMost
      result["selection-precision"] = precision.given
    }
    return result
  }

  /// The warm-up's probabilities of given labels, n x C, once samples were distilled by them.
  public var sampleOutputs: [String: Tensor] {
    memory[Self.posteriorName].map { [Self.posteriorName: $0] } ?? [:]
  }

  /// The logits of the row T(x)_bayes, b x C: their cross-entropy with given labels is −log T(x)_{bayes, given}.
  ///
  /// - Parameters:
  ///   - outputs: The transition network's outputs, b x C², row-major.
  ///   - bayesLabels: The Bayes labels, b.
  ///   - classes: The number of classes C.
  /// - Returns: The logits.
  public static func rowLogits(outputs: Tensor, bayesLabels: Tensor, classes: Int) -> Tensor {
    let chosen = bayesLabels.oneHot(classes: classes).to(.float32)
    return (outputs.reshape([-1, classes, classes]) * chosen.reshape([-1, classes, 1]))
      .sum(along: [1])
  }

  /// norm(T(x) + ΔT), b x C x C: entries of at least 1e-6, rows that sum to one.
  ///
  /// - Parameters:
  ///   - outputs: The transition network's outputs, b x C², whose row-softmax is T(x).
  ///   - change: ΔT, C x C; nil for none.
  ///   - classes: The number of classes C.
  /// - Returns: The matrices.
  public static func transition(outputs: Tensor, change: Tensor?, classes: Int) -> Tensor {
    let rows = outputs.reshape([-1, classes, classes]).softmax(along: 2)
    guard let change else { return rows }
    let revised = TransitionCorrection.limited(rows + change)
    return revised / revised.sum(along: [2], keepDimensions: true)
  }

  /// Copies every tensor of a network to the one of the same name and shape of another.
  static func copyBackbone(of source: Network, to target: Network) {
    let sources = source.store.state
    for (name, tensor) in target.store.state {
      if let values = sources[name], values.shape == tensor.shape { tensor.copy(from: values) }
    }
  }

  /// T̂(x) of images in evaluation mode; a gradient reaches ΔT alone.
  private func transition(of images: Tensor) -> Tensor {
    guard let network = phase == .transition ? learner?.network : fixed else {
      preconditionFailure("the transition network is used before it is made")
    }
    let outputs = withoutGradient { network.logits(images, training: false) }
    return Self.transition(
      outputs: outputs, change: learner?.extraParameters[Self.changeName], classes: task.classes)
  }

  /// A network at the best epoch of a stage; with fresh parameters when a run is continued, whose weights follow.
  private func network(_ name: String, as phase: Phase, outputs: Int? = nil) throws -> Network {
    let network = task.makeNetwork(name, outputs: outputs)
    if let weights = memory.bestWeights(of: phase.name) {
      try network.store.load(weights.part("network/"))
    }
    return network
  }

  private var remembered: Distilled? {
    guard let positions = memory[Self.positionsName], let labels = memory[Self.labelsName] else {
      return nil
    }
    return Distilled(
      positions: positions.array(of: Int.self), labels: labels.array(of: Int.self))
  }

  /// The distilled samples; found once, then remembered.
  private func distil(by classifier: Network) -> Distilled {
    if let remembered { return remembered }
    let probabilities = Evaluation.outputs(task.samples) {
      classifier.logits($0, training: false).softmax(along: 1)
    }
    var threshold = configuration.threshold
    var distilled = Self.distilled(probabilities: probabilities, threshold: threshold)
    let fewest = min(task.trainingProtocol.batchSize, task.samples.count)
    if distilled.positions.count < fewest {
      let confidences = probabilities.max(along: 1).array(of: Float.self)
      let order = confidences.indices.sorted { (-confidences[$0], $0) < (-confidences[$1], $1) }
      let positions = order.prefix(fewest).sorted()
      let predictions = probabilities.argmax(along: 1).array(of: Int.self)
      threshold = Double(confidences[order[fewest - 1]])
      distilled = Distilled(positions: positions, labels: positions.map { predictions[$0] })
    }
    let shape = [distilled.positions.count]
    memory[Self.positionsName] = .from(distilled.positions, shape: shape)
    memory[Self.labelsName] = .from(distilled.labels, shape: shape)
    memory[Self.thresholdName] = .from([threshold], shape: [1])
    memory[Self.posteriorName] = probabilities
    return distilled
  }
}
