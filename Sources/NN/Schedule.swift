import Foundation

/// How the learning rate changes over a stage: a pure function from an epoch to a factor.
///
/// Places in time are fractions of the stage, so that a shorter profile keeps the shape.
public enum Schedule: Codable, Hashable, Sendable {
  /// The rate is multiplied by one factor throughout.
  case flat(factor: Double)
  /// The rate is multiplied by `factor` at each of the given fractions of the stage.
  case milestones([Double], factor: Double)
  /// The rate falls linearly to zero from the given fraction of the stage to its end.
  case linearDecay(from: Double)
  /// The rate follows half a cosine from 1 to zero.
  case cosine

  /// The rate stays as it is.
  public static let constant = Schedule.flat(factor: 1)

  /// The factor for an epoch counted from 0 in a stage of `epochs` epochs.
  ///
  /// A milestone at fraction f applies from epoch round(f · epochs) on. Linear decay gives
  /// (epochs − epoch) / (epochs − start) from its start, as in Co-teaching's released code.
  ///
  /// - Precondition: 0 <= epoch < epochs.
  public func factor(epoch: Int, of epochs: Int) -> Double {
    precondition((0..<epochs).contains(epoch), "epoch \(epoch) is outside 0..<\(epochs)")
    switch self {
    case .flat(let factor):
      return factor
    case .milestones(let fractions, let factor):
      let passed = fractions.count { Double(epoch) >= ($0 * Double(epochs)).rounded() }
      return pow(factor, Double(passed))
    case .linearDecay(let fraction):
      let start = (fraction * Double(epochs)).rounded()
      guard Double(epoch) >= start, start < Double(epochs) else { return 1 }
      return (Double(epochs) - Double(epoch)) / (Double(epochs) - start)
    case .cosine:
      return 0.5 * (1 + cos(.pi * Double(epoch) / Double(epochs)))
    }
  }
}
