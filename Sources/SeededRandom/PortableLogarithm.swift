/// The natural logarithm by arithmetic alone, so that samples do not depend on the platform's
/// mathematics library.
///
/// With x = m·2^e and m between 0.707 and 1.414, ln x = e ln 2 + 2 artanh((m - 1) / (m + 1)), the
/// latter by its power series. The error is a few units in the last place.
///
/// - Parameter x: A positive, finite, normal number.
/// - Returns: The natural logarithm of `x`.
@usableFromInline
func portableLogarithm(_ x: Double) -> Double {
  var mantissa = x.significand
  var exponent = Double(x.exponent)
  if mantissa > 1.414_213_562_373_095_1 {
    mantissa *= 0.5
    exponent += 1
  }
  let f = (mantissa - 1) / (mantissa + 1)
  let square = f * f
  var series = 1.0 / 23
  var divisor = 21.0
  while divisor >= 3 {
    series = series * square + 1 / divisor
    divisor -= 2
  }
  let ln2High = 6.931_471_803_691_238_164_90e-01
  let ln2Low = 1.908_214_929_270_587_700_02e-10
  return exponent * ln2High + (exponent * ln2Low + (2 * f * square * series + 2 * f))
}
