import Torch
import Training

/// The weights of a stage's best epoch, kept in a method's memory.
extension [String: Tensor] {
  /// Keeps a learner's weights when an epoch's accuracy is the highest of its stage so far; the earliest of equals.
  mutating func keepBest(_ learner: Learner, of stage: String, accuracy: Double) {
    let place = Self.place(of: stage)
    if let best = self[place + "accuracy"], accuracy <= best.item() { return }
    self[place + "accuracy"] = .from([accuracy], shape: [1])
    merge(learner.snapshot().named(under: place + "weights/")) { _, new in new }
  }

  /// The weights of a stage's best epoch, in the form of ``Learner/snapshot()``; nil when there are none.
  func bestWeights(of stage: String) -> [String: Tensor]? {
    let weights = part(Self.place(of: stage) + "weights/")
    return weights.isEmpty ? nil : weights
  }

  /// Forgets a stage's best epoch, which no later stage needs.
  mutating func forgetBest(of stage: String) {
    let place = Self.place(of: stage)
    self = filter { !$0.key.hasPrefix(place) }
  }

  private static func place(of stage: String) -> String { "best/\(stage)/" }
}
