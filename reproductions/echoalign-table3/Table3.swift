// EchoAlign, Table 3: the ablation of modification and selection.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Table 3.
// Command: make table3 (quick profile, three seeds); shares its CE and EchoAlign runs with Table 1.
// Cost: minutes on two cores at the quick profile once Table 1 has run.
// Expected: modification alone is worse than plain training, selection alone better, both together best.
// Differences: the paper prints no deviations, and no recipe for selection alone; see the notes of the report.

import EchoAlignPaper
import Experiments
import Foundation
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

enum Table3: Reproduction {
  static let identifier = "echoalign-table3"
  static let title = "EchoAlign, Table 3"
  static let methods = EchoAlignRows.ablation
  static let noises: [NoiseModel] = [
    .pairflip(rate: 0.45), .instance(InstanceDependentNoise(rate: 0.5)),
  ]

  static func columns(of profile: Profile) -> [TableColumn] {
    TableColumn.columns(of: profile, datasets: ["CIFAR-10", "CIFAR-100"], noises: noises)
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try EchoAlignTable(
      number: "3", identifier: identifier, introduction: introduction, claims: Table3Claims.all,
      otherProtocols: [EchoAlignTable.printedProtocol],
      publishedCSV: String(decoding: PackageResources.published_csv, as: UTF8.self),
      regime: .init(row: "ce", column: "pairflip-45"),
      notes: [
        "Selection alone is read as: cross-entropy on the originals with S ≥ τ, for as many epochs as the other rows; "
          + "it still needs the modified images, to compute S. Modification alone is cross-entropy on the modified images "
          + "of all samples, tested on real images."
      ]
    ).report(request, results: results, store: store)
  }

  private static let introduction = [
    "What each half of EchoAlign is worth by itself: plain training, training on modified images alone, training on selected "
      + "originals alone, and both together, as the paper's Algorithm 1 (A) and as the released code (B).",
    "The rows CE, EchoAlign A and B are the runs of Table 1, not trained again.",
  ]
}

@main
enum Main {
  static func main() { ReproductionCommand<Table3>.execute() }
}
