import Foundation
import SeededRandom

/// Returns the chance that further pairs bring a one-sided paired t test below alpha, given what the
/// first pairs showed.
///
/// Unlike ``Power``, it does not take the measured difference for the true one: mean and deviation of
/// the population are drawn from what n pairs leave open, (n - 1) s² / σ² chi-square with n - 1
/// degrees of freedom and μ normal around the measured mean with deviation σ / √n (the predictive
/// distribution that prediction intervals rest on), and further pairs from that population. The test
/// is of all pairs together. 2,000 draws of a fixed stream, so equal arguments give equal chances; the
/// standard error of a chance is 0.011 at most.
///
/// - Parameters:
///   - mean: The mean difference of the first pairs, positive on the side of the test.
///   - standardDeviation: Their standard deviation, divisor n - 1, positive.
///   - pairs: Their number n, at least 2.
///   - further: The number of further pairs, at least 1.
///   - alpha: The level of the test, between 0 and ½.
/// - Returns: A chance between 0 and 1.
public func predictedPower(
  mean: Double, standardDeviation: Double, pairs: Int, further: Int, alpha: Double
) -> Double {
  precondition(
    pairs >= 2 && further >= 1 && standardDeviation > 0,
    "\(further) pairs after \(pairs) with deviation \(standardDeviation)")
  precondition(alpha > 0 && alpha < 0.5, "alpha \(alpha) is not in (0, ½)")
  let draws = 2000
  let (n, k) = (Double(pairs), Double(further))
  let total = n + k
  let critical = StudentT(degreesOfFreedom: total - 1).quantile(upperTail: alpha)
  let stream = SeedStream(root: 0, purpose: "predicted power")
  var found = 0
  for draw in 0..<draws {
    var generator = stream.generator(UInt64(draw))
    let deviation =
      standardDeviation * ((n - 1) / chiSquare(pairs - 1, using: &generator)).squareRoot()
    let truth = mean + deviation * generator.normal() / n.squareRoot()
    let later = truth + deviation * generator.normal() / k.squareRoot()
    let squares =
      (n - 1) * standardDeviation * standardDeviation
      + deviation * deviation * chiSquare(further - 1, using: &generator)
      + n * k / total * (later - mean) * (later - mean)
    let error = (squares / (total - 1) / total).squareRoot()
    if (n * mean + k * later) / total >= critical * error { found += 1 }
  }
  return Double(found) / Double(draws)
}

/// Draws from the chi-square distribution, which is 0 without a degree of freedom.
///
/// Source: G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM
/// Transactions on Mathematical Software 26, 2000; one or two degrees are sums of squares.
private func chiSquare(_ degrees: Int, using generator: inout Philox) -> Double {
  if degrees <= 2 {
    return (0..<max(0, degrees)).reduce(0) { sum, _ in
      let z = generator.normal()
      return sum + z * z
    }
  }
  let d = Double(degrees) / 2 - 1.0 / 3
  while true {
    let z = generator.normal()
    let root = 1 + z / (9 * d).squareRoot()
    guard root > 0 else { continue }
    let v = root * root * root
    let u = Double.random(in: 0..<1, using: &generator)
    if log(1 - u) < z * z / 2 + d - d * v + d * log(v) { return 2 * d * v }
  }
}
