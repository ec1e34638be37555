// EchoAlign, Table 6: time of generation by resolution and batch.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, appendix D, Table 6.
// Command: make table6 (times the profile's generator on this device; no data set, no training).
// Cost: under a minute on two cores at the quick profile.
// Expected: time grows with the number of pixels; a larger batch saves time where one image does not fill the device.
// Differences: the generator is not Stable Diffusion, so that orders can be compared and hours cannot.

import EchoAlignPaper
import Experiments
import Methods
import Reporting
import Reproduction
import RunStore

enum Table6: Reproduction {
  static let identifier = "echoalign-table6"
  static let title = "EchoAlign, Table 6"
  static let methods: [MethodCatalog.Entry] = []

  static func columns(of profile: Profile) -> [TableColumn] { [] }

  static func analyses(of request: Request) -> [Analysis] {
    ThroughputReport.analyses(of: request)
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try ThroughputReport.resolutions(
      request, publishedCSV: String(decoding: PackageResources.published_csv, as: UTF8.self),
      store: store)
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Table6>.execute() }
}
