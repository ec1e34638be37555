/// How strictly the content of data files is checked.
public enum DataVerification: String, Codable, Hashable, Sendable, CaseIterable {
  /// Files must be the published ones, by size and digest.
  case official
  /// Files must have the right structure only; runs on other content than the published are keyed by its digest.
  case unverified
}
