import Foundation
import Reporting

/// The first table of a report as plain text for a terminal; the verdicts of one without tables.
struct TerminalTable {
  let text: String

  init(_ report: Report) {
    guard let table = report.tables.first else {
      let counts = report.verdictCounts.map { "\($0.count) \($0.word.rawValue)" }
      text =
        counts.isEmpty
        ? "\(report.title): no claim rests on it"
        : "\(report.title): claims \(counts.joined(separator: ", "))"
      return
    }
    var lines = [["Method"] + table.columns.map(\.name)]
    for (row, cells) in zip(table.rows, table.cells) {
      lines.append(
        [row.name]
          + cells.map { cell in
            guard let summary = cell.measurement.summary else {
              return "— " + (cell.measurement.emptiness?.label ?? "")
            }
            let mean = String(format: "%.2f", 100 * summary.mean)
            guard let deviation = summary.standardDeviation else { return mean + " (n=1)" }
            return mean + String(format: " ±%.2f", 100 * deviation)
          })
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let rows = lines.map { line in
      zip(line, widths).enumerated().map { index, entry in
        let padding = String(repeating: " ", count: entry.1 - entry.0.count)
        return index == 0 ? entry.0 + padding : padding + entry.0
      }.joined(separator: "  ")
    }
    text =
      (["\(report.title): test accuracy in %, \(table.rule.name), mean ± sd over seeds"] + rows)
      .joined(separator: "\n")
  }
}
