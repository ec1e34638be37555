/// The side of a hypothesis test.
public enum Alternative: String, Codable, Hashable, Sendable, CaseIterable {
  /// The difference is not zero.
  case twoSided = "two-sided"
  /// The difference is positive: the first sample is the greater.
  case greater
  /// The difference is negative: the first sample is the less.
  case less
}
