import RunStore
import TestSupport
import Testing

@testable import Reporting

@Suite struct ClaimJudgeTests {
  private func judge(
    _ rule: ClaimRule, _ accuracies: [String: [String: [Double]]],
    profile: ProfileFacts = Samples.profile, published: [CellAddress: PublishedValue] = [:]
  ) throws -> Judgement {
    let results = try Samples.results(accuracies)
    let judgements = ClaimJudge(profile: profile, headline: .lastEpoch)
      .judge([Samples.claim("c", rule)], on: results, published: published)
    return try #require(judgements.first)
  }

  private let order = ClaimRule.order(row: "a", over: ["b"], column: "x", relevant: 0.005)

  @Test func clearAdvantageIsReproduced() throws {
    let judgement = try judge(
      order, ["a": ["x": [0.81, 0.82, 0.83]], "b": ["x": [0.71, 0.715, 0.735]]])
    #expect(judgement.verdict.word == .reproduced)
    #expect(judgement.scope == .orderingOnly)
    let setting = try #require(judgement.evidence?.settings.first)
    // Differences 0.10, 0.105, 0.095: mean 0.1, deviation 0.005, t = 0.1 √3 / 0.005.
    expectClose(setting.statistic ?? 0, 0.1 * 3.0.squareRoot() / 0.005, relative: 1e-9)
    expectClose(setting.exactP ?? 0, 1.0 / 8)
    #expect(setting.n == 3)
    #expect(judgement.evidence?.runs.count == 6)
  }

  @Test func reversedOrderIsContradicted() throws {
    let judgement = try judge(
      order, ["a": ["x": [0.71, 0.715, 0.735]], "b": ["x": [0.81, 0.82, 0.83]]])
    #expect(judgement.verdict.word == .contradicted)
    #expect(judgement.isRefuted)
  }

  @Test func absentAdvantageIsNotReproduced() throws {
    let judgement = try judge(
      order,
      ["a": ["x": [0.8001, 0.7999, 0.8000, 0.8001]], "b": ["x": [0.8, 0.8, 0.8001, 0.8]]])
    #expect(judgement.verdict.word == .notReproduced)
  }

  @Test func noisyAdvantageIsInconclusiveWithABudget() throws {
    let judgement = try judge(
      order, ["a": ["x": [0.80, 0.82, 0.84]], "b": ["x": [0.79, 0.83, 0.80]]])
    #expect(judgement.verdict.word == .inconclusive)
    #expect(judgement.verdict.moreSeeds ?? 0 > 0)
    #expect(judgement.verdict.text.contains("more seed"))
  }

  @Test func oneSeedIsInconclusive() throws {
    let judgement = try judge(order, ["a": ["x": [0.9]], "b": ["x": [0.1]]])
    #expect(judgement.verdict.word == .inconclusive)
    #expect(judgement.verdict.moreSeeds == 1)
  }

  @Test func missingRunsAreNotRun() throws {
    let judgement = try judge(order, ["a": ["x": [0.9, 0.8]]])
    #expect(judgement.verdict.word == .notRun)
    let other = try judge(order, ["b": ["x": [0.9, 0.8]]])
    #expect(other.verdict.word == .notRun)
    #expect(other.verdict.reason?.contains("a / x") == true)
  }

  @Test func aMissingRivalForbidsReproducedButNotContradicted() throws {
    let rule = ClaimRule.order(row: "a", over: ["b", "c"], column: "x", relevant: 0.005)
    let high = [0.81, 0.82, 0.83]
    let low = [0.71, 0.715, 0.735]
    let judgement = try judge(rule, ["a": ["x": high], "b": ["x": low]])
    #expect(judgement.verdict.word == .inconclusive)
    #expect(judgement.verdict.reason == "there are no numbers for c at noise x")
    let reversed = try judge(rule, ["a": ["x": low], "b": ["x": high]])
    #expect(reversed.verdict.word == .contradicted)
  }

