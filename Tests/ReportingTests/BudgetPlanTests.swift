import SeededRandom
import TestSupport
import Testing

@testable import Reporting

@Suite struct BudgetPlanTests {
  private func claim(_ id: String, _ chance: Double?, _ jobs: [String]) -> UndecidedClaim {
    UndecidedClaim(
      item: "item", claim: id, verdict: Verdict(.inconclusive, moreSeeds: 3, chance: chance),
      total: 6, jobs: jobs)
  }

  private func prices(_ seconds: [String: Double]) -> [JobPrice] {
    seconds.map { JobPrice(identifier: $0, isRun: $0 != "echo", seconds: $1, chain: $1) }
  }

  private func names(_ plan: BudgetPlan) -> [String] { plan.chosen.map(\.claim) }

  @Test func theLargestChanceForTheTimeComesFirst() {
    let claims = [claim("dear", 0.9, ["a"]), claim("cheap", 0.5, ["b"]), claim("poor", 0.1, ["c"])]
    let prices = prices(["a": 100, "b": 20, "c": 20])
    let all = BudgetPlan(claims, prices: prices, workers: 1, seconds: 1000)
    #expect(names(all) == ["cheap", "dear", "poor"])
    #expect(all.entries.map(\.rank) == [2, 1, 3])
    let some = BudgetPlan(claims, prices: prices, workers: 1, seconds: 45)
    #expect(names(some) == ["cheap", "poor"])
    #expect(some.seconds == 40)
  }

  @Test func sharedRunsAreCountedOnce() {
    // By itself the second claim is dearest for its chance; after the first it costs next to nothing.
    let claims = [
      claim("first", 0.8, ["a", "b"]), claim("second", 0.3, ["a", "b", "c"]),
      claim("third", 0.5, ["d"]),
    ]
    let plan = BudgetPlan(
      claims, prices: prices(["a": 50, "b": 50, "c": 1, "d": 100]), workers: 1, seconds: 210)
    #expect(names(plan) == ["first", "second", "third"])
    #expect(plan.workSeconds == 201)
    #expect(plan.runs == 4)
    #expect(plan.entries.map(\.workSeconds) == [100, 101, 100])
  }

  @Test func equalClaimsKeepTheirOrderAndUnknownChancesComeLast() {
    let claims = [
      claim("unknown-dear", nil, ["d"]), claim("unknown", nil, ["a"]), claim("x", 0.5, ["b"]),
      claim("y", 0.5, ["c"]),
    ]
    let plan = BudgetPlan(
      claims, prices: prices(["a": 1, "b": 10, "c": 10, "d": 2]), workers: 1, seconds: 1000)
    #expect(names(plan) == ["x", "y", "unknown", "unknown-dear"])
  }

  @Test func workersShareTheWorkButNoChainIsShortened() {
    let chained = [
      JobPrice(identifier: "echo", isRun: false, seconds: 60, chain: 60),
      JobPrice(identifier: "a", isRun: true, seconds: 20, chain: 80),
    ]
    let claims = [claim("x", 0.5, ["echo", "a"])]
    let plan = BudgetPlan(claims, prices: chained, workers: 4, seconds: 80)
    #expect(plan.seconds == 80)
    #expect(plan.runs == 1)
    #expect(BudgetPlan(claims, prices: chained, workers: 4, seconds: 79).chosen.isEmpty)
  }

  @Test func aBudgetForNothingNamesTheCheapest() {
    let claims = [claim("x", 0.9, ["a"]), claim("y", 0.1, ["b"])]
    let plan = BudgetPlan(claims, prices: prices(["a": 30, "b": 20]), workers: 2, seconds: 5)
    #expect(plan.chosen.isEmpty)
    #expect(plan.cheapest?.claim.claim == "y")
    #expect(BudgetPlan([], prices: [], workers: 1, seconds: 5).cheapest == nil)
  }

  @Test func whatWasChosenBeforeStaysChosen() {
    let claims = [claim("x", 0.9, ["a"]), claim("y", 0.1, ["b"])]
    let plan = BudgetPlan(
      claims, prices: prices(["a": 30, "b": 20]), workers: 1, chosen: [1])
    #expect(names(plan) == ["y"])
    #expect(plan.seconds == 20)
  }

  @Test func noPlanIsLongerThanItsBudgetAndNothingThatFitsIsLeft() {
    var generator = SeedStream(root: 1, purpose: "plans").generator()
    for _ in 0..<200 {
      let seconds = Dictionary(
        uniqueKeysWithValues: (0..<12).map {
          ("\($0)", Double.random(in: 1...60, using: &generator))
        })
      let claims = (0..<6).map { index in
        claim(
          "\(index)", Double.random(in: 0...1, using: &generator),
          seconds.keys.sorted().filter { _ in Bool.random(using: &generator) })
      }
      let budget = Double.random(in: 1...300, using: &generator)
      let plan = BudgetPlan(claims, prices: prices(seconds), workers: 2, seconds: budget)
      #expect(plan.seconds <= budget)
      for entry in plan.entries where entry.rank == nil {
        let more = BudgetPlan(
          plan.chosen + [entry.claim], prices: prices(seconds), workers: 2,
          chosen: Array(0...plan.chosen.count))
        #expect(more.seconds > budget)
      }
    }
  }
}
