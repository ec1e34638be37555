import EchoAlignPaper
import Reporting

/// The claims of the paper that rest on Figure 5, declared before any measurement.
enum Figure5Claims {
  /// What "trained on X′" is read as.
  private static let readings =
    EchoAlignTable.ours + [("echo-modification", "training on modified images alone")]

  static let all: [PaperClaim] =
    [
      EchoAlignTable.claim(
        "23",
        "the mutual information I(X′; Ỹ) … is significantly higher than the mutual information I(X; Ỹ)",
        "appendix B, Figure 5a",
        .quantities(
          InformationStudy.estimatorIDs.map { estimator in
            QuantityTest(
              quantity: InformationStudy.quantity(estimator, isModified: true),
              relation: .exceeds(
                InformationStudy.quantity(estimator, isModified: false), by: 0))
          }),
        remark:
          "By all three estimators, as the paper names none. X′ is made from Ỹ, so this is nearly true by construction."
      )
    ]
    + readings.map { row, name in
      claim(
        "24-spread-\(row)", row, PredictionStudy.spreadMeasures,
        "For \(name). As the figure shows it: the probabilities that a network gives to test images, the largest one and "
          + "that of the true class, have a smaller variance over images than CE's.")
    }
    + readings.map { row, name in
      claim(
        "24-estimator-\(row)", row, [PredictionStudy.estimatorMeasure],
        "For \(name). As the theorem says it: the probabilities of a test image vary less from seed to seed than CE's. "
          + "The seeds' parts share their mean, so the test is approximate.")
    }

  private static func claim(
    _ number: String, _ row: String, _ measures: [String], _ remark: String
  ) -> PaperClaim {
    EchoAlignTable.claim(
      number, "the estimator trained on X′ has a better variance than that trained on X",
      "appendix B, Figure 5b",
      .quantities(
        measures.map { measure in
          QuantityTest(
            quantity: PredictionStudy.quantity(measure, row: row),
            relation: .isBelow(
              PredictionStudy.quantity(measure, row: PredictionStudy.baseline), by: 0))
        }), remark: remark)
  }
}
