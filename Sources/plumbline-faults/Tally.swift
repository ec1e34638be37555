import Foundation

/// The figures of a series of trials, by kind of fault.
struct Tally: Codable, Sendable {
  /// One kind, or all.
  struct Row: Codable, Sendable {
    var fault: String
    var meaning: String
    var trials = 0
    var faults = 0
    var finished = 0
    var losses = 0
    var differentTables = 0
    var otherFailures = 0
    var skipped = 0

    /// The numbers in the order of ``Tally/heading``.
    var numbers: [Int] {
      [trials, faults, finished, losses, differentTables, otherFailures, skipped]
    }
  }

  /// What the columns of numbers hold.
  static let heading = [
    "trials", "faults", "finished before", "losses", "different tables", "other failures",
    "skipped",
  ]

  /// One row a kind, in the order of the catalogue.
  var rows: [Row]
  /// The sums.
  var total: Row
  /// The most measured epochs that one fault cost.
  var epochsLost: Int

  init(_ results: [TrialResult], faults: [any Fault]) {
    rows = faults.map { fault in
      Self.row(fault.name, fault.meaning, results.filter { $0.fault == fault.name })
    }.filter { $0.trials + $0.skipped > 0 }
    total = Self.row("all", "", results)
    epochsLost = results.map(\.epochsLost).max() ?? 0
  }

  /// Whether everything was as it should be.
  var isClean: Bool { total.losses + total.differentTables + total.otherFailures == 0 }

  private static func row(_ name: String, _ meaning: String, _ results: [TrialResult]) -> Row {
    var row = Row(fault: name, meaning: meaning)
    for result in results {
      if result.skipped != nil {
        row.skipped += 1
        continue
      }
      row.trials += 1
      row.faults += result.faults
      row.finished += result.finished
      row.losses += result.losses.count
      if result.hasDifferentTable {
        row.differentTables += 1
      } else if result.problem != nil {
        row.otherFailures += 1
      }
    }
    return row
  }

  /// The table as people read it in a terminal.
  var text: String {
    let lines = [["fault"] + Self.heading] + (rows + [total]).map { [$0.fault] + $0.cells }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      zip(line, widths).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + padding : padding + cell.0
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// The table in Markdown.
  var markdown: String {
    let heading = ["fault", "what it does"] + Self.heading
    let lines = (rows + [total]).map { [$0.fault, $0.meaning] + $0.cells }
    let rule = ["---", "---"] + Self.heading.map { _ in "---:" }
    return ([heading, rule] + lines).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }
}

extension Tally.Row {
  /// The numbers as text.
  var cells: [String] { numbers.map(String.init) }
}
