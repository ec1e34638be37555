import RunStore
import Testing

@testable import Reporting

@Suite struct TimeBudgetTests {
  @Test(arguments: [
    ("30m", 1800), ("2h", 7200), ("90s", 90), ("1h30m", 5400), ("1h1m1s", 3661), ("2H", 7200),
    ("0h5m", 300),
  ])
  func timesAreRead(text: String, seconds: Int) throws {
    #expect(try TimeBudget(parsing: text).seconds == seconds)
  }

  @Test(arguments: [
    "", "30", "m", "0s", "30m2h", "1.5h", "-5m", "5 m", "5mm", "h", "99999999999999999999h", "½h",
    "٣m",
  ])
  func otherTextsAreErrorsOfUsage(text: String) {
    let error = #expect(throws: BudgetError.self) { try TimeBudget(parsing: text) }
    #expect(error?.exitStatus == .usage)
    #expect(error?.message.contains("'\(text)'") == true)
  }

  @Test(arguments: [1, 59, 60, 90, 3600, 5400, 86_399])
  func textsAreReadBack(seconds: Int) throws {
    let budget = try TimeBudget(parsing: "\(seconds)s")
    #expect(try TimeBudget(parsing: budget.text) == budget)
  }
}
