import EchoAlignPaper
import Reporting

/// The claims of the paper that rest on Table 4, declared before its selections were
/// measured; what EchoAlign keeps at the paper's thresholds was known from Tables 1 to 3.
///
/// Each is judged under both notions of a right sample; see ``SelectionReading``.
enum Table4Claims {
  /// The least ratio that is read as "nearly twice".
  private static let nearlyTwice = 1.5
  /// By how much of the printed number a number may differ from it and still be its reproduction.
  private static let tolerance = 0.1
  private static let notions: [(SelectionReading, String)] = [
    (.predicted, "BLTM counts predicted labels that are clean, as in its own paper."),
    (.given, "BLTM counts given labels that are clean, as EchoSelect does."),
  ]
  private static let cells = SelectionTable.targets.flatMap { column, targets in
    targets.map { (column, $0) }
  }

  static let all: [PaperClaim] = notions.flatMap(claims) + [printed]

  private static func claims(_ reading: SelectionReading, _ notion: String) -> [PaperClaim] {
    func beyond(_ column: String, _ percent: Int) -> QuantityTest {
      QuantityTest(
        quantity: SelectionTable.quantity(
          SelectionReading.echoSelect.rawValue, column, percent),
        relation: .exceeds(SelectionTable.quantity(reading.rawValue, column, percent), by: 0))
    }
    return [
      EchoAlignTable.claim(
        "01-\(reading.rawValue)",
        "even at 99% selection accuracy, EchoSelect retains nearly twice the number of samples",
        "abstract, section 3, section 5.3, Table 4",
        .quantities([
          QuantityTest(
            quantity: SelectionTable.quantity("ratio-\(reading.rawValue)", "instance-30", 99),
            relation: .above(nearlyTwice))
        ]),
        remark:
          "\(notion) Nearly twice is read as more than \(nearlyTwice) times. Printed: 1.78 times "
          + "at 99 %, 1.50 times at 96 %."),
      EchoAlignTable.claim(
        "05-\(reading.rawValue)",
        "EchoSelect, at 96% accuracy, can retain the samples in the yellow section",
        "section 3, Figure 3, Table 4", .quantities([beyond("instance-30", 96)]),
        remark:
          "\(notion) The yellow section is what EchoSelect keeps beyond BLTM's number. Printed: "
          + "26,524 against 17,673."),
      EchoAlignTable.claim(
        "18-\(reading.rawValue)",
        "able to select significantly more samples than BLTM under the same accuracy conditions",
        "section 5.3, Table 4", .quantities(cells.map(beyond)),
        remark: "\(notion) In all four cells, seed by seed. Printed: 1.19 to 1.78 times as many."),
    ]
  }

  private static let printed = EchoAlignTable.claim(
    "18-printed", "26524, 19010, 11660 and 6090 of 50000 selected examples", "Table 4",
    .quantities(
      zip(cells, [26_524.0, 19_010, 11_660, 6_090]).map { cell, count in
        let share = 100 * count / 50_000
        return QuantityTest(
          quantity: SelectionTable.quantity(
            SelectionReading.echoSelect.rawValue, cell.0, cell.1),
          relation: .within(lower: (1 - tolerance) * share, upper: (1 + tolerance) * share))
      }), scale: .paperProfile,
    remark: "As shares of the pool, within a tenth of the printed number.")
}
