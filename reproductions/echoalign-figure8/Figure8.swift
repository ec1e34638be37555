// EchoAlign, Figure 8: the framework of EchoMod and EchoSelect.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Figure 8.
// Command: make figure8 (needs no data; parameters of the profile).
// Cost: a second.
// Expected: a drawing; no claim rests on it.

import EchoAlignPaper
import Experiments
import Methods
import Reporting
import Reproduction
import RunStore

enum Figure8: Reproduction {
  static let identifier = "echoalign-figure8"
  static let title = "EchoAlign, Figure 8"
  static let methods: [MethodCatalog.Entry] = []

  static func columns(of profile: Profile) -> [TableColumn] { [] }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try Diagrams.frameworkReport(request, store: store)
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Figure8>.execute() }
}
