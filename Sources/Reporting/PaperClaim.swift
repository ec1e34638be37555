import RunStore

/// A claim of a paper, declared once and before any run.
public struct PaperClaim: Codable, Hashable, Sendable {
  /// The scale at which a claim can be tested.
  public enum Scale: String, Codable, Hashable, Sendable {
    /// Any scale at which the regime is that of the paper: the claim is an ordering.
    case anyProfile = "any-profile"
    /// The paper's own data, network and schedule: the claim is about numbers.
    case paperProfile = "paper-profile"
  }

  /// The identifier, such as `echoalign-06`.
  public var id: String
  /// The claim's words: a short quotation, or a paraphrase where the paper only shows a number.
  public var quotation: String
  /// Where the paper makes it, such as `section 5.2, Table 1`.
  public var place: String
  /// The paper's version, such as `arXiv 2405.12969v1`.
  public var version: String
  /// The paper's name of the data set that the claim is about.
  public var dataset: String
  /// What must hold.
  public var rule: ClaimRule
  /// The scale that it needs.
  public var scale: Scale
  /// Why the rule reads the claim as it does, or what is unclear in the source; nil for nothing.
  public var remark: String?

  /// Creates a claim.
  public init(
    id: String, quotation: String, place: String, version: String, dataset: String,
    rule: ClaimRule, scale: Scale, remark: String? = nil
  ) {
    self.id = id
    self.quotation = quotation
    self.place = place
    self.version = version
    self.dataset = dataset
    self.rule = rule
    self.scale = scale
    self.remark = remark
  }

  /// SHA-256 of the canonical JSON of a list of claims, in the order given.
  ///
  /// Printed in the report, it shows that the claims were those of a certain commit.
  public static func digest(of claims: [PaperClaim]) throws -> String {
    Digest.sha256(of: try CanonicalJSON.encode(claims))
  }
}
