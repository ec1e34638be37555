import Experiments
import Foundation
import Reporting
import Reproduction
import RunStore

/// One figure of the EchoAlign paper, or one table that shows other numbers than accuracies: what its report is made of.
public struct EchoAlignItem: Sendable {
  /// What a report shows.
  public struct Content: Sendable {
    /// The numbers that claims are judged on.
    public var quantities: [Quantity] = []
    /// Plain tables.
    public var listings: [Listing] = []
    /// The figures.
    public var figures: [ReportFigure] = []
    /// The runs, where accuracies are shown too.
    public var results = ResultSet.empty
    /// Tables of accuracies.
    public var tables: [MeasuredTable] = []
    /// What a reader should know besides, one paragraph each.
    public var notes: [String] = []

    /// Creates an empty content.
    public init() {}
  }

  /// The identifier of executable and report, such as `echoalign-figure3`.
  public var identifier: String
  /// The item's name in the paper, such as `Figure 3`.
  public var name: String
  /// What the report is about, one paragraph each.
  public var introduction: [String]
  /// The claims, declared before any measurement.
  public var claims: [PaperClaim]
  /// Whether modified images or similarities are shown.
  public var usesGenerator: Bool

  /// Creates an item.
  public init(
    identifier: String, name: String, introduction: [String], claims: [PaperClaim] = [],
    usesGenerator: Bool = false
  ) {
    self.identifier = identifier
    self.name = name
    self.introduction = introduction
    self.claims = claims
    self.usesGenerator = usesGenerator
  }

  /// The report of a content.
  ///
  /// - Parameters:
  ///   - request: What was asked for.
  ///   - content: What was measured.
  ///   - analyses: What the content was taken from, for the provenance.
  ///   - store: The store that holds them.
  /// - Returns: The report.
  /// - Throws: ``RunStore/StoreError`` when an analysis is damaged.
  public func report(
    _ request: Request, _ content: Content, analyses: [Analysis] = [], store: RunStore
  ) throws -> Report {
    let facts = EchoAlignNotes.facts(of: request, usesGenerator: usesGenerator)
    let target = identifier.replacing("echoalign-", with: "", maxReplacements: 1)
    return Report(
      id: identifier, title: "EchoAlign, \(name)",
      paper: .init(
        title: "Can We Treat Noisy Labels as Accurate?", version: EchoAlignTable.version, item: name
      ),
      introduction: introduction, command: request.command("make \(target)"), profile: facts,
      results: content.results, tables: content.tables, figures: content.figures,
      judgements: ClaimJudge(profile: facts).judge(
        claims, on: content.results, published: [:], quantities: content.quantities),
      notes: content.notes, listings: content.listings, quantities: content.quantities,
      origins: try analyses.compactMap { try $0.provenance(in: store) })
  }
}
