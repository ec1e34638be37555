import NN
import Torch
import Training

/// Early-learning regularisation: cross-entropy with a pull towards what the network predicted so far.
///
/// Liu, Niles-Weed, Razavian and Fernandez-Granda, "Early-Learning Regularization Prevents Memorization of Noisy Labels",
/// 2020; shengliu66/ELR ELR/model/loss.py at 934af53. L = CE(z, y) + λ · log(1 − ⟨t, p⟩) with p = softmax(z) clamped to
/// 10⁻⁴...(1 − 10⁻⁴) and a memory t for each sample, 0 at first. As in the released code a step first moves the memory,
/// t ← β · t + (1 − β) · p / Σ_k p_k, and then takes the loss with the moved one; no gradient flows into t. A row of the
/// memory that was moved k times sums to 1 − β^k.
public final class ELR: TrainingMethod {
  /// The hyperparameters.
  public struct Configuration: MethodRecipe {
    /// The share of the memory that stays in a step, 0 ≤ β < 1.
    public var beta: Double
    /// The weight of the pull, λ ≥ 0.
    public var lambda: Double

    /// Creates a configuration.
    public init(beta: Double, lambda: Double) {
      self.beta = beta
      self.lambda = lambda
    }

    /// The released settings; ELR/config_*.json.
    ///
    /// CIFAR-10: β = 0.7 and λ = 3 for symmetric noise, 0.9 and 1 for asymmetric, and so for all other noise; CIFAR-100,
    /// taken from a hundred classes on: 0.9 and 7. The paper is not known to state anything else.
    public static func released(classes: Int, isSymmetric: Bool) -> Configuration {
      if classes >= 100 { return Configuration(beta: 0.9, lambda: 7) }
      return isSymmetric
        ? Configuration(beta: 0.7, lambda: 3) : Configuration(beta: 0.9, lambda: 1)
    }

    /// One network under the shared protocol, with a memory.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      ELR(self, task: task)
    }
  }

  private static let targets = "targets"
  private static let probabilityRange = 1e-4...(1 - 1e-4)

  private let configuration: Configuration
  private let task: TrainingTask
  private let learner: Learner

  /// Creates the method.
  public init(_ configuration: Configuration, task: TrainingTask) {
    self.configuration = configuration
    self.task = task
    learner = task.learner("network")
  }

  /// The rows of the memory after a step with logits, b x C, outside the autograd graph.
  public static func moved(
    memory: Tensor, logits: Tensor, configuration: Configuration
  ) -> Tensor {
    withoutGradient {
      let probabilities = logits.detached().softmax(along: 1).clamped(to: probabilityRange)
      let shares = probabilities / probabilities.sum(along: [1], keepDimensions: true)
      return memory * configuration.beta + shares.to(memory.type) * (1 - configuration.beta)
    }
  }

  /// The per-sample loss for logits n x C, targets n and the samples' rows of the memory, n x C, as they are.
  ///
  /// Finite where each row is non-negative and sums to at most one.
  public static func loss(
    logits: Tensor, targets: Tensor, memory: Tensor, configuration: Configuration
  ) -> Tensor {
    precondition(
      memory.shape == logits.shape,
      "expected a memory of the logits' shape \(logits.shape), found \(memory.shape)")
    let probabilities = logits.softmax(along: 1).clamped(to: probabilityRange)
    let agreement = (memory.detached().to(logits.type) * probabilities).sum(along: [1])
    return logits.crossEntropy(targets: targets) + (1 - agreement).log() * configuration.lambda
  }

  /// The one stage; makes the memory unless it was restored.
  public func begin(stage: Int) -> Stage? {
    guard stage == 0 else { return nil }
    let samples = task.samples
    memory[Self.targets] =
      memory[Self.targets]?.to(on: samples.device)
      ?? .zeros([samples.count, task.classes], on: samples.device)
    return Stage(name: "train", epochs: task.trainingProtocol.epochs)
  }

  /// One pass over the samples.
  public func passes(epoch: EpochPosition) -> [Pass] { [task.pass()] }

  /// Moves the memory of the batch's samples, then takes one step down the mean loss.
  public func step(_ batch: Batch, at position: StepPosition) -> StepReport {
    guard let targets = memory[Self.targets] else {
      preconditionFailure("expected begin(stage:) before a step")
    }
    let logits = learner.network.logits(batch.images, training: true)
    let rows = Self.moved(
      memory: targets.select(batch.positions), logits: logits, configuration: configuration)
    targets.replace(at: batch.positions, with: rows)
    let objective = batch.mean(
      Self.loss(
        logits: logits, targets: batch.labels, memory: rows, configuration: configuration))
    learner.step(minimising: objective, at: position.epoch)
    return StepReport(
      logits: logits, losses: logits.crossEntropy(targets: batch.labels),
      scalars: ["objective": objective])
  }

  /// The network's logits.
  public func predict(_ images: Tensor) -> Tensor {
    learner.network.logits(images, training: false)
  }

  /// The one network.
  public var learners: [String: Learner] { ["network": learner] }

  /// The target of each sample, n x C, float32.
  public var memory: [String: Tensor] = [:]
}
