import Torch
import Training

extension BLTM {
  /// Samples whose label is taken to be known: the predicted label, whatever label was given.
  public struct Distilled: Hashable, Sendable {
    /// The positions of the samples, ascending.
    public var positions: [Int]
    /// The predicted label of each.
    public var labels: [Int]
  }

  /// The samples with max_k p_k > threshold, each with the label argmax_k p_k.
  ///
  /// - Parameters:
  ///   - probabilities: The probabilities of given labels of all samples, n x C, float32.
  ///   - threshold: (1 + ρ) / 2 for noise rates of at most ρ.
  /// - Returns: Positions and labels.
  public static func distilled(probabilities: Tensor, threshold: Double) -> Distilled {
    let confidences = probabilities.max(along: 1).array(of: Float.self)
    let predictions = probabilities.argmax(along: 1).array(of: Int.self)
    let positions = confidences.indices.filter { Double(confidences[$0]) > threshold }
    return Distilled(positions: positions, labels: positions.map { predictions[$0] })
  }

  /// What is known of how many distilled labels are right, and how many given labels.
  ///
  /// The training set tells whether a given label is wrong, not which one is right. A distilled label that equals a right
  /// given label is right; one that equals a wrong given label, or differs from a right one, is wrong; one that differs
  /// from a wrong given label may be either, except with two classes, where it is right. Hence two bounds.
  ///
  /// - Parameters:
  ///   - distilled: The distilled samples; at least one.
  ///   - samples: The training set that they are of.
  /// - Returns: The share of distilled labels that are surely right, the share that may be, and the share of samples whose
  ///   given label is right, which is EchoAlign's notion of precision; nil where wrong labels are not known.
  public static func precision(
    of distilled: Distilled, in samples: TrainingSet
  ) -> (atLeast: Double, atMost: Double, given: Double)? {
    guard let isWrong = samples.isWrong, !distilled.positions.isEmpty else { return nil }
    var (sure, open, given) = (0, 0, 0)
    for (position, label) in zip(distilled.positions, distilled.labels) {
      let agrees = samples.labels[position] == label
      if !isWrong[position] {
        given += 1
        if agrees { sure += 1 }
      } else if !agrees {
        open += 1
      }
    }
    let count = Double(distilled.positions.count)
    return (Double(sure) / count, Double(sure + open) / count, Double(given) / count)
  }
}
