import Foundation
import NN
import Torch
import Training

/// Co-Dis: Co-teaching whose choice prefers samples on which the two networks disagree.
///
/// Xia, Han, Zhan, Yu, Gong, Gong and Liu, "Combating Noisy Labels with Sample Selection by Mining High-Discrepancy
/// Examples", 2023; xiaoboxia/CoDis main.py and loss.py at bc552aa. Network m scores each sample of a batch with
/// s_m = CE(z_m, ỹ) − λ · D(p₁, p₂); the ⌊(1 − F(t)) · B⌋ samples of the smallest score are exchanged, and each network
/// takes a step down the mean of its own scores over the other's choice, with the gradient of D but none through the
/// other's logits. F rises as in ``CoTeaching``, so the method must be told the noise rate. Network 1 is the one that is
/// reported; network 2 is recorded beside it.
public final class CoDis: TrainingMethod {
  /// How the discrepancy D of two predictions is measured, with M = (p₁ + p₂) / 2.
  public enum Divergence: String, Codable, Hashable, Sendable, CaseIterable {
    /// ½ KL(M ‖ p₁) + ½ KL(M ‖ p₂), what the released code computes; it has no upper bound.
    case released
    /// The Jensen–Shannon divergence ½ KL(p₁ ‖ M) + ½ KL(p₂ ‖ M), at most ln 2.
    case textbook
  }

  /// The hyperparameters.
  public struct Configuration: MethodRecipe, SmallLossRecipe {
    /// The weight λ of the discrepancy.
    public var lambda: Double
    /// How the discrepancy is measured.
    public var divergence: Divergence
    /// The share of the epochs over which the forget rate rises; at least two epochs, so that it does rise.
    public var rampShare: Double
    /// The learning rate of Adam.
    public var rate: Double
    /// The share of the epochs after which the rate falls linearly to zero and β₁ is lowered.
    public var decayShare: Double
    /// Adam's β₁ before and after that point.
    public var firstBetas: [Double]

    /// Creates a configuration.
    public init(
      lambda: Double, divergence: Divergence, rampShare: Double, rate: Double, decayShare: Double,
      firstBetas: [Double]
    ) {
      self.lambda = lambda
      self.divergence = divergence
      self.rampShare = rampShare
      self.rate = rate
      self.decayShare = decayShare
      self.firstBetas = firstBetas
    }

    /// The paper's Jensen–Shannon divergence read as in textbooks; the numbers are those of the released script.
    public static func paper() -> Configuration { settings(.textbook) }

    /// The released settings as shares of 200 epochs: λ = 0.15, T_k = 10, decay from epoch 80, β₁ 0.9 then 0.1.
    ///
    /// main.py's defaults; loss.py's own default of λ, 0.1, is never used.
    public static func released() -> Configuration { settings(.released) }

    /// The released settings, whatever the setting; nothing else is known for CIFAR-100.
    public static func ours(setting: MethodSetting) -> Configuration { released() }

    private static func settings(_ divergence: Divergence) -> Configuration {
      Configuration(
        lambda: 0.15, divergence: divergence, rampShare: 0.05, rate: 1e-3, decayShare: 0.4,
        firstBetas: [0.9, 0.1])
    }

    /// The method on a task.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      CoDis(self, task: task)
    }

    /// Two networks in one stage.
    public func stages(under trainingProtocol: TrainingProtocol) -> [PlannedStage] {
      [
        PlannedStage(
          name: "train", epochs: trainingProtocol.epochs, trainingPasses: 2.4, evaluationPasses: 3)
      ]
    }
  }

  private let configuration: Configuration
  private let task: TrainingTask
  private let first: Learner
  private let second: Learner

  /// Creates the method with two networks of different initial parameters.
  public init(_ configuration: Configuration, task: TrainingTask) {
    self.configuration = configuration
    self.task = task
    first = configuration.learner("network", in: task)
    second = configuration.learner("network-2", in: task)
  }

  /// The discrepancy of two predictions for each sample.
  ///
  /// Probabilities stay logarithms until they are weights, so that a vanishing one gives no NaN.
  ///
  /// - Parameters:
  ///   - logits: The logits of one network, n x C.
  ///   - others: Those of the other one, n x C.
  ///   - divergence: The reading.
  /// - Returns: n numbers in nats, at least 0 up to rounding.
  public static func discrepancy(
    logits: Tensor, others: Tensor, divergence: Divergence
  ) -> Tensor {
    let logs = [logits.logSoftmax(along: 1), others.logSoftmax(along: 1)]
    let difference = (logs[0] - logs[1]).detached()
    let larger = Tensor.choose(
      where: difference.isGreater(than: 0), logs[0].detached(), else: logs[1].detached())
    let sum = (logs[0] - larger).exp() + (logs[1] - larger).exp()
    let logMean = larger + sum.log() - log(2)
    let terms =
      switch divergence {
      case .released: logMean.exp() * (logMean * 2 - logs[0] - logs[1])
      case .textbook: logs[0].exp() * (logs[0] - logMean) + logs[1].exp() * (logs[1] - logMean)
      }
    return terms.sum(along: [1]) * 0.5
  }

  /// The score s = CE − λ · D of each sample for one network; no gradient reaches the other one.
  public static func scores(
    logits: Tensor, others: Tensor, targets: Tensor, lambda: Double, divergence: Divergence
  ) -> Tensor {
    let discrepancy = discrepancy(
      logits: logits, others: others.detached(), divergence: divergence)
    return logits.crossEntropy(targets: targets) - discrepancy * lambda
  }

  /// The one stage.
  public func begin(stage: Int) -> Stage? {
    stage == 0 ? Stage(name: "train", epochs: task.trainingProtocol.epochs) : nil
  }

  /// One pass over the samples; an incomplete last batch is left out, as in the released code.
  public func passes(epoch: EpochPosition) -> [Pass] { configuration.passes(of: task) }

  /// One step of each network on the other's choice.
  public func step(_ batch: Batch, at position: StepPosition) -> StepReport {
    let epoch = position.epoch
    let kept = configuration.keptCount(of: batch.count, at: epoch, noiseRate: task.noiseRate)
    let logits = [first, second].map { $0.network.logits(batch.images, training: true) }
    let scores = [(0, 1), (1, 0)].map { own, other in
      Self.scores(
        logits: logits[own], others: logits[other], targets: batch.labels,
        lambda: configuration.lambda, divergence: configuration.divergence)
    }
    let choices = scores.map { $0.detached().argsort(along: 0).narrow(0, from: 0, length: kept) }
    let betas = configuration.betas(at: epoch)
    let objective = scores[0].select(choices[1]).mean()
    first.step(minimising: objective, at: epoch, betas: betas)
    second.step(minimising: scores[1].select(choices[0]).mean(), at: epoch, betas: betas)
    return StepReport(
      logits: logits[0], losses: withoutGradient { logits[0].crossEntropy(targets: batch.labels) },
      scalars: ["objective": objective])
  }

  /// Network 1's logits.
  public func predict(_ images: Tensor) -> Tensor { first.network.logits(images, training: false) }

  /// Network 2, and the mean of both networks' probabilities.
  public var extraPredictors: [String: (Tensor) -> Tensor] {
    let networks = [first.network, second.network]
    return [
      "network-2": { networks[1].logits($0, training: false) },
      "mean-of-both": { images in
        let probabilities = networks.map { $0.logits(images, training: false).softmax(along: 1) }
        return (probabilities[0] + probabilities[1]).log()
      },
    ]
  }

  /// Both networks.
  public var learners: [String: Learner] { ["network": first, "network-2": second] }
}
