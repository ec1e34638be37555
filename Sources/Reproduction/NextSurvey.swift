import Foundation
import Reporting
import RunStore

/// What a reproduction could do next: its inconclusive claims, what would settle each, and what that costs on this machine.
public struct NextSurvey: Codable, Sendable {
  /// The reproduction's identifier.
  public var item: String
  /// What was asked for, as the command that makes it.
  public var request: String
  /// The claims that further seeds could settle, in order of the report.
  public var claims: [UndecidedClaim]
  /// The prices of their jobs.
  public var prices: [JobPrice]
  /// Why other claims are not among them, a line each.
  public var remarks: [String]
  /// The number of workers.
  public var workers: Int
  /// What a busy worker draws.
  public var power: PowerDraw
  /// Where a choice is kept until it is done.
  public var choiceFile: URL

  /// The plan for a budget: the choice that was made for it before and is not done, or else a new one.
  ///
  /// - Throws: `FileSystemError` when a choice is there and cannot be read.
  public func plan(for budget: TimeBudget) throws -> BudgetPlan {
    let places = try pending(for: budget)
    guard places.isEmpty else {
      return BudgetPlan(claims, prices: prices, workers: workers, chosen: places)
    }
    return BudgetPlan(
      claims, prices: prices, workers: workers, seconds: Double(budget.seconds))
  }

  /// The places of the claims that were chosen for this budget before and are not done.
  ///
  /// - Throws: `FileSystemError` when a choice is there and cannot be read.
  public func pending(for budget: TimeBudget) throws -> [Int] {
    guard let choice = try NextChoice.read(from: choiceFile), choice.budget == budget,
      choice.request == request
    else { return [] }
    return choice.places(in: claims)
  }
}
