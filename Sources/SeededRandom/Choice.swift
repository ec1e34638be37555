extension RandomNumberGenerator {
  /// Returns an index drawn with probability proportional to its weight.
  ///
  /// One uniform number is compared with the running sums of the weights; an index of weight zero
  /// is never drawn.
  ///
  /// - Parameter weights: Non-negative, finite weights with a positive sum; they need not sum to
  ///   one.
  /// - Returns: An index of `weights`.
  @inlinable
  public mutating func categorical(_ weights: [Double]) -> Int {
    var total = 0.0
    for weight in weights {
      precondition(
        weight >= 0 && weight.isFinite,
        "categorical(\(weights)): weights must be finite and not negative")
      total += weight
    }
    precondition(total > 0 && total.isFinite, "categorical(\(weights)): the sum must be positive")
    let target = uniform() * total
    var sum = 0.0
    var last = 0
    for index in weights.indices where weights[index] > 0 {
      sum += weights[index]
      if target < sum { return index }
      last = index
    }
    return last
  }

  /// Returns the numbers 0..<n in uniformly random order.
  ///
  /// Source: the shuffle of R. A. Fisher and F. Yates in R. Durstenfeld's form (Algorithm 235, CACM
  /// 7, 1964).
  ///
  /// - Parameter n: How many numbers; must not be negative.
  /// - Returns: The `n` numbers.
  @inlinable
  public mutating func permutation(_ n: Int) -> [Int] {
    sample(n, outOf: n)
  }

  /// Returns `k` different numbers of 0..<n in random order; every ordered choice is equally
  /// likely.
  ///
  /// - Parameters:
  ///   - k: How many to draw, 0...n.
  ///   - n: The size of the population.
  /// - Returns: The `k` numbers, in the order of the draw.
  @inlinable
  public mutating func sample(_ k: Int, outOf n: Int) -> [Int] {
    precondition(k >= 0 && k <= n, "sample(\(k), outOf: \(n)): the sample must fit the population")
    var numbers = Array(0..<n)
    for index in 0..<k {
      numbers.swapAt(index, index + uniform(below: n - index))
    }
    numbers.removeLast(n - k)
    return numbers
  }
}
