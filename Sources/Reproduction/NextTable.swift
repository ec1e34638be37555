import Foundation
import Reporting
import Workers

/// The table of inconclusive claims: what would settle each, what it costs, and which are chosen.
public struct NextTable {
  private let plan: BudgetPlan
  private let power: PowerDraw
  private let budget: TimeBudget
  private let remarks: [String]
  private let isContinued: Bool
  private let showsItem: Bool

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - power: What a busy worker draws.
  ///   - budget: The budget of the plan.
  ///   - remarks: Why other claims are not in it.
  ///   - isContinued: Whether the choice was made before.
  ///   - showsItem: Whether the claims are those of several reproductions.
  public init(
    _ plan: BudgetPlan, power: PowerDraw, budget: TimeBudget, remarks: [String],
    isContinued: Bool, showsItem: Bool = false
  ) {
    self.plan = plan
    self.power = power
    self.budget = budget
    self.remarks = remarks
    self.isContinued = isContinued
    self.showsItem = showsItem
  }

  /// The table with what is chosen in words, and what looking again does to the chance of error.
  public var text: String {
    guard !plan.entries.isEmpty else {
      return
        (["nothing to add seeds for: no claim is inconclusive that seeds of its cells could settle"]
        + remarks).joined(separator: "\n")
    }
    return (rows + remarks + [Self.meaning, choice]).joined(separator: "\n")
  }

  private static let meaning =
    "chance: of being settled by those seeds, counting that effects are known from few; each further look at a claim has "
    + "half the alpha of the one before it, so false verdicts stay below alpha over all looks"

  private var choice: String {
    let energy = PowerDraw.text(kilowattHours: power.kilowattHours(seconds: plan.workSeconds))
    guard plan.chosen.isEmpty else {
      let what = isContinued ? "continuing the choice for" : "chosen for"
      return
        "\(what) \(budget.text): \(plan.chosen.count) claim(s), \(plan.runs) run(s), about "
        + "\(DurationText.short(seconds: plan.seconds)) with \(plan.workers) worker(s), \(energy) "
        + "(\(power.basis))"
    }
    guard let cheapest = plan.cheapest else { return "" }
    return
      "\(budget.text) is too short for any: the cheapest, \(cheapest.claim.claim), needs about "
      + "\(DurationText.short(seconds: cheapest.seconds.rounded(.up))); give --budget "
      + "\(Self.rounded(cheapest.seconds)) or more"
  }

  /// A budget in whole minutes that holds so many seconds.
  private static func rounded(_ seconds: Double) -> String {
    "\(max(1, Int((seconds / 60).rounded(.up))))m"
  }

  private var rows: [String] {
    let header =
      (showsItem ? ["item"] : [])
      + ["claim", "more seeds", "chance", "runs", "work", "time", "energy", "chosen"]
    let lines = plan.entries.map { entry -> [String] in
      let verdict = entry.claim.verdict
      return (showsItem ? [entry.claim.item] : []) + [
        entry.claim.claim, verdict.moreSeeds.map(String.init) ?? "–",
        verdict.chance.map { String(format: "%.0f %%", 100 * $0) } ?? "unknown",
        String(entry.runs), DurationText.short(seconds: entry.workSeconds),
        DurationText.short(seconds: entry.seconds),
        PowerDraw.text(kilowattHours: power.kilowattHours(seconds: entry.workSeconds)),
        entry.rank.map { "\($0)." } ?? "",
      ]
    }
    let all = [header] + lines
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    let names = showsItem ? 2 : 1
    return all.map { line in
      zip(line, widths).enumerated().map { index, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return index < names ? cell.0 + padding : padding + cell.0
      }.joined(separator: "  ")
    }
  }
}
