extension RandomNumberGenerator {
  /// Returns a draw from the standard normal distribution.
  ///
  /// One uniform number of 53 bits, placed at the middle of its cell so that it is never 0 or 1,
  /// goes through the normal quantile function; the largest magnitude possible is 8.3. No platform
  /// function but the square root is used, so the value is the same everywhere.
  @inlinable
  public mutating func normal() -> Double {
    // Below one half the cell's middle is exact in 54 bits; above it, symmetry keeps the same
    // resolution.
    let cell = next() >> 11
    if cell < 1 << 52 {
      return standardNormalQuantile(lowerHalf: (Double(cell) + 0.5) * 0x1p-53)
    }
    return -standardNormalQuantile(lowerHalf: (Double((1 << 53) - 1 - cell) + 0.5) * 0x1p-53)
  }

  /// Returns a draw from the normal distribution restricted to an interval.
  ///
  /// The density is that of the normal with the given mean and standard deviation inside `range`,
  /// and zero outside; note that the mean of such a draw differs from `mean` unless the interval is
  /// symmetric about it. Drawn by rejection: from the normal where the interval keeps most of it,
  /// from the uniform where the interval is short, and from an exponential in the tail (C. P.
  /// Robert, "Simulation of truncated normal variables", Statistics and Computing 5, 1995).
  ///
  /// - Parameters:
  ///   - mean: The mean before truncation.
  ///   - standardDeviation: The standard deviation before truncation; must be positive.
  ///   - range: The interval, both ends finite.
  /// - Returns: A number of `range`.
  public mutating func truncatedNormal(
    mean: Double, standardDeviation: Double, in range: ClosedRange<Double>
  ) -> Double {
    precondition(
      standardDeviation > 0 && range.lowerBound.isFinite && range.upperBound.isFinite,
      "truncatedNormal(mean: \(mean), standardDeviation: \(standardDeviation), in: \(range)): "
        + "the deviation must be positive and the range finite")
    let low = (range.lowerBound - mean) / standardDeviation
    let high = (range.upperBound - mean) / standardDeviation
    let z: Double
    if low <= 0 && high >= 0 {
      z = centralTruncated(low, high)
    } else if low > 0 {
      z = tailTruncated(low, high)
    } else {
      z = -tailTruncated(-high, -low)
    }
    // Rounding may put the last place outside.
    return min(max(mean + standardDeviation * z, range.lowerBound), range.upperBound)
  }

  /// A standard normal restricted to `low...high`, which holds zero.
  private mutating func centralTruncated(_ low: Double, _ high: Double) -> Double {
    // The uniform proposal accepts with probability sqrt(2 pi) mass / (high - low), the normal one
    // with the mass.
    if high - low > 2.506_628_274_631_000_5 {
      while true {
        let z = normal()
        if z >= low && z <= high { return z }
      }
    }
    while true {
      let z = low + (high - low) * uniform()
      if logarithmOfUniform() <= -0.5 * z * z { return z }
    }
  }

  /// A standard normal restricted to `low...high` with `low` positive.
  private mutating func tailTruncated(_ low: Double, _ high: Double) -> Double {
    // The uniform proposal on a span where the density falls by less than the factor e accepts
    // oftener than 0.6.
    if low * (high - low) < 1 && high - low < 1 {
      while true {
        let z = low + (high - low) * uniform()
        if logarithmOfUniform() <= 0.5 * (low * low - z * z) { return z }
      }
    }
    let rate = 0.5 * (low + (low * low + 4).squareRoot())
    while true {
      let z = low - logarithmOfUniform() / rate
      if z <= high && logarithmOfUniform() <= -0.5 * (z - rate) * (z - rate) { return z }
    }
  }

  /// The logarithm of a uniform number in (0, 1].
  private mutating func logarithmOfUniform() -> Double {
    portableLogarithm(1 - uniform())
  }
}

/// The standard normal quantile of a probability in (0, 0.5], to about 16 digits.
///
/// Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution",
/// Applied Statistics 37(3), 1988, routine PPND16.
@usableFromInline
func standardNormalQuantile(lowerHalf probability: Double) -> Double {
  let q = probability - 0.5
  if q >= -0.425 {
    return q * ratio(at: 0.180625 - q * q, QuantileCoefficients.central)
  }
  let r = (-portableLogarithm(probability)).squareRoot()
  if r <= 5 { return -ratio(at: r - 1.6, QuantileCoefficients.middle) }
  return -ratio(at: r - 5, QuantileCoefficients.far)
}

/// The quotient of two polynomials of degree 7.
@inline(__always)
private func ratio(at x: Double, _ c: (SIMD8<Double>, SIMD8<Double>)) -> Double {
  var value = SIMD2(c.0[7], c.1[7])
  for index in (0..<7).reversed() { value = value * x + SIMD2(c.0[index], c.1[index]) }
  return value[0] / value[1]
}

/// Coefficients of AS 241, numerator and denominator, constant term first.
private enum QuantileCoefficients {
  static let central = (
    SIMD8<Double>(
      3.387_132_872_796_366_608, 1.331_416_678_917_843_774_5e2, 1.971_590_950_306_551_442_7e3,
      1.373_169_376_550_946_112_5e4, 4.592_195_393_154_987_145_7e4, 6.726_577_092_700_870_085_3e4,
      3.343_057_558_358_812_810_5e4, 2.509_080_928_730_122_672_7e3),
    SIMD8<Double>(
      1, 4.231_333_070_160_091_125_2e1, 6.871_870_074_920_579_083e2, 5.394_196_021_424_751_107_7e3,
      2.121_379_430_158_659_586_7e4, 3.930_789_580_009_271_061e4, 2.872_908_573_572_194_267_4e4,
      5.226_495_278_852_854_561e3)
  )
  static let middle = (
    SIMD8<Double>(
      1.423_437_110_749_683_577_34, 4.630_337_846_156_545_295_9, 5.769_497_221_460_691_405_5,
      3.647_848_324_763_204_605_04, 1.270_458_252_452_368_382_58,
      2.417_807_251_774_506_117_7e-1, 2.272_384_498_926_918_458_33e-2,
      7.745_450_142_783_414_076_4e-4),
    SIMD8<Double>(
      1, 2.053_191_626_637_758_821_87, 1.676_384_830_183_803_849_4, 6.897_673_349_851_000_045_5e-1,
      1.481_039_764_274_800_745_9e-1, 1.519_866_656_361_645_719_66e-2,
      5.475_938_084_995_344_946e-4, 1.050_750_071_644_416_843_24e-9)
  )
  static let far = (
    SIMD8<Double>(
      6.657_904_643_501_103_777_2, 5.463_784_911_164_114_369_9, 1.784_826_539_917_291_335_8,
      2.965_605_718_285_048_912_3e-1, 2.653_218_952_657_612_309_3e-2,
      1.242_660_947_388_078_438_6e-3, 2.711_555_568_743_487_578_15e-5,
      2.010_334_399_292_288_132_65e-7),
    SIMD8<Double>(
      1, 5.998_322_065_558_879_376_9e-1, 1.369_298_809_227_358_053_1e-1,
      1.487_536_129_085_061_485_25e-2, 7.868_691_311_456_132_591e-4,
      1.846_318_317_510_054_681_8e-5, 1.421_511_758_316_445_888_7e-7,
      2.044_263_103_389_939_785_64e-15)
  )
}
