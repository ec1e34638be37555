import Experiments
import Foundation
import Reporting
import RunStore
import Testing

@testable import Reproduction
@testable import echoalign_table1

/// `next` on a store of records that are written here, so that nothing needs to be trained to be judged.
@Suite struct NextCommandTests {
  private let folder: ScratchFolder
  private let store: RunStore
  private let request: Request

  init() throws {
    folder = try ScratchFolder()
    store = RunStore(root: folder.file("runs"))
    let profile = Profile.smoke
    request = Request(
      profile: profile, methods: Table1.methods, columns: Table1.columns(of: profile),
      seeds: profile.seeds, isSelection: false)
  }

  /// Writes records with a test accuracy for each run.
  private func fill(_ cells: [Request.PlannedCell], accuracy: (Request.PlannedCell) -> Double)
    throws
  {
    for cell in cells {
      guard try store.record(of: cell.key) == nil else { continue }
      let value = accuracy(cell)
      let epoch = EpochRecord(
        epoch: 1, stage: "train", learningRate: 0.1, trainLoss: 1, trainAccuracy: value,
        memorisedShare: nil, validationLoss: 1, validationAccuracy: value, testLoss: 1,
        testAccuracy: value, scalars: [:])
      try store.start(cell.specification)
      try store.finish(
        RunRecord(
          key: cell.key.text, specification: try CanonicalJSON.tree(of: cell.specification),
          outcome: .done, epochs: [epoch], scalars: [:], noise: .null,
          provenance: ProvenanceCollector().provenance(
            device: .cpu, started: "2026-01-02T03:04:05Z", seconds: 2, resumed: 0, digests: [:])))
    }
  }

  /// Accuracies by which claim 07 of EchoAlign B needs a few more seeds: ahead, with a spread that differs by seed.
  private func level(_ cell: Request.PlannedCell) -> Double {
    let wobble = 0.002 * Double((cell.seed * 7) % 5)
    return cell.method.identifier == "echoalign-b"
      ? 0.86 + wobble : 0.8 + 0.0003 * Double(cell.seed)
  }

  private func next(_ arguments: [String]) throws -> BuiltCommand.Outcome {
    try BuiltCommand(name: "echoalign-table1").run(
      ["next", "--profile", "smoke", "--jobs", "1"] + arguments, in: folder.url)
  }

  @Test func furtherSeedsOfSingleCellsEnterTheResults() throws {
    try fill(try request.cells(), accuracy: level)
    let address = CellAddress(row: "ce", column: "instance-50")
    try fill(try request.cells(at: [address], seeds: [3, 4, 6]), accuracy: level)
    let results = try request.resultsWithFurtherSeeds(in: store)
    // Seed 6 has no seed 5 before it, so it waits.
    #expect(results.furtherSeeds == [address: [3, 4]])
    #expect(results.measurement(at: address, rule: .lastEpoch).values.count == 4)
    #expect(results.missingCount(rule: .lastEpoch) == 0)
    #expect(results.looks?.planned == [1, 2])
    let planned = results.planned
    #expect(planned.runs.count == (try request.results(in: store)).runs.count)
    #expect(planned.looks == nil && planned.furtherSeeds.isEmpty)
  }

  @Test func thePlanNamesClaimsCellsAndCosts() throws {
    try fill(try request.cells(), accuracy: level)
    let plan = try next(["--plan", "--budget", "1h"])
    #expect(plan.status == 0, "\(plan.errors)")
    #expect(plan.output.contains("echoalign-07-echoalign-b"), "\(plan.output)")
    #expect(plan.output.contains("chosen for 1h"))
    #expect(plan.output.contains("assumed 12 W a busy core") || plan.output.contains("measured"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("runs/next").path))
    // A claim about one column needs that column's runs alone.
    let offer = try next(["--offer"])
    let survey = try CanonicalJSON.decode(NextSurvey.self, from: Data(offer.output.utf8))
    let claim = try #require(survey.claims.first { $0.claim == "echoalign-07-echoalign-b" })
    let more = try #require(claim.verdict.moreSeeds)
    let isRun = Dictionary(uniqueKeysWithValues: survey.prices.map { ($0.identifier, $0.isRun) })
    let rows = Set(
      Table1Claims.all.first { $0.id == claim.claim }?.rule.addresses.map(\.row) ?? [])
    #expect(claim.jobs.count { isRun[$0] == true } == rows.count * more)
    // The records say two seconds a run.
    #expect(survey.prices.filter(\.isRun).allSatisfy { $0.seconds == 2 })
  }

  @Test func aBudgetForNothingSaysWhatTheCheapestNeeds() throws {
    try fill(try request.cells(), accuracy: level)
    let plan = try next(["--budget", "1s"])
    #expect(plan.status == 0)
    #expect(plan.output.contains("1s is too short for any: the cheapest, "), "\(plan.output)")
    #expect(try next(["--budget", "soon"]).status == 64)
    #expect(try next(["--plan", "--watts", "-3"]).status == 64)
  }

  @Test func nothingInconclusiveSaysSo() throws {
    let plan = try next([])
    #expect(plan.status == 0)
    #expect(plan.output.contains("nothing to add seeds for"), "\(plan.output)")
    #expect(plan.output.contains("are not run: "))
  }

  @Test func runsThatAreThereCostNothingAndTheChoiceIsKept() throws {
    try fill(try request.cells(), accuracy: level)
    let survey = try CanonicalJSON.decode(
      NextSurvey.self, from: Data(try next(["--offer"]).output.utf8))
    let claim = try #require(survey.claims.first { $0.claim == "echoalign-07-echoalign-b" })
    let budget = try TimeBudget(parsing: "2h")
    try NextChoice(budget: budget, request: survey.request, claims: [claim])
      .write(to: survey.choiceFile)
    #expect(try survey.pending(for: budget).count == 1)
    #expect(try survey.pending(for: try TimeBudget(parsing: "1h")).isEmpty)
    #expect(try survey.plan(for: budget).chosen == [claim])
    // All runs of the claim are made by other means: the same command has nothing to train, and judges again.
    let addresses = Set(
      try #require(Table1Claims.all.first { $0.id == claim.claim }).rule.addresses)
    let seeds = LookSchedule(planned: [1, 2]).look(7).seeds.prefix(claim.total)
    try fill(try request.cells(at: addresses, seeds: Array(seeds)), accuracy: level)
    let state = try NextState<Table1>(request, store: store)
    let judged = try #require(state.report.judgements.first { $0.claim.id == claim.claim })
    #expect(judged.evidence?.look?.seeds.count == claim.total)
    #expect(judged.verdict.word == .reproduced, "\(judged.verdict)")
  }
}
