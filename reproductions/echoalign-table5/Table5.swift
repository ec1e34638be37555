// EchoAlign, Table 5: the hyperparameters that this suite uses, beside the printed ones.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Table 5 and appendix C.
// Command: make table5 (no data set, no training; all profiles stand side by side).
// Cost: a second.
// Expected: the paper profile runs the printed protocol; Algorithm 1 uses the printed thresholds, the released code only where
// labels are not symmetric.

import EchoAlignPaper
import Experiments
import Methods
import Reporting
import Reproduction
import RunStore

enum Table5: Reproduction {
  static let identifier = "echoalign-table5"
  static let title = "EchoAlign, Table 5"
  static let methods: [MethodCatalog.Entry] = []

  static func columns(of profile: Profile) -> [TableColumn] { [] }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try HyperparametersReport.report(
      request, publishedCSV: String(decoding: PackageResources.published_csv, as: UTF8.self),
      store: store)
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Table5>.execute() }
}
