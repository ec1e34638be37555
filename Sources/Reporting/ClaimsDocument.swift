/// The contents of `claims.json`: every claim of a report with its verdict and evidence.
///
/// An overview of several reports is made from these files alone.
public struct ClaimsDocument: Codable, Hashable, Sendable {
  /// The version of this layout.
  public static let currentSchema = 1

  /// The layout's version.
  public var schema: Int
  /// The report's identifier.
  public var report: String
  /// The paper.
  public var paper: Report.Paper
  /// The scale.
  public var profile: ProfileFacts
  /// SHA-256 of the canonical JSON of the claims, in the order of the judgements.
  public var claimsDigest: String
  /// The chance allowed for any false verdict of one kind.
  public var alpha: Double
  /// The claims with their verdicts.
  public var judgements: [Judgement]

  /// Creates the contents for a report.
  public init(_ report: Report) throws {
    schema = Self.currentSchema
    self.report = report.id
    paper = report.paper
    profile = report.profile
    claimsDigest = try PaperClaim.digest(of: report.judgements.map(\.claim))
    alpha = report.alpha
    judgements = report.judgements
  }
}
