// EchoAlign, Figure 4: accuracy, number and quality of the selection against the threshold.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Figure 4.
// Command: make figure4 (quick profile, three seeds); the runs at τ = 0.4 are those of Table 1.
// Cost: about two minutes on two cores at the quick profile once Table 1 has run.
// Expected: test accuracy is flat over a wide range; the number kept falls, and selection accuracy rises, with τ.
// Differences: thresholds belong to the features, which are not CLIP's.

import EchoAlignPaper
import Experiments
import Reporting
import Reproduction
import RunStore

enum Figure4: Reproduction {
  static let identifier = "echoalign-figure4"
  static let title = "EchoAlign, Figure 4"
  static let methods = SelectionThresholds.methods

  static func columns(of profile: Profile) -> [TableColumn] {
    TableColumn.columns(
      of: profile, datasets: ["CIFAR-10", "CIFAR-100"], noises: SelectionThresholds.noises)
  }

  static func analyses(of request: Request) -> [Analysis] {
    SelectionThresholds.analyses(of: request)
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try EchoAlignItem(
      identifier: identifier, name: "Figure 4", introduction: introduction,
      claims: Figure4Claims.all, usesGenerator: true
    ).report(
      request,
      try SelectionThresholds(request, results: results, store: store)
        .content(isComparable: request.profile.isPaperScale),
      analyses: analyses(of: request), store: store)
  }

  private static let introduction = [
    "What the threshold τ of EchoSelect does at 30 % noise: to the test accuracy of EchoAlign A, which uses outside clean images and is trained once for each threshold, "
      + "noise and seed, and to the number and accuracy of the selection, which need no training.",
    "At 50 % noise the selection is swept too, to see whether the best threshold moves more with the kind of noise or with its "
      + "rate.",
  ]
}

@main
enum Main {
  static func main() { ReproductionCommand<Figure4>.execute() }
}
