/// A claim of a paper as the ledger lists it: its words, and how it will be judged.
///
/// It holds no verdict. ``Ledger`` computes one from the reports that are there.
public struct LedgerEntry: Codable, Hashable, Sendable {
  /// What kind of statement the claim is.
  public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
    /// A number, with or without a spread.
    case value
    /// One method or quantity is ahead of others.
    case order
    /// The same in most of several settings.
    case orderOverFamily = "order over a family"
    /// A difference of at least some size.
    case gain
    /// Something grows or falls along a series.
    case trend
    /// The form of a distribution or curve.
    case shape
    /// A quotient of two numbers.
    case ratio
    /// A proposition that the paper proves.
    case theorem
    /// A statement about how the experiments were set up.
    case setup
  }

  /// Where a verdict comes from.
  public struct Source: Codable, Hashable, Sendable {
    /// The report's identifier, such as `echoalign-table1`.
    public var report: String
    /// The command that makes it, such as `make table1`.
    public var command: String

    /// Creates a source.
    public init(report: String, command: String) {
      self.report = report
      self.command = command
    }
  }

  /// The claim's number in the list.
  public var number: Int
  /// A short quotation, or a paraphrase where the paper only shows numbers or pictures.
  public var words: String
  /// Whether the words are the paper's own.
  public var isQuotation: Bool
  /// Where the paper makes it, such as `section 5.2, Table 1`.
  public var place: String
  /// The paper's version, such as `arXiv 2405.12969v1`.
  public var version: String
  /// The kind of statement.
  public var kind: Kind
  /// What must hold, fixed before its measurement.
  public var rule: String
  /// What the identifiers of deciding claims begin with, such as `echoalign-06`.
  public var claimPrefixes: [String]
  /// The reports that decide it; empty when none can.
  public var sources: [Source]
  /// Where the source contradicts itself or is unclear; nil where it is not.
  public var warning: String?
  /// What it would take to settle the claim, beyond what the reports themselves say.
  public var needs: String

  /// Creates an entry.
  public init(
    number: Int, words: String, isQuotation: Bool, place: String, version: String, kind: Kind,
    rule: String, claimPrefixes: [String], sources: [Source], warning: String? = nil, needs: String
  ) {
    self.number = number
    self.words = words
    self.isQuotation = isQuotation
    self.place = place
    self.version = version
    self.kind = kind
    self.rule = rule
    self.claimPrefixes = claimPrefixes
    self.sources = sources
    self.warning = warning
    self.needs = needs
  }

  /// Whether a claim of a report decides this one: `echoalign-06` or `echoalign-06-…`, not `echoalign-060`.
  public func isDecided(by claim: String) -> Bool {
    claimPrefixes.contains { claim == $0 || claim.hasPrefix($0 + "-") }
  }
}
