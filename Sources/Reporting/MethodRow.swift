/// A row of a table: one method.
public struct MethodRow: Codable, Hashable, Sendable {
  /// The identifier in kebab-case, such as `co-teaching`.
  public var id: String
  /// The name that readers see, such as `Co-teaching`.
  public var name: String
  /// What a reader must know of the method, such as `is given the noise rate`; nil for nothing.
  public var note: String?
  /// Whether the row is a control and no contender; controls stand apart, below the methods.
  public var isControl: Bool

  /// Creates a row.
  public init(id: String, name: String, note: String? = nil, isControl: Bool = false) {
    self.id = id
    self.name = name
    self.note = note
    self.isControl = isControl
  }
}
