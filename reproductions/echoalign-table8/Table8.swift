// EchoAlign, Table 8: examples of generation.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, appendix F, Table 8.
// Command: make table8 (shares the generator and its measurement with Tables 1 to 3).
// Cost: minutes on two cores at the quick profile without a generator in the store, nothing after Table 1.
// Expected: with control the edges of the original are kept, without it they are not.
// Differences: ControlNet, UniControl, GPT-4 and Gemini are not here; images made elsewhere can be (--echo-dir).

import EchoAlignPaper
import Experiments
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

enum Table8: Reproduction {
  static let identifier = "echoalign-table8"
  static let title = "EchoAlign, Table 8"
  static let methods: [MethodCatalog.Entry] = []

  static func columns(of profile: Profile) -> [TableColumn] {
    TableColumn.columns(
      of: profile, datasets: ["CIFAR-10"],
      noises: [.instance(InstanceDependentNoise(rate: 0.5))])
  }

  static func analyses(of request: Request) throws -> [Analysis] {
    try ExamplesReport.analyses(of: request)
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try ExamplesReport.report(request, store: store)
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Table8>.execute() }
}
