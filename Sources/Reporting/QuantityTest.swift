/// What must hold of one measured quantity.
public struct QuantityTest: Codable, Hashable, Sendable {
  /// The bound of the quantity, in its own unit.
  public enum Relation: Codable, Hashable, Sendable {
    /// It is greater than a number.
    case above(Double)
    /// It is less than a number.
    case below(Double)
    /// It lies between two numbers.
    case within(lower: Double, upper: Double)
    /// It is greater than another quantity by more than a number, seed by seed.
    case exceeds(String, by: Double)
    /// It is less than another quantity by more than a number, seed by seed.
    case isBelow(String, by: Double)

    /// The identifier of the quantity that is compared with; nil for a comparison with a number.
    public var rival: String? {
      switch self {
      case .above, .below, .within: return nil
      case .exceeds(let rival, _), .isBelow(let rival, _): return rival
      }
    }
  }

  /// The quantity's identifier.
  public var quantity: String
  /// The bound.
  public var relation: Relation

  /// Creates a test.
  public init(quantity: String, relation: Relation) {
    if case .within(let lower, let upper) = relation {
      precondition(lower <= upper, "\(quantity) within \(lower) and \(upper)")
    }
    self.quantity = quantity
    self.relation = relation
  }
}
