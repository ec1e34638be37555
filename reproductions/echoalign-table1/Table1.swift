// EchoAlign, Table 1: test accuracy of every method under five kinds of label noise.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Table 1.
// Command: make table1 (quick profile, three seeds); make table1 PROFILE=smoke to try every path.
// Cost: about eight minutes on two cores at the quick profile, of which the generator takes two.
// Expected: plain cross-entropy memorises, robust losses and sample selection do not.
// Differences: the profile's table of differences in the report; published numbers belong to CIFAR-10.

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
  static let methods = MethodCatalog.entries
  static let noises: [NoiseModel] = [
    .symmetric(rate: 0.3), .symmetric(rate: 0.5), .pairflip(rate: 0.45),
    .instance(InstanceDependentNoise(rate: 0.3)), .instance(InstanceDependentNoise(rate: 0.5)),
  ]

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    let profile = ProfileFacts(
      name: request.profile.identifier, isPaperScale: false,
      dataSets: ["CIFAR-10": "Fashion-MNIST subset"],
      differences: Table1Notes.differences(of: request.profile))
    let published = try publishedCells(request)
    let table = MeasuredTable(
      id: "table1",
      caption: "Test accuracy in % at the epoch with the best noisy-validation accuracy.",
      results: results, rule: .bestOnNoisyValidation, published: published,
      isComparable: profile.isPaperScale)
    let lastEpoch = MeasuredTable(
      id: "table1-last-epoch", caption: "The same runs after their last epoch.",
      results: results, rule: .lastEpoch, published: published,
      isComparable: profile.isPaperScale)
    let judgements = ClaimJudge(
      profile: profile, headline: .bestOnNoisyValidation,
      otherProtocols: [Table1Claims.printedProtocol]
    ).judge(Table1Claims.all, on: results, published: published)
    let audit = NoiseAuditSection(results: results)
    let quality = try request.quality.flatMap { try GeneratorQuality.stored(for: $0, in: store) }
    var figures = [ReportFigure.groupedBars(table)]
    figures += [
      .publishedAgainstMeasured(table), .learningCurves(results),
      quality.map(GeneratorFigures.tradeOff),
      quality.map(GeneratorFigures.examples),
    ].compactMap { $0 }
    figures += ReportFigure.noiseMatrices(audit)
    return Report(
      id: identifier, title: title,
      paper: .init(
        title: "Can We Treat Noisy Labels as Accurate?", version: "arXiv 2405.12969v1",
        item: "Table 1"),
      introduction: Table1Notes.introduction, command: command(for: request), profile: profile,
      regime: RegimeNote(results: results, row: "ce", column: "symmetric-50"), results: results,
      tables: [table, lastEpoch], figures: figures, judgements: judgements,
      lens: ProtocolLens(
        results: results, published: published, isComparable: profile.isPaperScale),
      audit: audit, register: Table1Notes.register,
      notes: Table1Notes.choices + Table1Notes.selection(results) + Table1Notes.generator(quality))
  }

  /// The command that makes the report again.
  private static func command(for request: Request) -> String {
    var parts = ["make table1"]
    if request.profile.identifier != Profile.quick.identifier {
      parts.append("PROFILE=\(request.profile.identifier)")
    }
    if request.isSelection {
      parts.append("METHODS=\(request.methods.map(\.identifier).joined(separator: ","))")
      parts.append("NOISE=\(request.noises.map(\.identifier).joined(separator: ","))")
      let seeds = request.seeds.map(String.init).joined(separator: ",")
      parts.append("SEEDS=\(request.seeds.count == 1 ? seeds + "," : seeds)")
    }
    return parts.joined(separator: " ")
  }

  /// The numbers that the paper prints for CIFAR-10, by cell.
  private static func publishedCells(
    _ request: Request
  ) throws -> [CellAddress: PublishedValue] {
    let text = String(decoding: PackageResources.published_csv, as: UTF8.self)
    let table = try PublishedTable(csv: text, path: "reproductions/\(identifier)/published.csv")
    let methods = request.methods.compactMap { entry in
      entry.publishedName.map { (entry.identifier, $0) }
    }
    return table.cells(
      table: "1", dataset: "CIFAR-10",
      methods: Dictionary(uniqueKeysWithValues: methods),
      conditions: Dictionary(
        uniqueKeysWithValues: request.noises.map { ($0.identifier, $0.identifier) }))
  }
}

@main
enum Main {
  static func main() { ReproductionCommand<Table1>.execute() }
}
