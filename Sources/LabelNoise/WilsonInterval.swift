/// Wilson's 95 % interval of a proportion.
///
/// With p = k / n and z = 1.96: (p + z²/2n ± z √(p (1 - p) / n + z²/4n²)) / (1 + z²/n).
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// JASA 22, 1927.
struct WilsonInterval: Hashable, Sendable {
  /// The lower end.
  let lower: Double
  /// The upper end.
  let upper: Double

  /// Creates the interval of `successes` among `trials`; of no trial it is 0...1.
  init(successes: Int, trials: Int) {
    guard trials > 0 else {
      (lower, upper) = (0, 1)
      return
    }
    let n = Double(trials)
    let p = Double(successes) / n
    let z = 1.959_963_984_540_054
    let centre = p + z * z / (2 * n)
    let spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    lower = max(0, (centre - spread) / scale)
    upper = min(1, (centre + spread) / scale)
  }
}
