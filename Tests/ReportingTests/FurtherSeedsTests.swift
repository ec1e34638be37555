import RunStore
import SeededRandom
import Statistics
import TestSupport
import Testing

@testable import Reporting

/// Cells with different numbers of seeds, and claims that are looked at again.
@Suite struct FurtherSeedsTests {
  private static let planned = [1, 2, 3]
  private static let rule = ClaimRule.order(row: "a", over: ["b"], column: "x", relevant: 0.005)

  /// Runs by row and column; what lies beyond the three planned seeds is added to the cell.
  private func results(
    _ accuracies: [String: [String: [Double]]], looks: Bool = true
  ) -> ResultSet {
    let all = Samples.unnamedResults(accuracies)
    let further = Dictionary(grouping: all.runs, by: \.address)
      .mapValues { $0.map(\.seed).filter { !Self.planned.contains($0) } }
    return ResultSet(
      rows: all.rows, columns: all.columns, seeds: Self.planned, runs: all.runs,
      furtherSeeds: further, looks: looks ? LookSchedule(planned: Self.planned) : nil)
  }

  private func judgement(_ rule: ClaimRule, _ results: ResultSet) throws -> Judgement {
    let judge = ClaimJudge(profile: Samples.profile, headline: .lastEpoch)
    return try #require(judge.judge([Samples.claim("c", rule)], on: results).first)
  }

  private let six = [0.80, 0.82, 0.84, 0.81, 0.83, 0.85]

  @Test func aCellShowsTheSeedsThatItHas() throws {
    let results = results(["a": ["x": six, "y": [0.8, 0.7, 0.6]], "b": ["x": [0.5, 0.6]]])
    let table = MeasuredTable(
      id: "t", caption: "T", results: results, rule: .lastEpoch, isComparable: false)
    let texts = table.cells.flatMap { $0.map { CellText($0).remark } }
    #expect(texts[0] == "n = 6")
    #expect(texts[1] == nil)
    #expect(texts[2]?.hasPrefix("n = 2 of 3") == true)
    #expect(results.measurement(at: .init(row: "a", column: "x"), rule: .lastEpoch).isComplete)
    #expect(results.missingCount(rule: .lastEpoch) == 4)
  }

  @Test func aClaimIsReadAtTheSeedsThatAllItsCellsHave() throws {
    // Rival b has five seeds, so the second look, at six, is not there yet.
    let partial = results(["a": ["x": six], "b": ["x": [0.79, 0.83, 0.80, 0.2, 0.2]]])
    let first = try judgement(Self.rule, partial)
    #expect(first.evidence?.look?.number == 1)
    #expect(first.evidence?.settings.first?.n == 3)
    #expect(first.evidence?.runs.count == 6)
    let whole = results(["a": ["x": six], "b": ["x": [0.79, 0.83, 0.80, 0.2, 0.2, 0.2]]])
    let second = try judgement(Self.rule, whole)
    #expect(second.evidence?.look?.number == 2)
    #expect(second.evidence?.settings.first?.n == 6)
    #expect(second.evidence?.look?.factor == 4)
  }

  @Test func aCellWithoutAnyRunHoldsNoLookBack() throws {
    let rule = ClaimRule.order(row: "a", over: ["b", "c"], column: "x", relevant: 0.005)
    let high = [0.91, 0.92, 0.93, 0.92, 0.91, 0.92]
    let found = try judgement(
      rule, results(["a": ["x": six], "b": ["x": high], "c": ["y": [0.1]]]))
    #expect(found.evidence?.look?.number == 2)
    #expect(found.verdict.word == .contradicted)
  }

