// EchoAlign, Figure 2: the causal graphs.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Figure 2.
// Command: make figure2 (needs no data).
// Cost: a second.
// Expected: a drawing; no claim rests on it.

import EchoAlignPaper
import Experiments
import Methods
import Reporting
import Reproduction
import RunStore

enum Figure2: Reproduction {
  static let identifier = "echoalign-figure2"
  static let title = "EchoAlign, Figure 2"
  static let methods: [MethodCatalog.Entry] = []

  static func columns(of profile: Profile) -> [TableColumn] { [] }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try Diagrams.causalReport(request, store: store)
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Figure2>.execute() }
}
