import NN
import Torch
import Training

/// Co-teaching: two networks, each trained on the samples of a batch that the other finds easiest.
///
/// Han et al., "Co-teaching: Robust Training of Deep Neural Networks with Extremely Noisy Labels", 2018;
/// bhanML/Co-teaching main.py and loss.py at 7c7fbe2. Of a batch of B samples the ⌊(1 − F(t)) · B⌋ with the smallest
/// loss are exchanged; F rises linearly from 0 to the noise rate over the first epochs. The released code divides the
/// mean loss by the number kept once more (issue bhanML/Co-teaching#9); here it is divided once. The method must be told
/// the noise rate. Network 1 is the one that is reported; network 2 is recorded beside it.
public final class CoTeaching: TrainingMethod {
  /// The hyperparameters.
  public struct Configuration: MethodRecipe, SmallLossRecipe {
    /// The share of the epochs over which the forget rate rises; at least two epochs, so that it does rise.
    public var rampShare: Double
    /// The learning rate of Adam.
    public var rate: Double
    /// The share of the epochs after which the rate falls linearly to zero and β₁ is lowered.
    public var decayShare: Double
    /// Adam's β₁ before and after that point.
    public var firstBetas: [Double]

    /// Creates a configuration.
    public init(rampShare: Double, rate: Double, decayShare: Double, firstBetas: [Double]) {
      self.rampShare = rampShare
      self.rate = rate
      self.decayShare = decayShare
      self.firstBetas = firstBetas
    }

    /// The released settings for CIFAR-10 as shares of 200 epochs: T_k = 10, decay from epoch 80, β₁ 0.9 then 0.1.
    public static let released = Configuration(
      rampShare: 0.05, rate: 1e-3, decayShare: 0.4, firstBetas: [0.9, 0.1])

    /// The method on a task.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      CoTeaching(self, task: task)
    }

    /// Two networks in one stage.
    public func stages(under trainingProtocol: TrainingProtocol) -> [PlannedStage] {
      [
        PlannedStage(
          name: "train", epochs: trainingProtocol.epochs, trainingPasses: 2.1, evaluationPasses: 3)
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

  /// The share of a batch that is left out in an epoch: linspace(0, rate, T_k), then the rate.
  public static func forgetRate(epoch: Int, rampEpochs: Int, noiseRate: Double) -> Double {
    epoch >= rampEpochs - 1 ? noiseRate : noiseRate * Double(epoch) / Double(rampEpochs - 1)
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
    let losses = logits.map { $0.crossEntropy(targets: batch.labels) }
    let choices = losses.map {
      $0.detached().argsort(along: 0).narrow(0, from: 0, length: kept)
    }
    let betas = configuration.betas(at: epoch)
    first.step(minimising: losses[0].select(choices[1]).mean(), at: epoch, betas: betas)
    second.step(minimising: losses[1].select(choices[0]).mean(), at: epoch, betas: betas)
    return StepReport(logits: logits[0], losses: losses[0])
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
