import RunStore

/// A length of time that a user allows for work, such as `30m`, `2h`, `90s` or `1h30m`.
public struct TimeBudget: Codable, Hashable, Sendable {
  /// The seconds, at least 1.
  public let seconds: Int

  /// Reads a budget: hours, minutes and seconds in this order, each a whole number with its letter.
  ///
  /// - Throws: ``BudgetError`` for any other text, and for no time at all.
  public init(parsing text: String) throws {
    var rest = text.lowercased()[...]
    var total = 0
    for (letter, length) in [("h", 3600), ("m", 60), ("s", 1)] {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      guard !digits.isEmpty, rest.dropFirst(digits.count).hasPrefix(letter) else { continue }
      guard let number = Int(digits), number <= 1_000_000 else { throw BudgetError(text: text) }
      total += number * length
      rest = rest.dropFirst(digits.count + 1)
    }
    guard rest.isEmpty, total > 0 else { throw BudgetError(text: text) }
    seconds = total
  }

  /// The budget as it is written on a command line.
  public var text: String {
    let parts = [(seconds / 3600, "h"), (seconds % 3600 / 60, "m"), (seconds % 60, "s")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
  }
}

/// A text that is no budget of time.
public struct BudgetError: ReportableError, Hashable {
  /// The text.
  public let text: String

  /// The text and what is expected.
  public var message: String {
    "bad budget '\(text)': expected a time above zero such as 30m, 2h, 90s or 1h30m"
  }
  /// 64.
  public var exitStatus: ExitStatus { .usage }
}
