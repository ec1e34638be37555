import Statistics

/// Judges claims by the runs of a result set.
///
/// Judging is a pure function of claims, runs and published numbers. Every p-value is corrected by
/// Holm's method over the claims of the report, so that the chance of any false `reproduced` stays
/// below alpha; so is, each in a family of its own, that of any false `contradicted` and `not
/// reproduced`. A claim that does not hold under the report's own protocol is looked at under the
/// others, whose p-values are further multiplied by their number.
public struct ClaimJudge: Sendable {
  /// The scale that the runs were made at.
  public var profile: ProfileFacts
  /// The protocols; the first is the report's own.
  public var protocols: [ReportingProtocol]
  /// The chance allowed for any false verdict of one kind in the report.
  public var alpha: Double
  /// How many runs a published mean is of.
  public var publishedRuns: Int
  /// Whether an inconclusive verdict says how many more seeds would settle it, which takes time.
  public var plansSeeds = true

  /// Creates a judge.
  public init(
    profile: ProfileFacts, headline: SelectionRule = .bestOnNoisyValidation,
    otherProtocols: [ReportingProtocol] = [], alpha: Double = 0.05, publishedRuns: Int = 3
  ) {
    precondition(alpha > 0 && alpha < 0.5, "alpha \(alpha) is not in (0, 0.5)")
    precondition(publishedRuns > 0, "\(publishedRuns) published runs")
    self.profile = profile
    protocols =
      [ReportingProtocol(headline)]
      + ReportingProtocol.uniform.filter { $0.rule != headline } + otherProtocols
    self.alpha = alpha
    self.publishedRuns = publishedRuns
  }

