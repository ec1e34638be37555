// EchoAlign, Figure 5: mutual information with the noisy labels, and predicted probabilities.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Figure 5 and appendix B.
// Command: make figure5 (quick profile, three seeds); its runs are those of Tables 1 and 3.
// Cost: two minutes on two cores at the quick profile once Tables 1 and 3 have run: their runs are trained once more to be asked.
// Expected: modified images tell more of the noisy labels they are made from; predictions vary less from seed to seed.
// Differences: the paper names neither estimator nor features nor which probability; see the notes of the report.

import EchoAlignPaper
import Experiments
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

enum Figure5: Reproduction {
  static let identifier = "echoalign-figure5"
  static let title = "EchoAlign, Figure 5"
  static let methods = [
    PredictionStudy.baseline, "echo-modification", "echoalign-a", "echoalign-b",
  ]
  .compactMap(MethodCatalog.entry)

  static func columns(of profile: Profile) -> [TableColumn] {
    TableColumn.columns(
      of: profile, datasets: ["CIFAR-10"], noises: [.instance(InstanceDependentNoise(rate: 0.5))])
  }

  static func analyses(of request: Request) throws -> [Analysis] {
    InformationStudy.analyses(of: request) + (try PredictionStudy.analyses(of: request))
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    let information = try InformationStudy(request, store: store)
    let predictions = try PredictionStudy(request, store: store)
    var content = EchoAlignItem.Content()
    content.results = results
    content.quantities = information.quantities + predictions.quantities
    content.listings = [information.listing].compactMap { $0 } + predictions.listings
    content.figures = [information.figure].compactMap { $0 } + predictions.figures
    content.notes = information.notes + predictions.notes
    return try EchoAlignItem(
      identifier: identifier, name: "Figure 5", introduction: introduction,
      claims: Figure5Claims.all, usesGenerator: true
    ).report(request, content, analyses: try analyses(of: request), store: store)
  }

  private static let introduction = [
    "Two statements of Theorem 3.1 as the paper illustrates them, under 50 % instance-dependent noise: modified images X′ have "
      + "more mutual information with the noisy labels than originals X have, by three estimators because the paper names "
      + "none; and a network that is trained on X′ has the better variance.",
    "“Trained on X′” is read three ways: on modified images alone (the ablation of Table 3), and by EchoAlign as the paper's "
      + "Algorithm 1 (A) and as the released code (B), whose training sets hold originals too.",
  ]
}

@main
enum Main {
  static func main() { ReproductionCommand<Figure5>.execute() }
}
