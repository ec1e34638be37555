import NN
import Torch
import Training

/// SIGUA on the small-loss base: descent on the samples of a batch that look right, slow ascent on some of the others.
///
/// Han, Niu, Yu, Yao, Xu, Tsang and Sugiyama, "SIGUA: Forgetting May Make Learning with Noisy Labels More Robust", 2020;
/// bhanML/SIGUA loss.py and utils.py at e1e72e9 (SIGUA_SL). With the losses of a batch of B samples in rising order, the
/// first k = ⌊(1 − F(t)) · B⌋ are good and the next max(1, ⌊ρ · (B − k)⌋) are bad, that is the smallest of the large ones;
/// L = mean(good) − γ · mean(bad). F rises as in ``CoTeaching``, so the method must be told the noise rate.
///
/// While nothing is forgotten (k = B, the first epoch above all) no sample is bad and L is the mean of the good ones. The
/// released loss is not a number there, the mean of no sample, but its gradient is that of the good ones too.
public final class SIGUA: TrainingMethod {
  /// The hyperparameters.
  public struct Configuration: MethodRecipe, SmallLossRecipe {
    /// The weight γ of the ascent.
    public var gamma: Double
    /// The share ρ of the samples left out that the ascent takes.
    public var siguaRate: Double
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
      gamma: Double, siguaRate: Double, rampShare: Double, rate: Double, decayShare: Double,
      firstBetas: [Double]
    ) {
      self.gamma = gamma
      self.siguaRate = siguaRate
      self.rampShare = rampShare
      self.rate = rate
      self.decayShare = decayShare
      self.firstBetas = firstBetas
    }

    /// The paper's settings as far as its authors' scripts state them; the paper's own list was not at hand.
    public static func paper(noiseRate: Double) -> Configuration { released(noiseRate: noiseRate) }

    /// The released settings for CIFAR-10 as shares of 200 epochs: γ = 0.01, T_k = 10, decay from epoch 80, β₁ 0.9 then 0.1.
    ///
    /// scripts/cifar10_sigua_sl.sh has ρ = 0.4 at 20 % noise and 0.3 at 45 and 50 %; rates up to 30 % are taken with the
    /// former here. arguments.py and utils.py hold the rest.
    public static func released(noiseRate: Double) -> Configuration {
      Configuration(
        gamma: 0.01, siguaRate: noiseRate <= 0.3 ? 0.4 : 0.3, rampShare: 0.05, rate: 1e-3,
        decayShare: 0.4, firstBetas: [0.9, 0.1])
    }

    /// The released settings at the nominal noise rate, also for CIFAR-100, which has no script.
    public static func ours(setting: MethodSetting) -> Configuration {
      released(noiseRate: setting.noise.nominalRate)
    }

    /// The method on a task.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      SIGUA(self, task: task)
    }

    /// One stage; sorting the losses of a batch costs little beside the network.
    public func stages(under trainingProtocol: TrainingProtocol) -> [PlannedStage] {
      [PlannedStage(name: "train", epochs: trainingProtocol.epochs, trainingPasses: 1.05)]
    }
  }

  private let configuration: Configuration
  private let task: TrainingTask
  private let learner: Learner

  /// Creates the method.
  public init(_ configuration: Configuration, task: TrainingTask) {
    self.configuration = configuration
    self.task = task
    learner = configuration.learner("network", in: task)
  }

  /// The good and the bad samples of a batch.
  ///
  /// - Parameters:
  ///   - losses: The per-sample losses.
  ///   - kept: The number of good samples, in 1...n.
  ///   - siguaRate: The share of the others that is bad; at least one sample is.
  /// - Returns: Their places, each from the smallest loss up; no bad ones where all are kept.
  public static func selection(
    losses: Tensor, kept: Int, siguaRate: Double
  ) -> (good: Tensor, bad: Tensor?) {
    let order = losses.detached().argsort(along: 0)
    let good = order.narrow(0, from: 0, length: kept)
    let forgotten = losses.count - kept
    guard forgotten > 0 else { return (good, nil) }
    let count = max(1, Int(siguaRate * Double(forgotten)))
    return (good, order.narrow(0, from: kept, length: count))
  }

  /// mean(good) − γ · mean(bad).
  public static func objective(
    losses: Tensor, kept: Int, siguaRate: Double, gamma: Double
  ) -> Tensor {
    let (good, bad) = selection(losses: losses, kept: kept, siguaRate: siguaRate)
    let descent = losses.select(good).mean()
    return bad.map { descent - losses.select($0).mean() * gamma } ?? descent
  }

  /// The one stage.
  public func begin(stage: Int) -> Stage? {
    stage == 0 ? Stage(name: "train", epochs: task.trainingProtocol.epochs) : nil
  }

  /// One pass over the samples; an incomplete last batch is left out, as in the released code.
  public func passes(epoch: EpochPosition) -> [Pass] { configuration.passes(of: task) }

  /// One step down the objective.
  public func step(_ batch: Batch, at position: StepPosition) -> StepReport {
    let epoch = position.epoch
    let logits = learner.network.logits(batch.images, training: true)
    let losses = logits.crossEntropy(targets: batch.labels)
    let objective = Self.objective(
      losses: losses,
      kept: configuration.keptCount(of: batch.count, at: epoch, noiseRate: task.noiseRate),
      siguaRate: configuration.siguaRate, gamma: configuration.gamma)
    learner.step(minimising: objective, at: epoch, betas: configuration.betas(at: epoch))
    return StepReport(logits: logits, losses: losses, scalars: ["objective": objective])
  }

  /// The network's logits.
  public func predict(_ images: Tensor) -> Tensor {
    learner.network.logits(images, training: false)
  }

  /// The one network.
  public var learners: [String: Learner] { ["network": learner] }
}
