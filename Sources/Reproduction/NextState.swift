import Experiments
import Foundation
import Reporting
import RunStore
import Torch

/// What the runs of a reproduction say, those of further seeds of single cells among them.
struct NextState<Item: Reproduction> {
  /// What was asked for.
  let request: Request
  /// The store.
  let store: RunStore
  /// The report of all runs, whose claims are looked at again as seeds are added.
  let report: Report
  /// The verdicts of the report of the planned seeds alone, in the same order.
  let planned: [Verdict]

  /// Reads the store and judges.
  ///
  /// - Throws: What reading the store throws.
  init(_ request: Request, store: RunStore) throws {
    self.request = request
    self.store = store
    let results = try request.resultsWithFurtherSeeds(in: store)
    report = try Item.report(request, results: results, store: store)
    planned = try Item.report(request, results: results.planned, store: store)
      .judgements.map(\.verdict)
  }

  /// The claims that are inconclusive, both with the planned seeds and with all that are there.
  private var undecided: [Judgement] {
    zip(report.judgements, planned).filter { judgement, own in
      judgement.verdict.word == .inconclusive && own.word == .inconclusive
    }.map(\.0)
  }

  /// What could be done next.
  ///
  /// - Parameters:
  ///   - data: Where images are read from, to measure how long what no record tells of would take.
  ///   - execution: How the work would be done.
  ///   - energy: What a worker draws.
  ///   - file: Where a choice is kept.
  /// - Returns: The survey.
  /// - Throws: What reading the store throws, and errors of usage for impossible workers or powers.
  func survey(
    data: DataSource, execution: ExecutionOptions, energy: EnergyOptions, choiceFile file: URL
  ) throws -> NextSurvey {
    let device = try execution.checkedDevice()
    let claims = try undecided.compactMap { judgement in
      try target(of: judgement).map { (judgement, $0, try cells(of: judgement.claim, $0)) }
    }
    let runs = claims.flatMap(\.2)
    let plan = try JobPlan(runs: runs.map { ($0.label, $0.specification) }, store: store)
    let pricing = JobPricing(
      runs, results: report.results, device: device, threads: execution.threads,
      shelf: DataShelf(source: data, device: .cpu))
    let entries = Dictionary(
      plan.entries.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
    return NextSurvey(
      item: Item.identifier, request: request.command(Item.identifier),
      claims: claims.map { judgement, look, cells in
        UndecidedClaim(
          item: Item.identifier, claim: judgement.claim.id, verdict: judgement.verdict,
          total: look.seeds.count, jobs: Self.closure(of: cells.map(\.key.text), in: entries))
      },
      prices: try pricing.prices(of: plan), remarks: remarks,
      workers: try execution.workerCount(on: device),
      power: try energy.draw(of: device, threads: execution.threads), choiceFile: file)
  }

  /// The look that would settle a claim; nil when none would, or seeds of single cells are nothing to it.
  private func target(of judgement: Judgement) -> LookSchedule.Look? {
    guard let looks = report.results.looks, let now = judgement.evidence?.look,
      let more = judgement.verdict.moreSeeds
    else { return nil }
    return (1...looks.count).map(looks.look)
      .first { $0.seeds.count == now.seeds.count + more }
  }

  /// The runs that a look at a claim reads: those of its own cells alone.
  func cells(of claim: PaperClaim, _ look: LookSchedule.Look) throws -> [Request.PlannedCell] {
    try request.cells(
      at: Set(claim.rule.addresses.filter(report.results.contains)), seeds: look.seeds)
  }

  /// The jobs of a plan that some of its jobs need, themselves among them, each after what it depends on.
  private static func closure(
    of identifiers: [String], in entries: [String: JobPlan.Entry]
  ) -> [String] {
    var seen: Set<String> = []
    var result: [String] = []
    func add(_ identifier: String) {
      guard let entry = entries[identifier], seen.insert(identifier).inserted else { return }
      entry.dependencies.forEach(add)
      result.append(identifier)
    }
    identifiers.forEach(add)
    return result
  }

  /// Why claims without a verdict are not among those that could be settled.
  private var remarks: [String] {
    var lines = undecided.filter { target(of: $0) == nil }.map { judgement in
      let reason: String
      if case .quantities = judgement.claim.rule {
        reason = "rests on measured quantities, which SEEDS= of the whole item adds seeds to"
      } else {
        reason =
          judgement.verdict.reason
          ?? "no look at up to \(LookSchedule.largestTotal) seeds would settle it, if it is as measured"
      }
      return "\(judgement.claim.id): "
        + (reason.count > 100 ? reason.prefix(100) + "… (see the report)" : reason)
    }
    let missing = planned.count { $0.word == .notRun }
    if missing > 0 {
      lines.append(
        "\(missing) claim(s) are not run: \(Item.identifier) run makes their first seeds")
    }
    return lines
  }
}
