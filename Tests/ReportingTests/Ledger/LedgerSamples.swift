import Foundation
import RunStore

@testable import Reporting

/// Reports made by hand for the ledger.
enum LedgerSamples {
  static let smoke = ProfileFacts(
    name: "smoke", isPaperScale: false, dataSets: ["CIFAR-10": "made"], differences: [])

  static func judgement(_ claim: String, _ verdict: Verdict) -> Judgement {
    Judgement(
      claim: Samples.claim(
        claim, .order(row: "a", over: ["b"], column: "x", relevant: 0.001), quotation: "is better"),
      verdict: verdict, scope: .orderingOnly, evidence: nil, otherEvidence: [],
      publishedReading: nil)
  }

  /// A report in the folder of its own name.
  static func report(
    _ verdicts: [(String, Verdict)], cells: [TableCell] = [],
    provenance: ProvenanceSummary? = nil
  ) throws -> ReportFolder {
    try report(
      "echoalign-table1", profile: Samples.profile, verdicts, cells: cells,
      provenance: provenance)
  }

  static func report(
    _ folder: String, profile: ProfileFacts, _ verdicts: [(String, Verdict)],
    cells: [TableCell] = [], provenance: ProvenanceSummary? = nil
  ) throws -> ReportFolder {
    ReportFolder(
      name: folder,
      claims: try ClaimsDocument(written("echoalign-table1", profile: profile, verdicts)),
      provenance: provenance, cells: cells)
  }

  static func written(
    _ id: String, profile: ProfileFacts = Samples.profile, _ verdicts: [(String, Verdict)]
  ) -> Report {
    Report(
      id: id, title: "A table", paper: .init(title: "A paper", version: "v1", item: "Table 1"),
      introduction: [], command: "make table1", profile: profile, results: .empty, tables: [],
      judgements: verdicts.map { judgement($0.0, $0.1) })
  }

  static func entry(
    _ number: Int, sources: [String] = ["echoalign-table1"], also: [String] = [],
    words: String = "is better", warning: String? = nil
  ) -> LedgerEntry {
    LedgerEntry(
      number: number, words: words, isQuotation: true, place: "section 5", version: "v1",
      kind: .order, rule: "Ahead everywhere.",
      claimPrefixes: ["echoalign-0\(number)"] + also,
      sources: sources.map {
        .init(report: $0, command: "make \($0.dropFirst("echoalign-".count))")
      }, warning: warning, needs: "More data.")
  }

  static func declaration(
    _ entries: [LedgerEntry], digests: [String: Set<String>] = [:]
  ) -> Ledger.Declaration {
    Ledger.Declaration(
      paper: .init(title: "A paper", version: "v1", item: "all claims"), title: "Every claim",
      entries: entries, digests: digests,
      register: [CodeDifference(topic: "Epoch", paper: "a", code: "b", followed: "a")],
      methods: [
        MethodRow(id: "ce", name: "CE"), MethodRow(id: "ctl", name: "Control", isControl: true),
      ], command: "make claims")
  }

  static func cell(
    _ row: String, _ column: String, _ rule: SelectionRule = .bestOnNoisyValidation,
    mean: Double?, spread: Double? = nil, published: Double? = nil, publishedSpread: Double? = nil,
    state: String = "complete"
  ) -> TableCell {
    TableCell(
      address: CellAddress(row: row, column: column), rule: rule, n: mean == nil ? 0 : 3,
      mean: mean, spread: spread, published: published, publishedSpread: publishedSpread,
      state: state)
  }
}
