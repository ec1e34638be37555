// EchoAlign, Table 2: test accuracy of every method under the human labels of CIFAR-10N.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Table 2.
// Command: make table2 (quick profile, three seeds); make table2 PROFILE=cifar with CIFAR-10 and CIFAR-10N fetched.
// Cost: below twenty minutes on two cores at the quick profile.
// Expected: smaller gaps than in Table 1 under the three single annotators, larger ones under Worst.
// Differences: small profiles draw annotator-like noise from the measured matrices of CIFAR-10N, which is not CIFAR-10N.

import EchoAlignPaper
import Experiments
import Foundation
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

enum Table2: Reproduction {
  static let identifier = "echoalign-table2"
  static let title = "EchoAlign, Table 2"
  static let methods = EchoAlignRows.accuracy
  /// The paper's conditions with short names; Aggregate is not among them.
  static let conditions = [
    ("random1", "R1"), ("random2", "R2"), ("random3", "R3"), ("worst", "Worst"),
  ]

  static func columns(of profile: Profile) -> [TableColumn] {
    guard let benchmark = profile.benchmark(for: "CIFAR-10") else { return [] }
    return conditions.compactMap { condition, name in
      let kind = benchmark.data.dataset == "cifar-10" ? "given" : "annotator-like"
      guard let noise = try? NoiseModel.parse("\(kind):\(condition)") else { return nil }
      return TableColumn(
        benchmark: benchmark, noise: noise, identifier: noise.identifier,
        displayName: (kind == "given" ? "CIFAR-10N " : "Annotator-like ") + name,
        paperDataset: "CIFAR-10N", condition: condition)
    }
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try EchoAlignTable(
      number: "2", identifier: identifier,
      introduction: EchoAlignTable.introduction(printedFor: "CIFAR-10N"),
      claims: Table2Claims.all(columns: request.columns),
      otherProtocols: [EchoAlignTable.printedProtocol],
      publishedCSV: String(decoding: PackageResources.published_csv, as: UTF8.self),
      regime: .init(row: "ce", column: request.columns.last?.identifier ?? "")
    ).report(request, results: results, store: store)
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Table2>.execute() }
}
