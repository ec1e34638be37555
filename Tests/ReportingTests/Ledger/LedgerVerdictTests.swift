import Testing

@testable import Reporting

@Suite struct LedgerVerdictTests {
  private typealias Made = LedgerSamples

  /// The verdict on entry 6 from reports.
  private func verdict(
    _ reports: [ReportFolder], entry: LedgerEntry = Made.entry(6),
    digests: [String: Set<String>] = [:]
  ) throws -> LedgerVerdict {
    let ledger = Ledger(Made.declaration([entry], digests: digests), reports: reports)
    return try #require(ledger.verdicts.first)
  }

  private func word(_ words: [Verdict.Word]) throws -> Verdict.Word {
    let parts = words.enumerated().map { ("echoalign-06-part\($0.offset)", Verdict($0.element)) }
    return try verdict([try Made.report(parts)]).verdict.word
  }

  @Test(arguments: Verdict.Word.allCases)
  func onePartGivesItsWord(_ one: Verdict.Word) throws {
    #expect(try word([one]) == one)
    #expect(try word([one, one, one]) == one)
  }

  @Test func theWorstWordCounts() throws {
    let ranked: [Verdict.Word] = [
      .contradicted, .notReproduced, .inconclusive, .reproducedUnderAnotherProtocol, .reproduced,
    ]
    for (index, worse) in ranked.enumerated() {
      for better in ranked[index...] {
        #expect(try word([better, worse]) == worse, "\(better) and \(worse)")
      }
    }
  }

  @Test func aPartWithoutVerdictForbidsReproducedButNotTheContrary() throws {
    for open in [Verdict.Word.notRun, .notTestable] {
      #expect(try word([.reproduced, open]) == .inconclusive)
      #expect(try word([.reproducedUnderAnotherProtocol, open]) == .inconclusive)
      #expect(try word([.contradicted, open]) == .contradicted)
      #expect(try word([.notReproduced, open]) == .notReproduced)
    }
    #expect(try word([.notRun, .notTestable]) == .notRun)
  }

  @Test func theNameOfTheOtherProtocolStays() throws {
    let report = try Made.report([
      ("echoalign-06", Verdict(.reproducedUnderAnotherProtocol, protocolName: "last epoch"))
    ])
    #expect(
      try verdict([report]).verdict.text == "reproduced under another protocol (last epoch)")
  }

  @Test func withoutReportsNothingIsDecided() throws {
    let absent = try verdict([])
    #expect(absent.verdict.word == .notRun)
    #expect(absent.verdict.reason == "no report speaks to it yet: make table1")
    #expect(absent.needs == ["Run make table1.", "More data."])
    let never = try verdict([], entry: Made.entry(6, sources: []))
    #expect(never.verdict.word == .notTestable && never.needs == ["More data."])
  }

  @Test func identifiersMatchWholeNumbers() throws {
    let report = try Made.report([
      ("echoalign-060", Verdict(.contradicted)), ("echoalign-6", Verdict(.contradicted)),
      ("echoalign-06-b", Verdict(.reproduced)), ("other", Verdict(.reproduced)),
    ])
    let ledger = Ledger(Made.declaration([Made.entry(6)]), reports: [report])
    #expect(ledger.verdicts.first?.verdict.word == .reproduced)
    #expect(ledger.others.map(\.claim) == ["echoalign-060", "echoalign-6", "other"])
    let wide = try verdict([report], entry: Made.entry(6, also: ["other"]))
    #expect(wide.parts.count == 2)
  }

  @Test func thePapersScaleSetsSmallerOnesAside() throws {
    let quick = try Made.report([("echoalign-06", Verdict(.contradicted))])
    let paper = try Made.report(
      "echoalign-table1-paper", profile: Samples.paperProfile,
      [("echoalign-06", Verdict(.reproduced))])
    let both = try verdict([quick, paper])
    #expect(both.verdict.word == .reproduced && both.counted.map(\.profile) == ["paper"])
    #expect(
      both.parts.last?.setAside == "decided at the paper's scale in echoalign-table1-paper")
    let idle = try Made.report(
      "echoalign-table1-paper", profile: Samples.paperProfile,
      [("echoalign-06", Verdict(.notRun))])
    let fallback = try verdict([quick, idle])
    #expect(fallback.verdict.word == .contradicted)
    #expect(fallback.parts.last?.setAside == "decided in echoalign-table1")
  }

  @Test func onePlaceWithoutVerdictIsEnough() throws {
    let quick = try Made.report([("echoalign-06", Verdict(.notTestable, reason: "no data"))])
    let cifar = try Made.report(
      "echoalign-table1-cifar", profile: Samples.profile, [("echoalign-06", Verdict(.notRun))])
    let both = try verdict([quick, cifar])
    #expect(both.verdict.word == .notRun && both.counted.map(\.folder) == [cifar.name])
    #expect(both.parts.last?.setAside == "without verdict in echoalign-table1-cifar as well")
  }

  @Test func smokeAndStaleReportsNeverCount() throws {
    let claims = [("echoalign-06", Verdict(.contradicted))]
    let smoke = try Made.report("echoalign-table1-smoke", profile: Made.smoke, claims)
    #expect(try verdict([smoke]).verdict.word == .notRun)
    #expect(try verdict([smoke]).parts.first?.setAside?.contains("smoke") == true)
    let report = try Made.report(claims)
    let digest = report.claims.claimsDigest
    #expect(
      try verdict([report], digests: ["echoalign-table1": [digest]]).verdict.word == .contradicted)
    let stale = try verdict([report], digests: ["echoalign-table1": ["0"]])
    #expect(stale.verdict.word == .notRun)
    #expect(stale.verdict.reason == "no report that counts speaks to it")
    #expect(stale.parts.first?.setAside?.hasPrefix("stale") == true)
    let ledger = Ledger(
      Made.declaration([Made.entry(6)], digests: ["echoalign-table1": ["0"]]), reports: [report])
    #expect(ledger.standing(of: report) == .stale && ledger.hasFailedCheck)
    let undeclared = Ledger(Made.declaration([Made.entry(6)]), reports: [report])
    #expect(undeclared.standing(of: report) == .undeclared)
  }

  @Test func whatIsNeededIsCounted() throws {
    let report = try Made.report([
      ("echoalign-06-a", Verdict(.inconclusive, moreSeeds: 4)),
      ("echoalign-06-b", Verdict(.inconclusive, moreSeeds: 130)),
      ("echoalign-06-c", Verdict(.inconclusive)),
    ])
    let needs = try verdict(
      [report], entry: Made.entry(6, sources: ["echoalign-table1", "echoalign-table2"])
    ).needs
    #expect(needs.count == 4)
    #expect(needs[0].contains("over 100 more seeds") && needs[0].contains("echoalign-06-b"))
    #expect(needs[1].hasPrefix("For 1 inconclusive part no number of seeds"))
    #expect(needs[2] == "Run make table2.")
    let held = try verdict([try Made.report([("echoalign-06", Verdict(.reproduced))])])
    #expect(held.needs.isEmpty)
  }

  @Test func onlyTestedFailuresFailTheCheck() throws {
    for word in Verdict.Word.allCases {
      let report = try Made.report([("echoalign-06", Verdict(word))])
      let ledger = Ledger(Made.declaration([Made.entry(6)]), reports: [report])
      #expect(ledger.hasFailedCheck == [.contradicted, .notReproduced].contains(word))
    }
  }
}
