import SeededRandom

/// A permutation test of any statistic of two samples.
///
/// Under one distribution every choice of which values form the first sample is equally likely. All
/// choices are tried if there are few, else random ones. A one-sided p-value is the share of choices
/// whose statistic is at least as extreme as the observed one, which itself counts: (extreme + 1) /
/// (tried + 1) for random choices, as in B. Phipson and G. K. Smyth, "Permutation p-values should
/// never be zero", 2010. For two sides it is twice the smaller of the two, at most 1.
///
/// For the difference of means, ``permutationTest(_:_:alternative:)`` is faster.
public struct RelabellingTest: Codable, Hashable, Sendable {
  /// The statistic of the samples as they are.
  public let statistic: Double
  /// The p-value.
  public let pValue: Double
  /// The side of the test: `greater` if large statistics speak against one distribution.
  public let alternative: Alternative
  /// The number of choices tried.
  public let relabellings: Int
  /// Whether these were all choices that there are.
  public let isExact: Bool

  /// Tests two samples.
  ///
  /// Statistics within 10⁻¹² of their magnitude count as equal.
  ///
  /// - Parameters:
  ///   - first: The first sample, not empty.
  ///   - second: The second sample, not empty.
  ///   - alternative: The side of the test.
  ///   - relabellings: The number of random choices; up to as many, all choices are tried instead.
  ///   - seed: The seed of the random choices.
  ///   - statistic: The statistic of a first and a second sample, never NaN.
  public init(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided,
    relabellings: Int = 9999, seed: UInt64 = 0, statistic: ([Double], [Double]) -> Double
  ) {
    precondition(
      !first.isEmpty && !second.isEmpty && relabellings > 0,
      "\(relabellings) relabellings of \(first.count) and \(second.count) values")
    let values = first + second
    let observed = statistic(first, second)
    precondition(!observed.isNaN, "the statistic of the samples is NaN")
    let slack = observed.isFinite ? 1e-12 * observed.magnitude : 0
    var (above, below) = (0, 0)
    func count(_ value: Double) {
      if value >= observed - slack { above += 1 }
      if value <= observed + slack { below += 1 }
    }
    let choices = binomialCoefficient(values.count, first.count)
    isExact = choices <= Double(relabellings)
    if isExact {
      self.relabellings = Int(choices)
      forEachChoice(of: first.count, outOf: values.count) { chosen in
        var (one, other): ([Double], [Double]) = ([], [])
        for (index, value) in values.enumerated() {
          if chosen[index] { one.append(value) } else { other.append(value) }
        }
        count(statistic(one, other))
      }
    } else {
      self.relabellings = relabellings
      let stream = SeedStream(root: seed, purpose: "relabelling test")
      for draw in 0..<relabellings {
        var generator = stream.generator(UInt64(draw))
        let order = generator.permutation(values.count)
        count(
          statistic(
            order.prefix(first.count).map { values[$0] },
            order.dropFirst(first.count).map { values[$0] }))
      }
      // The labels as they are count among those tried.
      (above, below) = (above + 1, below + 1)
    }
    let tried = Double(self.relabellings + (isExact ? 0 : 1))
    let (upper, lower) = (Double(above) / tried, Double(below) / tried)
    switch alternative {
    case .greater: pValue = upper
    case .less: pValue = lower
    case .twoSided: pValue = min(1, 2 * min(upper, lower))
    }
    self.statistic = observed
    self.alternative = alternative
  }
}

/// Calls a closure with every way to choose some of n places, as marks.
private func forEachChoice(of count: Int, outOf n: Int, _ body: ([Bool]) -> Void) {
  var chosen = [Bool](repeating: false, count: n)
  func choose(_ start: Int, _ remaining: Int) {
    if remaining == 0 {
      body(chosen)
      return
    }
    for index in start...(n - remaining) {
      chosen[index] = true
      choose(index + 1, remaining - 1)
      chosen[index] = false
    }
  }
  choose(0, count)
}