  @Test func pValuesAreMultipliedByTheLooksFactor() throws {
    let values = ["a": ["x": [0.81, 0.82, 0.83]], "b": ["x": [0.71, 0.715, 0.735]]]
    let once = try judgement(Self.rule, results(values, looks: false))
    let first = try judgement(Self.rule, results(values))
    #expect(once.evidence?.look == nil)
    let (p, q) = try (#require(once.evidence?.holds), #require(first.evidence?.holds))
    #expect(p.raw == q.raw)
    expectClose(q.adjusted, 2 * p.adjusted, relative: 1e-12)
  }

  @Test func anUndecidedClaimNamesANextLookAndItsChance() throws {
    let verdict = try judgement(
      Self.rule, results(["a": ["x": [0.80, 0.82, 0.84]], "b": ["x": [0.79, 0.80, 0.80]]])
    ).verdict
    #expect(verdict.word == .inconclusive)
    let more = try #require(verdict.moreSeeds)
    #expect([3, 9, 21, 45, 93].contains(more))
    let chance = try #require(verdict.chance)
    #expect(chance > 0.2 && chance < 1)
  }

  @Test func theReportSaysThatClaimsAreLookedAtAgain() throws {
    let results = results(["a": ["x": six], "b": ["x": [0.79, 0.83, 0.80]]])
    let judge = ClaimJudge(profile: Samples.profile, headline: .lastEpoch)
    let report = Report(
      id: "r", title: "R", paper: .init(title: "P", version: "v", item: "T"), introduction: [],
      command: "make r", profile: Samples.profile, results: results,
      tables: [
        MeasuredTable(
          id: "t", caption: "T", results: results, rule: .lastEpoch, isComparable: false)
      ], judgements: judge.judge([Samples.claim("c", Self.rule)], on: results))
    let files = try ReportWriter().files(of: report)
    let text = String(decoding: try #require(files["report.md"]), as: UTF8.self)
    #expect(text.contains("at 3, 6, 12, 24, 48, 96 seeds"))
    #expect(text.contains("Look 1, at 3 seeds"))
    #expect(text.contains("n = 6"))
  }

  // MARK: - Simulated truth

  /// Two rows whose runs share half of their spread, seed by seed.
  private func draw(
    advantage: Double, seeds: Int, _ generator: inout Philox
  ) -> [String: [String: [Double]]] {
    var table: [String: [String: [Double]]] = [:]
    for column in ["u", "v"] {
      for _ in 0..<seeds {
        let shared = 0.01 * generator.normal()
        for (row, mean) in [("a", 0.8 + advantage), ("b", 0.8), ("c", 0.8)] {
          table[row, default: [:]][column, default: []].append(
            mean + shared + 0.01 * generator.normal())
        }
      }
    }
    return table
  }

  private func first(_ count: Int, of table: [String: [String: [Double]]])
    -> [String: [String: [Double]]]
  {
    table.mapValues { $0.mapValues { Array($0.prefix(count)) } }
  }

  private static let claims =
    ["u", "v"].map {
      Samples.claim("o-\($0)", .order(row: "a", over: ["b"], column: $0, relevant: 0.005))
    } + [
      Samples.claim(
        "family",
        .orderOverFamily(row: "a", over: ["b", "c"], columns: ["u", "v"], atLeast: 2, relevant: 0))
    ]

  /// Equal methods; seeds are added as the planner says, look by look up to 24, and whatever is said at any look counts.
  @Test(.timeLimit(.minutes(5))) func lookingAgainKeepsFalseWordsBelowAlpha() throws {
    let trials = 1000
    let stream = SeedStream(root: 3, purpose: "looks without effect")
    let judge = ClaimJudge(profile: Samples.profile, headline: .lastEpoch)
    let schedule = LookSchedule(planned: Self.planned)
    var wrong: [Verdict.Word: Int] = [:]
    for trial in 0..<trials {
      var generator = stream.generator(UInt64(trial))
      let table = draw(advantage: 0, seeds: 24, &generator)
      var total = 3
      var said: Set<Verdict.Word> = []
      while true {
        let judgements = judge.judge(Self.claims, on: results(first(total, of: table)))
        said.formUnion(judgements.map(\.verdict.word))
        let wanted = judgements.compactMap(\.verdict.moreSeeds).filter { total + $0 <= 24 }
        guard let more = wanted.min() else { break }
        total += more
      }
      for word in said { wrong[word, default: 0] += 1 }
    }
    #expect(schedule.look(4).seeds.count == 24)
    let limit = Int(0.05 * Double(trials) + 3.1 * (Double(trials) * 0.05 * 0.95).squareRoot())
    #expect(wrong[.reproduced, default: 0] <= limit, "\(wrong)")
    #expect(wrong[.contradicted, default: 0] <= limit, "\(wrong)")
  }

  /// First differences exactly as large and as spread as the truth: then the promised look settles the claim in at least
  /// four of five cases.
  @Test(.timeLimit(.minutes(2)), arguments: [0.006, 0.012, 0.02])
  func theNamedSeedsSettleAClaimThatIsAsMeasured(advantage: Double) throws {
    let trials = 500
    let spread = 0.01
    let known = [advantage - spread, advantage, advantage + spread]
    let judge = ClaimJudge(profile: Samples.profile, headline: .lastEpoch)
    func table(_ differences: [Double]) -> [String: [String: [Double]]] {
      ["a": ["x": differences.map { 0.8 + $0 }], "b": ["x": differences.map { _ in 0.8 }]]
    }
    let claims = [Samples.claim("c", Self.rule)]
    let before = try #require(judge.judge(claims, on: results(table(known))).first).verdict
    let more = try #require(before.moreSeeds)
    let stream = SeedStream(root: 4, purpose: "as measured")
    var settled = 0
    for trial in 0..<trials {
      var generator = stream.generator(UInt64(trial))
      let later = (0..<more).map { _ in advantage + spread * generator.normal() }
      let after = judge.judge(claims, on: results(table(known + later)))
      if after.first?.verdict.word == .reproduced { settled += 1 }
    }
    let least = 0.8 * Double(trials) - 3.1 * (Double(trials) * 0.16).squareRoot()
    #expect(Double(settled) >= least, "\(settled) of \(trials) with \(more) more seeds")
    #expect(before.chance ?? 1 < 0.9)
  }
}
