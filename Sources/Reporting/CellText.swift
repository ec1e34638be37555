/// The words of a table's cell, the same in every format.
struct CellText {
  /// The number, or a dash with the reason for its absence.
  let measured: String
  /// Whether there is a number.
  let isPresent: Bool
  /// What is incomplete, such as `n = 2 of 3, 1 diverged`; nil when nothing is.
  let remark: String?
  /// The published number; nil when there is none.
  let published: String?

  /// Spells a cell; `plusMinus` joins mean and spread.
  init(_ cell: MeasuredTable.Cell, plusMinus: String = " ± ") {
    let measurement = cell.measurement
    if let summary = measurement.summary {
      isPresent = true
      let mean = PrintedNumber.percent(summary.mean)
      measured =
        summary.standardDeviation.map { mean + plusMinus + PrintedNumber.percent($0) } ?? mean
      let whole = measurement.further > 0 ? "n = \(measurement.values.count)" : nil
      remark = measurement.isComplete ? whole : Self.remark(measurement)
    } else {
      isPresent = false
      measured = "–"
      remark = measurement.emptiness?.label
    }
    published = cell.published.map { value in
      let mean = PrintedNumber.percent(value.value)
      return value.spread.map { mean + plusMinus + PrintedNumber.percent($0) } ?? mean
    }
  }

  private static func remark(_ measurement: Measurement) -> String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for missing in measurement.missing {
      if counts[missing.reason.label] == nil { order.append(missing.reason.label) }
      counts[missing.reason.label, default: 0] += 1
    }
    let reasons = order.map { "\(counts[$0] ?? 0) \($0)" }
    return (["n = \(measurement.values.count) of \(measurement.planned)"] + reasons)
      .joined(separator: ", ")
  }
}
