/// A column of a table: one noise setting.
public struct NoiseColumn: Codable, Hashable, Sendable {
  /// The identifier in kebab-case, such as `symmetric-50`.
  public var id: String
  /// The name that readers see, such as `Symmetric 50 %`.
  public var name: String

  /// Creates a column.
  public init(id: String, name: String) {
    self.id = id
    self.name = name
  }
}
