// EchoAlign, Table 7: time of generation by device, and what the printed hours say of each other.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, appendix D, Tables 6 and 7.
// Command: make table7 (shares its measurement with Table 6; DEVICE=cuda:0 adds that device).
// Cost: under a minute on two cores at the quick profile, nothing after Table 6.
// Expected: the printed ratios contradict each other.
// Differences: the generator is not Stable Diffusion, so that hours cannot be compared.

import EchoAlignPaper
import Experiments
import Methods
import Reporting
import Reproduction
import RunStore

enum Table7: Reproduction {
  static let identifier = "echoalign-table7"
  static let title = "EchoAlign, Table 7"
  static let methods: [MethodCatalog.Entry] = []

  static func columns(of profile: Profile) -> [TableColumn] { [] }

  static func analyses(of request: Request) -> [Analysis] {
    ThroughputReport.analyses(of: request)
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try ThroughputReport.devices(
      request, publishedCSV: String(decoding: PackageResources.published_csv, as: UTF8.self),
      store: store)
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Table7>.execute() }
}
