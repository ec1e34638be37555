import Reporting

/// Claim 36, Theorem 3.1, as data.
///
/// Each rule asks that a share be 1: a theorem has no exceptions under its premises.
enum TheoremClaims {
  static let all: [PaperClaim] =
    [
      claim(
        "alignment", "I(X′;Ỹ) is maximized relative to I(X;Ỹ)", "statement 1",
        share(of: "alignment"),
        "Judged on deterministic transformations, as the proof supposes; a generator draws at random, and the report says "
          + "what that does."),
      claim(
        "error", "the expected prediction error E[(Y − f(X′))²] is minimized", "statement 2",
        share(of: "error-as-written"),
        "The error over X′ of a model trained on (X′, Ỹ). Test images are not modified: the other reading is the error over X."
      ),
      claim(
        "stability", "The variance of the estimator f is reduced", "statement 3",
        share(of: "stability-as-written"),
        "With the equal σ² that the proof assumes; the other reading has each model's own residual variance."
      ),
      claim(
        "generalisation", "Modifications in X′ lead to better generalization", "statement 4",
        share(of: "generalisation-as-written"),
        "The Rademacher complexity of linear functions of bounded norm, as the proof compares it."),
    ]
    + TheoremStatement.Reading.allCases.map { reading in
      claim(
        "all-\(reading.rawValue)",
        "predictive performance is improved in terms of alignment, error, stability and generalization",
        "all four statements \(reading.name)", share(of: "all-four-\(reading.rawValue)"),
        reading == .asWritten
          ? "The proof of statement 3 needs features that vary more, that of statement 4 features that vary less."
          : "Error over original test features, own residual variances, and the gap between test and training error."
      )
    }

  private static func share(of what: String) -> String { TheoremReport.premised(what) }

  private static func claim(
    _ suffix: String, _ words: String, _ statement: String, _ quantity: String, _ remark: String
  ) -> PaperClaim {
    EchoAlignTable.claim(
      "36-\(suffix)", words, "section 3, Theorem 3.1, appendix A, \(statement)", dataset: "",
      .quantities([.init(quantity: quantity, relation: .within(lower: 1, upper: 1))]),
      remark: remark)
  }
}
