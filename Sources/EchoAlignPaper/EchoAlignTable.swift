import Experiments
import Foundation
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

/// One accuracy table of the EchoAlign paper: what its report is made of.
///
/// "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1.
public struct EchoAlignTable: Sendable {
  /// The paper's version that all claims and numbers are taken from.
  public static let version = "arXiv 2405.12969v1"

  /// The number of the table in the paper, such as `1`.
  public var number: String
  /// The identifier of executable and report, such as `echoalign-table1`.
  public var identifier: String
  /// What the report is about, one paragraph each.
  public var introduction: [String]
  /// The claims, declared before any run.
  public var claims: [PaperClaim]
  /// Readings of the printed numbers beside the four selection rules.
  public var otherProtocols: [ReportingProtocol]
  /// The text of the table's published numbers.
  public var publishedCSV: String
  /// The row and the column in which plain training should memorise.
  public var regime: CellAddress
  /// What a reader should know of this table besides.
  public var notes: [String]

  /// Creates a table.
  public init(
    number: String, identifier: String, introduction: [String], claims: [PaperClaim],
    otherProtocols: [ReportingProtocol], publishedCSV: String, regime: CellAddress,
    notes: [String] = []
  ) {
    self.number = number
    self.identifier = identifier
    self.introduction = introduction
    self.claims = claims
    self.otherProtocols = otherProtocols
    self.publishedCSV = publishedCSV
    self.regime = regime
    self.notes = notes
  }

  /// The report of a result set.
  ///
  /// - Throws: ``PublishedTableError`` when the published numbers cannot be read, and what reading the generator's
  ///   measurement throws.
  public func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    let facts = EchoAlignNotes.facts(of: request)
    let published = try publishedCells(request)
    let table = MeasuredTable(
      id: "table\(number)",
      caption: "Test accuracy in % at the epoch with the best noisy-validation accuracy.",
      results: results, rule: .bestOnNoisyValidation, published: published,
      isComparable: facts.isPaperScale)
    let lastEpoch = MeasuredTable(
      id: "table\(number)-last-epoch", caption: "The same runs after their last epoch.",
      results: results, rule: .lastEpoch, published: published,
      isComparable: facts.isPaperScale)
    let judgements = ClaimJudge(
      profile: facts, headline: .bestOnNoisyValidation, otherProtocols: otherProtocols
    ).judge(claims, on: results, published: published)
    let audit = NoiseAuditSection(results: results)
    let quality = try request.quality.flatMap { try GeneratorQuality.stored(for: $0, in: store) }
    var figures = [ReportFigure.groupedBars(table)]
    figures += EchoAlignRows.curveFamilies(in: results).compactMap { family in
      ReportFigure.learningCurves(
        results, rows: family.rows, family: family.name, id: "learning-curves-\(family.id)")
    }
    figures += [
      .publishedAgainstMeasured(table), quality.map(GeneratorFigures.tradeOff),
      quality.map(GeneratorFigures.examples),
    ].compactMap { $0 }
    figures += ReportFigure.noiseMatrices(audit)
    return Report(
      id: identifier, title: "EchoAlign, Table \(number)",
      paper: .init(
        title: "Can We Treat Noisy Labels as Accurate?", version: Self.version,
        item: "Table \(number)"),
      introduction: introduction, command: request.command("make table\(number)"), profile: facts,
      regime: RegimeNote(results: results, row: regime.row, column: regime.column),
      results: results, tables: [table, lastEpoch], figures: figures, judgements: judgements,
      lens: ProtocolLens(
        results: results, published: published, isComparable: facts.isPaperScale),
      audit: audit, register: EchoAlignNotes.register,
      notes: EchoAlignNotes.sanity(results, column: regime.column) + notes
        + EchoAlignNotes.choices(request) + EchoAlignNotes.selection(results)
        + EchoAlignNotes.generator(quality, isUsed: request.quality != nil))
  }

  /// The numbers that the paper prints, by cell.
  private func publishedCells(_ request: Request) throws -> [CellAddress: PublishedValue] {
    let table = try PublishedTable(
      csv: publishedCSV, path: "reproductions/\(identifier)/published.csv")
    var cells: [CellAddress: PublishedValue] = [:]
    for method in request.methods {
      guard let name = method.publishedName else { continue }
      for column in request.columns {
        cells[CellAddress(row: method.identifier, column: column.identifier)] = table.value(
          table: number, dataset: column.paperDataset, condition: column.condition, method: name)
      }
    }
    return cells
  }
}
