/// What names a series: the identifier that fixes its look, and the name that readers see.
public struct SeriesKey: Hashable, Sendable {
  /// The identifier in kebab-case, such as `co-teaching`; colour and marker follow from it.
  public var identifier: String
  /// The name in legends, such as `Co-teaching`.
  public var name: String

  /// Creates a key.
  public init(_ identifier: String, name: String) {
    self.identifier = identifier
    self.name = name
  }
}
