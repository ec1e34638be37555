/// One claim of one report that speaks to an entry of the ledger.
public struct LedgerPart: Codable, Hashable, Sendable {
  /// The folder of the report.
  public var folder: String
  /// The scale that the report's runs were made at.
  public var profile: String
  /// Whether that is the paper's own scale.
  public var isPaperScale: Bool
  /// The identifier of the claim in the report.
  public var claim: String
  /// The data set that it is about, as the paper names it.
  public var dataset: String
  /// The report's verdict.
  public var verdict: Verdict
  /// Why it does not count here; nil when it counts.
  public var setAside: String?

  /// Whether a test decided, for, against or neither.
  public var isDecided: Bool {
    verdict.word != .notRun && verdict.word != .notTestable
  }
}
