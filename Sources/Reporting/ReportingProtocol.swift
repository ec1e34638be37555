/// Which selection rule each method's number is read by.
///
/// Papers do not always read all rows by one rule; `overrides` says which rows differ.
public struct ReportingProtocol: Codable, Hashable, Sendable {
  /// The identifier in kebab-case.
  public var id: String
  /// The name that readers see.
  public var name: String
  /// The rule of all rows that have none of their own.
  public var rule: SelectionRule
  /// The rules of single rows, by the row's identifier.
  public var overrides: [String: SelectionRule]

  /// Creates a protocol under which some rows are read by a rule of their own.
  public init(id: String, name: String, rule: SelectionRule, overrides: [String: SelectionRule]) {
    self.id = id
    self.name = name
    self.rule = rule
    self.overrides = overrides
  }

  /// Creates the protocol that reads every row by one rule.
  public init(_ rule: SelectionRule) {
    self.init(id: rule.rawValue, name: rule.name, rule: rule, overrides: [:])
  }

  /// The four protocols that read every row by one rule.
  public static let uniform = SelectionRule.allCases.map(ReportingProtocol.init)

  /// Returns the rule of a row.
  public func rule(forRow row: String) -> SelectionRule { overrides[row] ?? rule }

  /// Whether test labels choose an epoch for any row.
  public var usesTestLabels: Bool {
    rule.usesTestLabels || overrides.values.contains(where: \.usesTestLabels)
  }
}
