import Foundation
import Reporting

extension EchoAlignNotes {
  /// By how much every seed's difference must be above zero to be called clear: two points.
  private static let clearMargin = 0.02

  /// Which methods stay clearly above what plain training ends with, and which do not, in words.
  ///
  /// Both are read after their last epoch on the same seeds, so that no choice of an epoch helps either. A margin is clear
  /// where every seed's difference is two points or more.
  static func sanity(_ results: ResultSet, column: String, baseline: String = "ce") -> [String] {
    guard let setting = results.column(column)?.name, results.row(baseline) != nil else {
      return []
    }
    func values(_ row: String) -> [Int: Double] {
      let measured = results.measurement(
        at: CellAddress(row: row, column: column), rule: .lastEpoch)
      return Dictionary(measured.values.map { ($0.seed, $0.selection.value) }) { first, _ in first }
    }
    let plain = values(baseline)
    guard !plain.isEmpty else { return [] }
    var clear: [String] = []
    var unclear: [String] = []
    for row in results.rows where row.id != baseline && !row.isControl {
      let differences = values(row.id).compactMap { seed, value in plain[seed].map { value - $0 } }
      guard let least = differences.min() else {
        unclear.append("\(row.name) (no number)")
        continue
      }
      let mean = differences.reduce(0, +) / Double(differences.count)
      let text = String(format: "%@ (%+.1f, least %+.1f)", row.name, 100 * mean, 100 * least)
      if least >= clearMargin { clear.append(text) } else { unclear.append(text) }
    }
    let level = 100 * plain.values.reduce(0, +) / Double(plain.count)
    let head = String(
      format: "Robustness at %@, last epoch against CE's last epoch (%.1f %%), in points: ",
      setting,
      level)
    return [
      head
        + (clear.isEmpty
          ? "no method is clearly above it"
          : "clearly above it on every seed are \(clear.joined(separator: ", "))")
        + (unclear.isEmpty
          ? ". No method falls short of that."
          : "; NOT clearly above it: \(unclear.joined(separator: ", ")).")
    ]
  }
}
