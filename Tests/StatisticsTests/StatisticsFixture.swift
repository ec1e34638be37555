import Statistics
import TestSupport

/// Reference values made by Tests/Fixtures/scripts/statistics.py with SciPy, NumPy and
/// scikit-learn.
struct StatisticsFixture: Decodable {
  struct Student: Decodable {
    struct Point: Decodable { let df, t, cdf, sf: Double }
    struct Quantile: Decodable { let df, p, t: Double }
    struct Noncentral: Decodable { let df, delta, t, cdf: Double }
    let distribution: [Point]
    let quantiles: [Quantile]
    let noncentral: [Noncentral]
  }
  struct TTests: Decodable {
    struct Welch: Decodable {
      let t, df: Double
      let interval90, p: [Double]
    }
    struct Paired: Decodable {
      let t, df: Double
      let p: [Double]
    }
    let a, b, interval, prediction5: [Double]
    let mean, sd: Double
    let welch: Welch
    let paired: Paired?
  }
  struct SignFlips: Decodable { let d, p: [Double] }
  struct Permutations: Decodable { let a, b, p: [Double] }
  struct Powers: Decodable {
    struct Row: Decodable {
      let design: Power.Design
      let twoSided: Bool
      let effect: Double
      let n: Int
      let power: Double
    }
    struct Seeds: Decodable {
      let design: Power.Design
      let twoSided: Bool
      let effect: Double
      let seeds: Int
    }
    let power: [Row]
    let seeds: [Seeds]
  }
  struct Kolmogorov: Decodable {
    struct Test: Decodable {
      let a, b: [Double]
      let d, exact, asymptotic: Double
    }
    struct Tail: Decodable { let x, p: Double }
    let tests: [Test]
    let tail: [Tail]
  }
  struct Ranks: Decodable {
    let a, b, x, y: [Double]
    let auc, pearson, spearman: Double
  }
  struct Mixture: Decodable {
    let x, weights, means, deviations, points, upper: [Double]
    let logLikelihood: Double
  }
  struct Bootstrap: Decodable {
    let values: [[Double]]
    let estimate, standardError: Double
    let quantiles: [Double]
  }
  struct Holm: Decodable { let p, adjusted: [Double] }
  struct Signs: Decodable {
    let wins, losses: Int
    let p: [Double]
  }
  struct Quantiles: Decodable { let sorted, p, values: [Double] }

  let student: Student
  let tTests: [TTests]
  let signFlips: [SignFlips]
  let permutations: [Permutations]
  let power: Powers
  let kolmogorov: Kolmogorov
  let ranks: [Ranks]
  let mixtures: [Mixture]
  let bootstrap: Bootstrap
  let holm: Holm
  let signTests: [Signs]
  let quantiles: Quantiles

  /// Reads the fixture.
  static func load() throws -> StatisticsFixture {
    try Fixture.json("statistics/statistics.json")
  }

  /// The sides in the order of the fixture's lists of p-values.
  static let sides: [Alternative] = [.twoSided, .greater, .less]
}
