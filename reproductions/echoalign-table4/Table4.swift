// EchoAlign, Table 4: how many samples BLTM and EchoSelect keep at equal selection accuracy.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Table 4.
// Command: make table4 (quick profile, three seeds); uses the modified images of Table 1, trains BLTM twice: once for its
// record, once for what its warm-up says of each sample.
// Cost: about four minutes on two cores at the quick profile once Table 1 has run.
// Expected: EchoSelect keeps more samples in each setting.
// Differences: the paper cites BLTM's counts from its own paper, which counts predicted labels and has other noise.

import EchoAlignPaper
import Experiments
import Foundation
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

enum Table4: Reproduction {
  static let identifier = "echoalign-table4"
  static let title = "EchoAlign, Table 4"
  static let methods = [SelectionSamples.rival].compactMap(MethodCatalog.entry)
  static let noises: [NoiseModel] = [
    .instance(InstanceDependentNoise(rate: 0.3)), .instance(InstanceDependentNoise(rate: 0.5)),
  ]

  static func columns(of profile: Profile) -> [TableColumn] {
    TableColumn.columns(of: profile, datasets: ["CIFAR-10"], noises: noises)
  }

  static func analyses(of request: Request) throws -> [Analysis] {
    try SelectionSamples.analyses(of: request)
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    let table = try SelectionTable(
      request, store: store,
      publishedCSV: String(decoding: PackageResources.published_csv, as: UTF8.self))
    return try EchoAlignItem(
      identifier: identifier, name: "Table 4", introduction: introduction,
      claims: Table4Claims.all, usesGenerator: true
    ).report(request, table.content, analyses: try analyses(of: request), store: store)
  }

  private static let introduction = [
    "How many training samples each selection keeps while a given share of them is right: EchoSelect, by the similarity of an "
      + "image to its modified image, and BLTM, by the largest probability after its warm-up. Each threshold is swept over all its "
      + "values, and the largest number that is accurate enough is counted.",
    "Both select from the same samples with the same noisy labels, seed by seed.",
  ]
}

@main
enum Main {
  static func main() { ReproductionCommand<Table4>.execute() }
}
