/// The contents of the ledger's own `claims.json`.
public struct LedgerDocument: Codable, Hashable, Sendable {
  /// One claim with its verdict.
  public struct Claim: Codable, Hashable, Sendable {
    /// The claim as declared.
    public var entry: LedgerEntry
    /// The verdict over all reports.
    public var verdict: Verdict
    /// What it would take to settle it.
    public var needs: [String]
    /// The claims of reports that it rests on, and those that were set aside.
    public var parts: [LedgerPart]
  }

  /// One report that was read.
  public struct Source: Codable, Hashable, Sendable {
    /// The folder.
    public var folder: String
    /// The report's identifier.
    public var report: String
    /// The scale.
    public var profile: String
    /// Whether that is the paper's own scale.
    public var isPaperScale: Bool
    /// SHA-256 of its claims.
    public var claimsDigest: String
    /// Whether its claims are the declared ones.
    public var standing: Ledger.Standing
  }

  /// The version of this layout.
  public static let currentSchema = 1

  /// The layout's version.
  public var schema: Int
  /// The paper.
  public var paper: Report.Paper
  /// How several reports make one word, in sentences.
  public var combination: [String]
  /// How many claims have each word.
  public var counts: [String: Int]
  /// The claims by number.
  public var claims: [Claim]
  /// The reports that were read, in order of folders.
  public var reports: [Source]

  /// The contents for a ledger.
  public init(_ ledger: Ledger) {
    schema = Self.currentSchema
    paper = ledger.declaration.paper
    combination = Ledger.combination
    counts = Dictionary(
      ledger.counts.map { ($0.word.rawValue, $0.count) }, uniquingKeysWith: { first, _ in first })
    claims = ledger.verdicts.map {
      Claim(entry: $0.entry, verdict: $0.verdict, needs: $0.needs, parts: $0.parts)
    }
    reports = ledger.reports.map { report in
      Source(
        folder: report.name, report: report.claims.report, profile: report.claims.profile.name,
        isPaperScale: report.claims.profile.isPaperScale,
        claimsDigest: report.claims.claimsDigest, standing: ledger.standing(of: report))
    }
  }
}
