import SeededRandom
import TestSupport
import Testing

/// Returns one value for ever.
private struct Constant: RandomNumberGenerator {
  let value: UInt64
  mutating func next() -> UInt64 { value }
}

/// Quantiles of Tests/Fixtures/scripts/normal.py (SciPy `norm.ppf`) at (cell + 1/2) / 2^53.
private struct NormalFixture: Decodable {
  let cells: [UInt64]
  let quantiles: [Double]
}

@Test func normalEqualsTheReferenceQuantile() throws {
  let fixture = try Fixture.json("statistics/normal.json", as: NormalFixture.self)
  #expect(fixture.cells.count > 20)
  for (cell, quantile) in zip(fixture.cells, fixture.quantiles) {
    var generator = Constant(value: cell << 11)
    expectClose(generator.normal(), quantile, relative: 2e-14, absolute: 2e-16, "cell \(cell)")
    var mirrored = Constant(value: ((1 << 53) - 1 - cell) << 11)
    #expect(mirrored.normal() == -Constant.normal(cell))
  }
}

extension Constant {
  static func normal(_ cell: UInt64) -> Double {
    var generator = Constant(value: cell << 11)
    return generator.normal()
  }
}

@Test func normalHasUnitMoments() {
  var generator = Philox(key: 11)
  let n = 200_000
  let values = (0..<n).map { _ in generator.normal() }
  let moments = (1...4).map { power in
    values.reduce(0.0) { sum, value in
      sum + (0..<power).reduce(1.0) { product, _ in product * value }
    } / Double(n)
  }
  // Standard deviations of the sample moments: 1, sqrt 2, sqrt 15, sqrt 96 over sqrt n.
  let expected = [0.0, 1, 0, 3]
  let deviations = [1, 1.42, 3.88, 9.8]
  for index in 0..<4 {
    let allowed = 5 * deviations[index] / Double(n).squareRoot()
    expectClose(moments[index], expected[index], relative: 0, absolute: allowed)
  }
}

/// Mean and standard deviation by SciPy 1.17 `truncnorm`.
@Test(arguments: [
  (0.5, 0.1, 0.0, 1.0, 0.5, 0.099_999_256_64),
  (0.3, 0.1, 0.0, 1.0, 0.300_443_783_90, 0.099_331_102_30),
  (0.05, 0.1, 0.0, 1.0, 0.100_916_043_38, 0.069_726_281_68),
  (0.0, 1.0, 5.0, 9.0, 5.186_503_967_12, 0.180_821_554_61),
  (0.0, 1.0, -9.0, -5.0, -5.186_503_967_12, 0.180_821_554_61),
  (0.0, 1.0, 1.0, 1.25, 1.119_160_487_44, 0.071_951_911_47),
  (0.0, 1.0, -0.5, 0.75, 0.109_561_204_90, 0.351_310_911_09),
])
func truncatedNormalStaysInsideAndHasItsMean(
  mean: Double, deviation: Double, low: Double, high: Double, expectedMean: Double,
  expectedDeviation: Double
) {
  var generator = Philox(key: 21)
  let n = 40_000
  var sum = 0.0
  var squares = 0.0
  var outside = 0
  for _ in 0..<n {
    let value = generator.truncatedNormal(
      mean: mean, standardDeviation: deviation, in: low...high)
    outside += value < low || value > high ? 1 : 0
    sum += value
    squares += (value - expectedMean) * (value - expectedMean)
  }
  #expect(outside == 0)
  expectClose(
    sum / Double(n), expectedMean, relative: 0, absolute: 5 * expectedDeviation / 200, "mean")
  expectClose(
    (squares / Double(n)).squareRoot(), expectedDeviation, relative: 0.03, "standard deviation")
}