  @Test func aHoleInOneColumnLeavesMostSettingsOpen() throws {
    let rule = ClaimRule.orderOverFamily(
      row: "a", over: ["b", "c"], columns: ["u", "v", "w"], atLeast: 2, relevant: 0.005)
    let high = [0.81, 0.82, 0.83]
    let low = [0.71, 0.715, 0.735]
    let table = [
      "a": ["u": high, "v": high, "w": high], "b": ["u": low, "v": low, "w": low],
      "c": ["u": low, "v": low],
    ]
    #expect(try judge(rule, table).verdict.word == .reproduced)
    let thin = table.merging(["c": ["u": low]]) { $1 }
    #expect(try judge(rule, thin).verdict.word == .inconclusive)
  }

  @Test func anotherProtocolIsNamed() throws {
    func run(_ row: String, seed: Int, last: Double, best: Double) throws -> PlannedRun {
      let record = try Samples.record(
        "\(row) \(seed)",
        epochs: [
          Samples.epoch(1, test: best, validation: 0.1),
          Samples.epoch(2, test: last, validation: 0.9),
        ])
      return PlannedRun(
        address: CellAddress(row: row, column: "x"), seed: seed, key: record.key,
        outcome: .recorded(record))
    }
    var runs: [PlannedRun] = []
    for seed in 1...5 {
      let wiggle = 0.001 * Double(seed)
      runs.append(
        try run("a", seed: seed, last: 0.5 + wiggle * (seed == 3 ? -9 : 3), best: 0.9 + wiggle))
      runs.append(try run("b", seed: seed, last: 0.5, best: 0.7 - wiggle * wiggle))
    }
    let results = ResultSet(
      rows: [MethodRow(id: "a", name: "A"), MethodRow(id: "b", name: "B")],
      columns: [NoiseColumn(id: "x", name: "X")], seeds: Array(1...5), runs: runs)
    let judgement = try #require(
      ClaimJudge(profile: Samples.profile, headline: .lastEpoch)
        .judge([Samples.claim("c", order)], on: results).first)
    #expect(judgement.verdict.word == .reproducedUnderAnotherProtocol)
    #expect(judgement.verdict.protocolName == "mean of last ten")
    let oracle = try #require(judgement.otherEvidence.first { $0.protocolName == "best on test" })
    #expect(oracle.usesTestLabels)
  }

  @Test func valuesNeedThePaperProfile() throws {
    let rule = ClaimRule.value(row: "a", columns: ["x"], tolerance: 0.01)
    let address = CellAddress(row: "a", column: "x")
    let published = [
      address: PublishedValue(
        table: "1", dataset: "CIFAR-10", condition: "x", method: "A",
        metric: "test_accuracy_percent", printed: 80, printedSpread: nil, value: 0.8, spread: nil)
    ]
    func verdict(_ values: [Double], _ profile: ProfileFacts) throws -> Verdict {
      try judge(rule, ["a": ["x": values]], profile: profile, published: published).verdict
    }
    let close = [0.8005, 0.8012, 0.7995, 0.8003]
    let quick = try verdict(close, Samples.profile)
    #expect(quick.word == .notTestable)
    #expect(quick.reason?.contains("quick profile tests orderings only") == true)
    #expect(try verdict(close, Samples.paperProfile).word == .reproduced)
    #expect(
      try verdict([0.901, 0.902, 0.9, 0.9], Samples.paperProfile).word == .notReproduced)
    #expect(try verdict([0.75, 0.85, 0.79], Samples.paperProfile).word == .inconclusive)
  }

  @Test func gainsAreTestedAgainstTheirThreshold() throws {
    let a = ["x": [0.81, 0.82, 0.83]]
    let b = ["x": [0.78, 0.791, 0.80]]
    func verdict(_ gain: Double) throws -> Verdict.Word {
      try judge(
        .gain(row: "a", over: ["b"], column: "x", atLeast: gain), ["a": a, "b": b]
      ).verdict.word
    }
    #expect(try verdict(0.02) == .reproduced)
    #expect(try verdict(0.10) == .notReproduced)
    #expect(try verdict(0.029) == .inconclusive)
  }

  @Test func trendsCompareMargins() throws {
    let rule = ClaimRule.trend(
      row: "a", over: ["b"], steps: [.init(from: "x", to: "y")], relevant: 0.005)
    let growing = try judge(
      rule,
      [
        "a": ["x": [0.81, 0.82, 0.83], "y": [0.71, 0.72, 0.73]],
        "b": ["x": [0.80, 0.81, 0.821], "y": [0.60, 0.61, 0.62]],
      ])
    #expect(growing.verdict.word == .reproduced)
    expectClose(growing.evidence?.settings.first?.effect ?? 0, 0.301 / 3, relative: 1e-9)
    let falling = try judge(
      rule,
      [
        "a": ["y": [0.81, 0.82, 0.83], "x": [0.71, 0.72, 0.73]],
        "b": ["y": [0.80, 0.81, 0.821], "x": [0.60, 0.61, 0.62]],
      ])
    #expect(falling.verdict.word == .contradicted)
  }

  @Test func mostSettingsNeedsAsManyAsItSays() throws {
    let wide = [0.81, 0.82, 0.83]
    let low = [0.71, 0.715, 0.735]
    let table = [
      "a": ["u": wide, "v": wide, "w": low], "b": ["u": low, "v": low, "w": wide],
    ]
    func verdict(_ count: Int) throws -> Judgement {
      try judge(
        .orderOverFamily(
          row: "a", over: ["b"], columns: ["u", "v", "w"], atLeast: count, relevant: 0.005), table)
    }
    let two = try verdict(2)
    #expect(two.verdict.word == .reproduced)
    #expect(two.evidence?.supporting == 2)
    #expect(two.evidence?.besides.first?.contains("2 of 3 columns") == true)
    #expect(try verdict(3).verdict.word == .contradicted)
  }

  @Test func spreadsAreCountedOverColumns() throws {
    let columns = (1...5).map { "c\($0)" }
    let steady = Dictionary(uniqueKeysWithValues: columns.map { ($0, [0.800, 0.801, 0.802]) })
    let loose = Dictionary(uniqueKeysWithValues: columns.map { ($0, [0.70, 0.75, 0.80]) })
    let rule = ClaimRule.smallestSpread(row: "a", over: ["b"], columns: columns)
    #expect(try judge(rule, ["a": steady, "b": loose]).verdict.word == .reproduced)
    #expect(try judge(rule, ["a": loose, "b": steady]).verdict.word == .contradicted)
  }

  @Test func contradictoryClaimsAndForeignDataAreNotTestable() throws {
    let results = try Samples.results(["a": ["x": [0.5]], "b": ["x": [0.4]]])
    let judge = ClaimJudge(profile: Samples.profile)
    let judgements = judge.judge(
      [
        Samples.claim("c1", .inconsistent(reason: "no such column")),
        Samples.claim("c2", .untestable(reason: "needs Clothing1M")),
        Samples.claim("c3", order, dataset: "CIFAR-100"),
        Samples.claim("c4", order, scale: .paperProfile),
      ], on: results)
    #expect(judgements.map(\.verdict.word) == Array(repeating: .notTestable, count: 4))
    #expect(judgements.allSatisfy { $0.evidence == nil && $0.verdict.reason != nil })
  }

  @Test func moreClaimsMakeEachHarder() throws {
    let results = try Samples.results(
      ["a": ["x": [0.80, 0.82, 0.84]], "b": ["x": [0.76, 0.79, 0.80]]])
    let judge = ClaimJudge(profile: Samples.profile, headline: .lastEpoch)
    let alone = judge.judge([Samples.claim("c", order)], on: results)
    let many = judge.judge((1...20).map { Samples.claim("c\($0)", order) }, on: results)
    #expect(alone.first?.verdict.word == .reproduced)
    #expect(many.allSatisfy { $0.verdict.word == .inconclusive })
  }

  @Test func digestFollowsEveryWord() throws {
    let claims = Samples.claims
    var changed = claims
    changed[0].quotation += "."
    #expect(try PaperClaim.digest(of: claims) == PaperClaim.digest(of: Samples.claims))
    #expect(try PaperClaim.digest(of: claims) != PaperClaim.digest(of: changed))
    let data = try CanonicalJSON.encode(claims)
    #expect(try CanonicalJSON.decodeStrictly([PaperClaim].self, from: data) == claims)
  }
}
