// EchoAlign, Table 1: test accuracy of every method under five kinds of label noise.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Table 1.
// Command: make table1 (quick profile, three seeds); make table1 PROFILE=smoke to try every path.
// Cost: below twenty minutes on two cores at the quick profile, of which the generator takes two.
// Expected: plain cross-entropy memorises, robust losses and sample selection do not.
// Differences: the profile's table of differences in the report; published numbers belong to CIFAR-10.

import EchoAlignPaper
import Experiments
import Foundation
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

enum Table1: Reproduction {
  static let identifier = "echoalign-table1"
  static let title = "EchoAlign, Table 1"
  static let methods = EchoAlignRows.accuracy
  static let noises: [NoiseModel] = [
    .symmetric(rate: 0.3), .symmetric(rate: 0.5), .pairflip(rate: 0.45),
    .instance(InstanceDependentNoise(rate: 0.3)), .instance(InstanceDependentNoise(rate: 0.5)),
  ]

  static func columns(of profile: Profile) -> [TableColumn] {
    TableColumn.columns(of: profile, datasets: ["CIFAR-10", "CIFAR-100"], noises: noises)
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try EchoAlignTable(
      number: "1", identifier: identifier,
      introduction: EchoAlignTable.introduction(printedFor: "CIFAR-10 and CIFAR-100"),
      claims: Table1Claims.all, otherProtocols: [EchoAlignTable.printedProtocol],
      publishedCSV: String(decoding: PackageResources.published_csv, as: UTF8.self),
      regime: .init(row: "ce", column: "symmetric-50")
    ).report(request, results: results, store: store)
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Table1>.execute() }
}
