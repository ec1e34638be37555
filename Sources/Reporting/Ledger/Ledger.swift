import RunStore

/// Every claim of a paper with its verdict, computed from the reports that are there.
///
/// A pure function of declared entries and reports: nothing of it is written by hand.
public struct Ledger: Sendable {
  /// What is declared: the claims, and what a reader must know beside them.
  public struct Declaration: Sendable {
    /// The paper.
    public var paper: Report.Paper
    /// The page's title.
    public var title: String
    /// The claims, by number.
    public var entries: [LedgerEntry]
    /// The digests of the claims that each report may have, by the report's identifier.
    public var digests: [String: Set<String>]
    /// Where the paper and its code differ.
    public var register: [CodeDifference]
    /// The names of methods, by the identifier of their row, in order of the rows.
    public var methods: [MethodRow]
    /// The commands of this suite that make every report.
    public var command: String

    /// Creates a declaration; numbers of entries must differ.
    public init(
      paper: Report.Paper, title: String, entries: [LedgerEntry], digests: [String: Set<String>],
      register: [CodeDifference] = [], methods: [MethodRow] = [], command: String
    ) {
      precondition(
        Set(entries.map(\.number)).count == entries.count, "two entries share a number")
      self.paper = paper
      self.title = title
      self.entries = entries
      self.digests = digests
      self.register = register
      self.methods = methods
      self.command = command
    }
  }

  /// Whether a report's claims are those that are declared.
  public enum Standing: String, Codable, Hashable, Sendable {
    /// They are.
    case declared
    /// They are others: the report was written by another version, or of selected columns.
    case stale
    /// No digest is declared for the report.
    case undeclared
  }

  /// What is declared.
  public let declaration: Declaration
  /// The reports.
  public let reports: [ReportFolder]
  /// The verdicts, in order of the entries.
  public let verdicts: [LedgerVerdict]
  /// Claims of reports that speak to no entry.
  public let others: [LedgerPart]

  /// How the claims of several reports make one word, in sentences.
  public static let combination = [
    "A claim may have several parts: other data sets, other forms of the method, other scales. All must hold, so the worst "
      + "word of the parts is the claim's: contradicted, then not reproduced, then inconclusive, then reproduced under "
      + "another protocol, then reproduced. Where every tested part holds but another has no verdict, the claim is "
      + "inconclusive.",
    "Where several reports judge the same part, one at the paper's scale sets aside all smaller ones, and one that decides "
      + "sets aside those that do not. Reports at the smoke profile, which only tries every path, and reports whose claims "
      + "are not the declared ones are listed and never count.",
    "Each report corrects its p-values for the number of its own claims; nothing is corrected across reports.",
  ]

  /// Judges every entry by the reports.
  public init(_ declaration: Declaration, reports: [ReportFolder]) {
    self.declaration = declaration
    self.reports = reports.sorted { $0.name < $1.name }
    let parts = self.reports.flatMap { Self.parts(of: $0, declaration) }
    verdicts = declaration.entries.map { entry in
      LedgerVerdict(entry, parts: parts.filter { entry.isDecided(by: $0.claim) })
    }
    others = parts.filter { part in
      !declaration.entries.contains { $0.isDecided(by: part.claim) }
    }
  }

  /// Whether a report's claims are the declared ones.
  public func standing(of report: ReportFolder) -> Standing {
    Self.standing(of: report, declaration)
  }

  /// How many entries have each word, in the order of the words, without those that none has.
  public var counts: [(word: Verdict.Word, count: Int)] {
    Verdict.Word.allCases.map { word in
      (word, verdicts.count { $0.verdict.word == word })
    }.filter { $0.1 > 0 }
  }

  /// Whether a claim was tested and does not hold, or a report is stale.
  public var hasFailedCheck: Bool {
    verdicts.contains(where: \.isRefuted) || reports.contains { standing(of: $0) == .stale }
  }

  private static func standing(of report: ReportFolder, _ declaration: Declaration) -> Standing {
    guard let digests = declaration.digests[report.claims.report] else { return .undeclared }
    return digests.contains(report.claims.claimsDigest) ? .declared : .stale
  }

  private static func parts(of report: ReportFolder, _ declaration: Declaration) -> [LedgerPart] {
    let document = report.claims
    var reason: String?
    if standing(of: report, declaration) == .stale {
      reason = "stale: its claims are not the declared ones"
    } else if document.profile.name == "smoke" {
      reason = "the smoke profile only tries every path"
    }
    return document.judgements.map { judgement in
      LedgerPart(
        folder: report.name, profile: document.profile.name,
        isPaperScale: document.profile.isPaperScale, claim: judgement.claim.id,
        dataset: judgement.claim.dataset, verdict: judgement.verdict, setAside: reason)
    }
  }
}
