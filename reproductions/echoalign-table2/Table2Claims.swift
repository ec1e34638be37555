import EchoAlignPaper
import Reporting
import Reproduction

/// The claims of the paper that rest on Table 2, declared before any run.
enum Table2Claims {
  private static let rivals = EchoAlignRows.rivals
  private static let relevant = 0.001

  /// The claims about the columns of a request, whose names tell human labels and annotator-like noise apart.
  static func all(columns: [TableColumn]) -> [PaperClaim] {
    let names = columns.map(\.identifier)
    let worst = columns.first { $0.condition == "worst" }?.identifier ?? "worst"
    return EchoAlignTable.ours.flatMap { row, name in
      [
        EchoAlignTable.claim(
          "10-\(row)", "best under all four label sets", "section 5.2, Table 2",
          dataset: "CIFAR-10N",
          .orderOverFamily(
            row: row, over: rivals, columns: names, atLeast: names.count, relevant: relevant),
          remark: "For \(name). Printed margins: 1.22, 0.30, 1.40 and 0.06 points."),
        EchoAlignTable.claim(
          "10-worst-\(row)", "best under Worst", "Table 2", dataset: "CIFAR-10N",
          .order(row: row, over: rivals, column: worst, relevant: relevant),
          remark: "For \(name). The printed margin over Joint is 0.06 points, with deviation 0.40."),
      ]
    } + [
      EchoAlignTable.claim(
        "t2-ce", "CE row of Table 2", "Table 2", dataset: "CIFAR-10N",
        .value(row: "ce", columns: names, tolerance: 0.02), scale: .paperProfile),
      EchoAlignTable.claim(
        "t2-ours", "Ours row of Table 2", "Table 2", dataset: "CIFAR-10N",
        .value(row: "echoalign-b", columns: names, tolerance: 0.02), scale: .paperProfile),
      EchoAlignTable.claim(
        "t2-pce", "PCE falls by 27 points from Random 1 and 2 to Random 3", "Table 2",
        dataset: "CIFAR-10N", .value(row: "pce", columns: names, tolerance: 0.05),
        scale: .paperProfile,
        remark: "The three label sets have nearly equal noise, so the printed 35.47 is implausible."
      ),
    ]
  }
}
