import RunStore
import Statistics

/// Whether plain training memorised the wrong labels; only then can robustness be tested.
public struct RegimeNote: Sendable {
  /// The name of the method that was looked at, plain cross-entropy.
  public let method: String
  /// The name of the noise setting that was looked at.
  public let setting: String
  /// The mean highest test accuracy of any epoch.
  public let best: Double?
  /// The mean test accuracy after the last epoch.
  public let last: Double?
  /// The mean share of wrongly labelled samples that were predicted as their wrong label in the
  /// last epoch; nil where it was not measured.
  public let memorisedShare: Double?

  /// Looks at one cell, that of plain cross-entropy under heavy symmetric noise.
  public init(results: ResultSet, row: String, column: String) {
    let address = CellAddress(row: row, column: column)
    method = results.row(row)?.name ?? row
    setting = results.column(column)?.name ?? column
    guard results.contains(address) else {
      (best, last, memorisedShare) = (nil, nil, nil)
      return
    }
    best = results.measurement(at: address, rule: .bestOnTest).summary?.mean
    last = results.measurement(at: address, rule: .lastEpoch).summary?.mean
    memorisedShare =
      Summary(
        results.finishedRecords(at: address).compactMap { $0.epochs.last?.memorisedShare })?.mean
  }

  /// Whether the last epoch lies two points or more below the best; nil without numbers.
  public var isMemorising: Bool? {
    guard let best, let last else { return nil }
    return best - last >= 0.02
  }

  /// The note in a sentence or two.
  public var text: String {
    guard let isMemorising, let best, let last else {
      return "Regime unknown: \(method) at \(setting) has no numbers yet."
    }
    var text =
      isMemorising
      ? "Memorising regime: " : "Regime without clear memorisation: "
    text += "\(method) at \(setting) reaches \(PrintedNumber.percent(best, decimals: 1)) % at its "
    text += "best test epoch and ends at \(PrintedNumber.percent(last, decimals: 1)) %"
    if let memorisedShare {
      let share = PrintedNumber.percent(memorisedShare, decimals: 0)
      text += ", with \(share) % of the wrong labels fitted"
    }
    text += "."
    if !isMemorising {
      text += " Robustness to memorisation cannot be tested on such runs."
    }
    return text
  }
}
