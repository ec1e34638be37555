import NN
import SeededRandom
import Torch

/// High-order consensus: a transition matrix from how the labels of near samples agree.
///
/// Zhu, Song and Liu, "Clusterability as an Alternative to Anchor Points When Learning with Noisy Labels", 2021;
/// UCSC-REAL/Identifiability hoc.py at 02372f5. If a sample and its two nearest neighbours share their clean label, then
/// with clean frequencies P their given labels have the frequencies c¹_i = Σ_k P_k T_ki, c²_ij = Σ_k P_k T_ki T_kj and
/// c³_ijl = Σ_k P_k T_ki T_kj T_kl. P and T are those for which ‖ĉ¹ − c¹‖₂ + ‖ĉ² − c²‖₂ + ‖ĉ³ − c³‖₂ is smallest.
///
/// The released code starts P from uniform numbers plus a little noise; here it starts uniform, and nothing is drawn but
/// the samples.
public struct HOCEstimator: Codable, Hashable, Sendable {
  /// The number of rounds of sampling.
  public var rounds: Int
  /// The number of samples in a round, at most.
  public var sampleSize: Int
  /// The number of Adam's steps.
  public var steps: Int
  /// Adam's learning rate.
  public var rate: Double

  /// Creates an estimator.
  public init(rounds: Int, sampleSize: Int, steps: Int, rate: Double) {
    self.rounds = rounds
    self.sampleSize = sampleSize
    self.steps = steps
    self.rate = rate
  }

  /// hoc.py: 50 rounds of 15,000 samples, 1,500 steps of Adam at 0.1.
  public static let released = HOCEstimator(rounds: 50, sampleSize: 15_000, steps: 1500, rate: 0.1)

  /// What was found.
  public struct Estimate {
    /// T, C x C, float64.
    public let transition: Tensor
    /// P, C, float64.
    public let prior: Tensor
    /// The distance that is left.
    public let residual: Double
  }

  /// The number of first steps whose distance does not count.
  static let firstSteps = 6

  /// The matrix that explains the frequencies best.
  ///
  /// T is the row-softmax of logits that start at 4 on the diagonal and −1 elsewhere, P the softmax of logits that start
  /// at 0. Adam minimises the distance; the smallest one after the sixth step counts.
  ///
  /// - Parameters:
  ///   - frequencies: The frequencies.
  ///   - device: Where to compute, in float64.
  /// - Returns: The matrix, the clean frequencies and the distance that is left.
  /// - Precondition: There are more than six steps.
  public func estimate(_ frequencies: Frequencies, on device: Device) -> Estimate {
    precondition(steps > Self.firstSteps, "expected more than \(Self.firstSteps) steps")
    let classes = frequencies.classes
    let start = (0..<(classes * classes)).map { $0 % (classes + 1) == 0 ? 4.0 : -1 }
    let logits = Tensor.from(start, shape: [classes, classes], on: device).requiringGradient()
    let priorLogits = Tensor.zeros([classes], type: .float64, on: device).requiringGradient()
    let targets = [
      Tensor.from(frequencies.singles, shape: [classes], on: device),
      Tensor.from(frequencies.pairs, shape: [classes, classes], on: device),
      Tensor.from(frequencies.triples, shape: [classes * classes, classes], on: device),
    ]
    let optimizer = Optimizer(.adam(rate: rate), parameters: [logits, priorLogits])
    var best: Estimate?
    for step in 0..<steps {
      let transition = logits.softmax(along: 1)
      let prior = priorLogits.softmax(along: 0)
      let expected = Self.expected(transition: transition, prior: prior)
      let parts = zip(targets, expected).map(Self.distance)
      let distance = parts[0] + parts[1] + parts[2]
      if step >= Self.firstSteps {
        let value = distance.item()
        if value < best?.residual ?? .infinity {
          best = Estimate(
            transition: transition.detached(), prior: prior.detached(), residual: value)
        }
      }
      optimizer.step(minimising: distance, rate: rate)
    }
    guard let best else { preconditionFailure("no distance was finite: \(frequencies.singles)") }
    return best
  }

  /// c¹ of C, c² of C x C and c³ of C² x C for a matrix and clean frequencies.
  static func expected(transition: Tensor, prior: Tensor) -> [Tensor] {
    let classes = transition.shape[0]
    let joint = prior.reshape([classes, 1]) * transition
    let pairs = joint.reshape([classes, classes, 1]) * transition.reshape([classes, 1, classes])
    return [
      joint.sum(along: [0]), joint.permute([1, 0]).matmul(transition),
      pairs.reshape([classes, classes * classes]).permute([1, 0]).matmul(transition),
    ]
  }

  /// The 2-norm of a difference, with a slope at zero.
  private static func distance(_ a: Tensor, _ b: Tensor) -> Tensor {
    let difference = a - b
    return ((difference * difference).sum() + 1e-20).squareRoot()
  }
}
