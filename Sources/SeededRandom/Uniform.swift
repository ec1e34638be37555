extension RandomNumberGenerator {
  /// Returns a uniform number in 0..<1, a multiple of 2⁻⁵³.
  @inlinable
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Returns a uniform integer in 0..<n, without bias.
  ///
  /// Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019.
  /// Usually one draw of 64 bits; the chance of another is below n / 2⁶⁴.
  ///
  /// - Parameter n: The number of values; must be positive.
  /// - Returns: An integer of 0..<n.
  @inlinable
  public mutating func uniform(below n: Int) -> Int {
    precondition(n > 0, "uniform(below: \(n)): the bound must be positive")
    let bound = UInt64(n)
    var product = bound.multipliedFullWidth(by: next())
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold {
        product = bound.multipliedFullWidth(by: next())
      }
    }
    return Int(product.high)
  }
}
