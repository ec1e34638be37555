// EchoAlign, Theorem 3.1: when its four statements hold, in a linear-Gaussian study.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, section 3 and appendix A.
// Command: make theorem31 (no data set, no training; the same at every profile).
// Cost: about a second.
// Expected: alignment holds while the transformation is deterministic; the other statements hold in part of the conditions, and
// all four together in none, because the proofs of statements 3 and 4 need opposite things.
// Differences: the theorem is about any model; this is about linear ones, for which everything has a closed form.

import EchoAlignPaper
import Experiments
import Methods
import Reporting
import Reproduction
import RunStore

enum Theorem31: Reproduction {
  static let identifier = "echoalign-theorem31"
  static let title = "EchoAlign, Theorem 3.1"
  static let methods: [MethodCatalog.Entry] = []

  static func columns(of profile: Profile) -> [TableColumn] { [] }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try TheoremReport.report(request, store: store)
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Theorem31>.execute() }
}
