import EchoAlignPaper
import Reporting

/// The claim of the paper that rests on Figure 6, in its readings, declared before the losses
/// were looked at; the runs are those of Table 1.
enum Figure6Claims {
  private static let columns = ["symmetric-50", "pairflip-45", "instance-50"]

  static let all: [PaperClaim] = EchoAlignTable.ours.flatMap { row, name in
    [
      claim(
        "25-test-error-\(row)", row, ["test-error"],
        "For \(name). As the words say it, on the test set: the error after the training stage is below CE's under all three "
          + "noises."),
      claim(
        "25-train-error-\(row)", row, ["train-error"],
        "For \(name). As the words say it, on the training set: against given labels, each method on its own training set. Most "
          + "of EchoAlign's images were made to fit their labels, so this follows from how it is made."
      ),
      claim(
        "25-loss-\(row)", row, ["train-loss", "test-loss"],
        "For \(name). As the figure shows it: both losses after the training stage, without sample weights, are below CE's under "
          + "all three noises."),
    ]
  }

  private static func claim(
    _ number: String, _ row: String, _ measures: [String], _ remark: String
  ) -> PaperClaim {
    EchoAlignTable.claim(
      number,
      "both in the training and testing sets, using the modified samples resulted in significantly lower errors",
      "appendix B, Figure 6",
      .quantities(
        measures.flatMap { measure in
          columns.map { column in
            QuantityTest(
              quantity: LossStudy.quantity(measure, row: row, column: column),
              relation: .isBelow(
                LossStudy.quantity(measure, row: LossStudy.baseline, column: column), by: 0))
          }
        }), remark: remark)
  }
}
