// EchoAlign, Figure 6: training and test loss of CE and EchoAlign.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Figure 6 and appendix B.
// Command: make figure6 (quick profile, three seeds); all its runs are Table 1's.
// Cost: seconds once Table 1 has run.
// Expected: EchoAlign's test loss stays below that of CE, which rises as wrong labels are memorised.
// Differences: losses are without the weights of the released code, so that curves compare; see the notes of the report.

import EchoAlignPaper
import Experiments
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

enum Figure6: Reproduction {
  static let identifier = "echoalign-figure6"
  static let title = "EchoAlign, Figure 6"
  static let methods = [LossStudy.baseline, "echoalign-a", "echoalign-b"]
    .compactMap(MethodCatalog.entry)
  static let noises: [NoiseModel] = [
    .symmetric(rate: 0.5), .pairflip(rate: 0.45), .instance(InstanceDependentNoise(rate: 0.5)),
  ]

  static func columns(of profile: Profile) -> [TableColumn] {
    TableColumn.columns(of: profile, datasets: ["CIFAR-10"], noises: noises)
  }

  /// Nothing: everything is in the records.
  static func analyses(of request: Request) throws -> [Analysis] { [] }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    let losses = LossStudy(results)
    var content = EchoAlignItem.Content()
    content.results = results
    content.quantities = losses.quantities
    content.listings = [losses.listing].compactMap { $0 }
    content.figures = [losses.figure].compactMap { $0 }
    content.notes = losses.notes
    return try EchoAlignItem(
      identifier: identifier, name: "Figure 6", introduction: introduction,
      claims: Figure6Claims.all, usesGenerator: true
    ).report(request, content, store: store)
  }

  private static let introduction = [
    "Training and test loss of CE and of EchoAlign, as the paper's Algorithm 1 (A) and as the released code (B), epoch by epoch "
      + "under three kinds of noise. All runs are those of Table 1."
  ]
}

@main
enum Main {
  static func main() { ReproductionCommand<Figure6>.execute() }
}
