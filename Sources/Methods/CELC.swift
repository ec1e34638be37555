import NN
import Torch
import Training

/// Cross-entropy of clipped logits, which bounds the loss.
///
/// Wei, Zhuang, Xie, Feng, Niu, An and Li, "Mitigating Memorization of Noisy Labels by Clipping the Model Prediction",
/// 2023; hongxin001/LogitClip algorithms/clip.py at 7e45730. Training minimises CE(z̄) with z̄ = z where ‖z‖₂ ≤ δ, else
/// δ · z / ‖z‖₂; the predicted class is the same with or without it. For C classes the loss lies within
/// ln(1 + (C − 1) · e^(∓d)) with d = δ · √(C / (C − 1)).
public enum CELC {
  /// Which logits are clipped.
  public enum Rule: String, Codable, Hashable, Sendable, CaseIterable {
    /// Those of a norm above δ, as the paper states.
    case intended
    /// Those of a norm above 1 / δ, as the released code does.
    ///
    /// With δ = 1 / 1.5 logits of a norm in 0.67...1.5 stay, and longer ones jump down to 0.67; the rules agree at δ = 1.
    case released
  }

  /// The hyperparameters.
  public struct Configuration: MethodRecipe {
    /// The norm of clipped logits, δ > 0.
    public var delta: Double
    /// Which logits are clipped.
    public var rule: Rule
    /// The factor on the shared protocol's learning rate.
    public var rateFactor: Double
    /// The largest joint 2-norm of the gradients; nil for no limit.
    public var gradientLimit: Double?

    /// Creates a configuration.
    public init(
      delta: Double = 1 / 1.5, rule: Rule = .intended, rateFactor: Double = 1,
      gradientLimit: Double? = nil
    ) {
      self.delta = delta
      self.rule = rule
      self.rateFactor = rateFactor
      self.gradientLimit = gradientLimit
    }

    /// The paper's map at the released example's δ.
    ///
    /// The paper tunes 1 / δ on noisy validation labels over 0.1, 0.5, 1, 1.5, …, 5 and states no value for a data set.
    public static func paper(classes: Int) -> Configuration { Configuration() }

    /// The released example, CIFAR-10 with half of the labels wrong: 1 / δ = 1.5 and the code's own rule; README.md,
    /// algorithms/clip.py.
    ///
    /// There is none for CIFAR-100.
    public static func released(classes: Int) -> Configuration { Configuration(rule: .released) }

    /// The paper's map at 1 / δ = 1.5 throughout: the starting point of the paper's search, which is not repeated here.
    public static func ours(classes: Int, isReduced: Bool) -> Configuration { Configuration() }

    /// One network under the shared protocol.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      CELC.make(self, task: task)
    }
  }

  /// The least square of a norm that is divided by, so that the slope is finite at 0.
  private static let smallestSquare = 1e-30

  /// The logits with each row of too large a norm brought to the norm δ, n x C.
  public static func clipped(_ logits: Tensor, configuration: Configuration) -> Tensor {
    let delta = configuration.delta
    let limit = configuration.rule == .intended ? delta : 1 / delta
    let square = (logits * logits).sum(along: [1], keepDimensions: true)
    let norm = square.clamped(to: smallestSquare...Double(Float.greatestFiniteMagnitude))
      .squareRoot()
    return .choose(where: norm.isGreater(than: limit), logits / norm * delta, else: logits)
  }

  /// The per-sample loss for logits n x C and targets n.
  public static func loss(
    logits: Tensor, targets: Tensor, configuration: Configuration
  ) -> Tensor {
    clipped(logits, configuration: configuration).crossEntropy(targets: targets)
  }

  /// The method on a task.
  public static func make(_ configuration: Configuration, task: TrainingTask) -> LossMethod {
    LossMethod(
      task: task, rateFactor: configuration.rateFactor, gradientLimit: configuration.gradientLimit
    ) { logits, labels in
      loss(logits: logits, targets: labels, configuration: configuration)
    }
  }
}
