// EchoAlign, Figure 1: correcting labels against modifying images.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Figure 1.
// Command: make figure1 (needs no data; shows an example image where the store has one).
// Cost: a second.
// Expected: a drawing; no claim rests on it.

import EchoAlignPaper
import Experiments
import Methods
import Reporting
import Reproduction
import RunStore

enum Figure1: Reproduction {
  static let identifier = "echoalign-figure1"
  static let title = "EchoAlign, Figure 1"
  static let methods: [MethodCatalog.Entry] = []

  static func columns(of profile: Profile) -> [TableColumn] { [] }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try Diagrams.comparisonReport(request, store: store)
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Figure1>.execute() }
}
