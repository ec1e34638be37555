import Foundation

/// Student's t distribution.
public struct StudentT: Hashable, Sendable {
  /// The degrees of freedom, positive, not necessarily whole.
  public let degreesOfFreedom: Double

  /// Creates the distribution.
  public init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 0, "Student's t with \(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// Returns P(T ≤ t).
  public func cdf(_ t: Double) -> Double {
    t < 0 ? upperTail(-t) : 1 - upperTail(t)
  }

  /// Returns P(T > t), with full relative precision however small it is.
  ///
  /// For t ≥ 0 it is I_x(ν/2, 1/2) / 2 with x = ν / (ν + t²).
  public func upperTail(_ t: Double) -> Double {
    if t < 0 { return 1 - upperTail(-t) }
    if t == .infinity { return 0 }
    let sum = degreesOfFreedom + t * t
    return 0.5
      * IncompleteBeta.regularised(
        x: degreesOfFreedom / sum, complement: t * t / sum, a: degreesOfFreedom / 2, b: 0.5)
  }

  /// Returns the t with P(T ≤ t) = `probability`, a number between 0 and 1.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "quantile at \(probability)")
    return probability < 0.5
      ? -quantile(upperTail: probability) : quantile(upperTail: 1 - probability)
  }

  /// Returns the t with P(T > t) = `tail`, a number between 0 and 1.
  ///
  /// By bisection to the last place.
  public func quantile(upperTail tail: Double) -> Double {
    precondition(tail > 0 && tail < 1, "quantile at upper tail \(tail)")
    if tail > 0.5 { return -quantile(upperTail: 1 - tail) }
    var low = 0.0
    var high = 1.0
    while upperTail(high) > tail {
      low = high
      high *= 2
    }
    while true {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { return middle }
      if upperTail(middle) > tail { low = middle } else { high = middle }
    }
  }
}
