import Statistics

/// One way in which more seeds could settle a claim: differences that would have to pass a threshold.
struct SettlingRoute {
  /// The differences, of the comparison that decides.
  var differences: PairedDifferences
  /// The side of the threshold that the mean must be shown to be on.
  var side: Alternative
  /// The threshold.
  var threshold: Double
  /// The share of the claim's alpha that this comparison has.
  var share: Double

  /// The chance with which the seeds that are named settle a claim, if it is as measured.
  static let power = 0.8

  /// What a route needs.
  struct Need: Hashable {
    /// The look that settles the claim.
    var look: LookSchedule.Look
    /// The chance that it does, counting that mean and deviation are known from few seeds.
    var chance: Double
  }

  /// Returns the first later look that finds the mean on its side with ``power`` if mean and deviation
  /// are as measured.
  ///
  /// - Parameters:
  ///   - schedule: The looks.
  ///   - now: The number of the look that the differences are of.
  ///   - alpha: The claim's own alpha, before the looks share it.
  /// - Returns: The look with the chance that it settles the claim; nil where the mean lies on the other
  ///   side, nothing can be tested yet, or no look does.
  func need(in schedule: LookSchedule, after now: LookSchedule.Look, alpha: Double) -> Need? {
    let pairs = differences.differences.count
    guard pairs >= 2, let mean = differences.mean, let deviation = differences.standardDeviation
    else { return nil }
    let gap = side == .less ? threshold - mean : mean - threshold
    guard gap > 0, now.number < schedule.count else { return nil }
    for number in (now.number + 1)...schedule.count {
      let look = schedule.look(number)
      let further = look.seeds.count - now.seeds.count
      let level = min(0.49, alpha * share / look.factor)
      guard deviation > 1e-9 else {
        // Equal differences are judged by the sign-flip test, whose least p-value is 2⁻ⁿ.
        if Double(sign: .plus, exponent: -(pairs + further), significand: 1) <= level {
          return Need(look: look, chance: 1)
        }
        continue
      }
      let power = Power(design: .paired, alpha: level)
        .power(effect: gap / deviation, n: pairs + further)
      guard power >= Self.power else { continue }
      return Need(
        look: look,
        chance: predictedPower(
          mean: gap, standardDeviation: deviation, pairs: pairs, further: further, alpha: level))
    }
    return nil
  }
}