  /// Returns the verdict of every claim, in the order given.
  ///
  /// - Parameters:
  ///   - claims: The claims; those about a data set that the profile has nothing for are not testable,
  ///     and one with an empty data set needs none.
  ///   - results: The runs.
  ///   - published: The numbers that the paper prints, by cell.
  ///   - quantities: What was measured besides accuracies; identifiers must differ.
  /// - Returns: A judgement for each claim.
  public func judge(
    _ claims: [PaperClaim], on results: ResultSet,
    published: [CellAddress: PublishedValue] = [:], quantities: [Quantity] = []
  ) -> [Judgement] {
    precondition(
      Set(quantities.map(\.id)).count == quantities.count,
      "two quantities share a name: \(quantities.map(\.id))")
    let measured = Dictionary(
      quantities.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let barred = claims.map(obstacle)
    let looks = claims.map { claim -> LookSchedule.Look? in
      // Quantities are measured with the planned seeds, and looked at once.
      if case .quantities = claim.rule { return nil }
      return results.lastLook(of: claim.rule)
    }
    let tests = protocols.enumerated().map { index, reading in
      return claims.indices.map { place -> RuleTest? in
        let claim = claims[place]
        guard barred[place] == nil else { return nil }
        let reader = CellReader(
          results: results, reading: reading, seeds: looks[place].map { Set($0.seeds) })
        // Quantities are read by no selection rule, so they are tested once.
        if case .quantities(let tests) = claim.rule {
          return index == 0 ? QuantitiesTest(tests: tests, quantities: measured).run() : nil
        }
        return test(claim.rule, reader, published)
      }
    }
    let evidence = zip(protocols, tests).enumerated().map { index, pair in
      correct(
        pair.1, reading: pair.0, results: results, looks: looks,
        factor: index == 0 ? 1 : protocols.count - 1)
    }
    return claims.indices.map { index in
      let claim = claims[index]
      let own = evidence.first?[index]
      let others = evidence.dropFirst().compactMap { $0[index] }
      let family = (tests.first ?? []).count { $0?.holds != nil }
      let verdict =
        barred[index]
        ?? self.verdict(
          tests.first?[index], own, others: others, family: max(1, family),
          schedule: looks[index] == nil ? nil : results.looks)
      return Judgement(
        claim: claim, verdict: verdict, scope: profile.isPaperScale ? .paperScale : .orderingOnly,
        evidence: own ?? nil, otherEvidence: others,
        publishedReading: PublishedReading(published, quantities: measured).text(of: claim.rule))
    }
  }

  /// The verdict that needs no runs; nil when runs decide.
  private func obstacle(_ claim: PaperClaim) -> Verdict? {
    switch claim.rule {
    case .inconsistent(let reason):
      return Verdict(.notTestable, reason: "inconsistent in the source: \(reason)")
    case .untestable(let reason): return Verdict(.notTestable, reason: reason)
    default: break
    }
    var needsPaperScale = claim.scale == .paperProfile
    if case .value = claim.rule { needsPaperScale = true }
    if needsPaperScale && !profile.isPaperScale {
      return Verdict(
        .notTestable,
        reason: "the \(profile.name) profile tests orderings only, and this claim is "
          + "about numbers at the paper's scale")
    }
    guard claim.dataset.isEmpty || profile.dataSets[claim.dataset] != nil else {
      return Verdict(
        .notTestable, reason: "nothing stands for \(claim.dataset) at the \(profile.name) profile")
    }
    return nil
  }

  private func test(
    _ rule: ClaimRule, _ reader: CellReader, _ published: [CellAddress: PublishedValue]
  ) -> RuleTest? {
    switch rule {
    case .value(let row, let columns, let tolerance):
      return ValueTest(
        row: row, columns: columns, tolerance: tolerance, published: published,
        publishedRuns: publishedRuns
      ).run(reader)
    case .order(let row, let over, let column, let relevant):
      return OrderTest(
        row: row, rivals: over, columns: [column], atLeast: 1, threshold: 0, relevant: relevant
      ).run(reader)
    case .orderOverFamily(let row, let over, let columns, let atLeast, let relevant):
      return OrderTest(
        row: row, rivals: over, columns: columns, atLeast: atLeast, threshold: 0,
        relevant: relevant
      ).run(reader)
    case .gain(let row, let over, let column, let atLeast):
      return OrderTest(
        row: row, rivals: over, columns: [column], atLeast: 1, threshold: atLeast,
        relevant: atLeast
      ).run(reader)
    case .trend(let row, let over, let steps, let relevant):
      return TrendTest(row: row, rivals: over, steps: steps, relevant: relevant).run(reader)
    case .smallestSpread(let row, let over, let columns):
      return SpreadTest(row: row, rivals: over, columns: columns).run(reader)
    case .quantities, .inconsistent, .untestable:
      return nil
    }
  }

  /// Turns tests into evidence, each family of p-values corrected over the looks, then the claims.
  private func correct(
    _ tests: [RuleTest?], reading: ReportingProtocol, results: ResultSet,
    looks: [LookSchedule.Look?], factor: Int
  ) -> [Evidence?] {
    func adjusted(_ value: (RuleTest) -> Double?) -> [Evidence.PValue?] {
      let raw = tests.map { $0.flatMap { $0.blocked == nil ? value($0) : nil } }
      let overLooks = zip(raw, looks).compactMap { p, look in
        p.map { min(1, $0 * (look?.factor ?? 1)) }
      }
      var corrected = holmAdjusted(overLooks)[...]
      return raw.map { raw in
        guard let raw, let next = corrected.popFirst() else { return nil }
        return Evidence.PValue(raw: raw, adjusted: min(1, next * Double(factor)))
      }
    }
    let holds = adjusted(\.holds)
    let reversed = adjusted(\.reversed)
    let absent = adjusted(\.absent)
    return tests.indices.map { index in
      guard let test = tests[index], test.blocked == nil else { return nil }
      var seen: Set<CellAddress> = []
      let cells = test.cells.filter { seen.insert($0).inserted }
      let seeds = looks[index].map { Set($0.seeds) }
      let runs = cells.flatMap { address in
        results.measurement(at: address, rule: reading.rule(forRow: address.row)).values
          .filter { seeds?.contains($0.seed) ?? true }.map { String($0.key.prefix(10)) }
      }
      let isOfQuantities = !test.readings.isEmpty
      return Evidence(
        protocolName: isOfQuantities ? "measured quantities" : reading.name,
        usesTestLabels: !isOfQuantities && reading.usesTestLabels, test: test.test,
        settings: test.settings, supporting: test.supporting, holds: holds[index],
        reversed: reversed[index], absent: absent[index], besides: test.besides, cells: cells,
        runs: Set(runs + test.runs).sorted(), readings: isOfQuantities ? test.readings : nil,
        look: looks[index])
    }
  }

  private func verdict(
    _ test: RuleTest??, _ evidence: Evidence??, others: [Evidence], family: Int,
    schedule: LookSchedule?
  ) -> Verdict {
    guard let test = test ?? nil else { return Verdict(.notRun) }
    if let blocked = test.blocked { return blocked }
    guard let evidence = evidence ?? nil else { return Verdict(.notRun) }
    if isCertain(evidence.holds) { return Verdict(.reproduced) }
    if let other = others.first(where: { isCertain($0.holds) }) {
      return Verdict(.reproducedUnderAnotherProtocol, protocolName: other.protocolName)
    }
    if isCertain(evidence.reversed) { return Verdict(.contradicted) }
    if isCertain(evidence.absent) { return Verdict(.notReproduced) }
    if let schedule, let look = evidence.look, plansSeeds, evidence.holds != nil {
      return undecided(test, look: look, of: schedule, alpha: alpha / Double(family))
    }
    if test.missingSeeds > 0 {
      return Verdict(.inconclusive, moreSeeds: test.missingSeeds, reason: test.shortage)
    }
    if evidence.holds == nil {
      let names = PrintedNumber.list(test.missingRivals)
      return Verdict(
        .inconclusive,
        reason: names.isEmpty ? "some cells have no numbers" : "there are no numbers for \(names)")
    }
    let missing = (plansSeeds ? test.budget : nil).flatMap { budget in
      budget.differences.seedsMissing(
        threshold: budget.threshold, alpha: alpha * budget.share / Double(family))
    }
    return Verdict(.inconclusive, moreSeeds: missing)
  }

  /// The verdict that names the next look at which a claim would be settled.
  private func undecided(
    _ test: RuleTest, look: LookSchedule.Look, of schedule: LookSchedule, alpha: Double
  ) -> Verdict {
    let now = look.seeds.count
    guard test.missingSeeds == 0 else {
      let next = (look.number..<schedule.count).map { schedule.look($0 + 1) }
        .first { $0.seeds.count >= now + test.missingSeeds }
      return Verdict(
        .inconclusive, moreSeeds: next.map { $0.seeds.count - now }, reason: test.shortage)
    }
    let need = test.routes.compactMap { $0.need(in: schedule, after: look, alpha: alpha) }
      .min { ($0.look.number, -$0.chance) < ($1.look.number, -$1.chance) }
    return Verdict(
      .inconclusive, moreSeeds: need.map { $0.look.seeds.count - now }, chance: need?.chance)
  }

  private func isCertain(_ p: Evidence.PValue?) -> Bool { p.map { $0.adjusted <= alpha } ?? false }
}
