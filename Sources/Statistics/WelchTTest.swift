/// Tests whether two samples have the same mean, by Welch's t, which allows unequal variances.
///
/// t = (m₁ - m₂) / √(v₁ + v₂) with vᵢ = sᵢ² / nᵢ, and (v₁ + v₂)² / (v₁² / (n₁ - 1) + v₂² / (n₂ -
/// 1)) degrees of freedom (B. L. Welch, Biometrika 34, 1947).
///
/// - Parameters:
///   - first: The first sample, or published numbers.
///   - second: The second sample.
///   - alternative: The side of the test.
/// - Returns: The test, or nil if a sample has fewer than two values or no known spread.
public func welchTTest(
  _ first: Summary, _ second: Summary, alternative: Alternative = .twoSided
) -> TTest? {
  guard let error1 = first.standardError, let error2 = second.standardError, first.n > 1,
    second.n > 1
  else { return nil }
  let (v1, v2) = (error1 * error1, error2 * error2)
  let denominator = v1 * v1 / Double(first.n - 1) + v2 * v2 / Double(second.n - 1)
  let degrees =
    denominator > 0 ? (v1 + v2) * (v1 + v2) / denominator : Double(first.n + second.n - 2)
  return TTest(
    difference: first.mean - second.mean, standardError: (v1 + v2).squareRoot(),
    degreesOfFreedom: degrees, alternative)
}
