import RunStore
import SeededRandom
import TestSupport
import Testing

@testable import Reporting

/// Simulated truth: how often a verdict is wrong when it is known what is true.
@Suite struct ClaimErrorRateTests {
  private static let trials = 2000
  private static let columns = ["u", "v", "w"]

  /// How often each word is given in trials whose true means are set by row and column.
  private func frequencies(
    _ claims: [PaperClaim], rows: [String], means: (String, String) -> Double, purpose: String
  ) throws -> [Verdict.Word: Int] {
    let stream = SeedStream(root: 11, purpose: purpose)
    var judge = ClaimJudge(profile: Samples.profile, headline: .lastEpoch)
    judge.plansSeeds = false
    var counts: [Verdict.Word: Int] = [:]
    for trial in 0..<Self.trials {
      var generator = stream.generator(UInt64(trial))
      var table: [String: [String: [Double]]] = [:]
      for column in Self.columns {
        let shared = (0..<3).map { _ in 0.01 * generator.normal() }
        for row in rows {
          table[row, default: [:]][column] = shared.map {
            means(row, column) + $0 + 0.01 * generator.normal()
          }
        }
      }
      // Any of the claims may be given a false word: that is what the correction promises for.
      let words = Set(judge.judge(claims, on: Samples.unnamedResults(table)).map(\.verdict.word))
      for word in words { counts[word, default: 0] += 1 }
    }
    return counts
  }

  /// A count whose chance is at most 5 % exceeds this with a chance below 1 in 1,000.
  private var limit: Int { Int(0.05 * 2000 + 3.1 * (2000 * 0.05 * 0.95).squareRoot()) }

  @Test(.timeLimit(.minutes(3))) func equalMethodsAreSeldomCalledBetterOrWorse() throws {
    let claims =
      Self.columns.map {
        Samples.claim("o-\($0)", .order(row: "a", over: ["b"], column: $0, relevant: 0.005))
      } + [
        Samples.claim(
          "family",
          .orderOverFamily(
            row: "a", over: ["b", "c"], columns: Self.columns, atLeast: 2, relevant: 0.005)),
        Samples.claim(
          "trend",
          .trend(row: "a", over: ["b"], steps: [.init(from: "u", to: "w")], relevant: 0.005)),
      ]
    let counts = try frequencies(
      claims, rows: ["a", "b", "c"], means: { _, _ in 0.8 }, purpose: "equal")
    #expect(counts[.reproduced, default: 0] <= limit, "\(counts)")
    #expect(counts[.contradicted, default: 0] <= limit, "\(counts)")
    #expect(counts[.reproducedUnderAnotherProtocol, default: 0] <= limit, "\(counts)")
  }

  @Test(.timeLimit(.minutes(3))) func aTrueAdvantageIsSeldomDenied() throws {
    let claim = Samples.claim(
      "o", .order(row: "a", over: ["b"], column: "u", relevant: 0.005))
    let counts = try frequencies(
      [claim], rows: ["a", "b"], means: { row, _ in row == "a" ? 0.86 : 0.8 }, purpose: "ahead")
    #expect(counts[.notReproduced, default: 0] + counts[.contradicted, default: 0] <= limit)
    // Six points at a spread of 1.4 points between paired runs: 4.2 deviations with three seeds.
    #expect(counts[.reproduced, default: 0] > Self.trials * 9 / 10, "\(counts)")
  }

  @Test(.timeLimit(.minutes(3))) func aGainBelowItsThresholdIsSeldomReproduced() throws {
    let claim = Samples.claim(
      "g", .gain(row: "a", over: ["b"], column: "u", atLeast: 0.05))
    let counts = try frequencies(
      [claim], rows: ["a", "b"], means: { row, _ in row == "a" ? 0.85 : 0.8 }, purpose: "gain")
    #expect(counts[.reproduced, default: 0] <= limit, "\(counts)")
    #expect(counts[.notReproduced, default: 0] <= limit, "\(counts)")
  }
}
