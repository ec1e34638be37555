extension RunStore {
  /// Takes the claim of an artefact, or returns nil when another process makes it.
  public func tryClaimAsset(kind: String, key: RunKey) throws -> RunClaim? {
    try tryClaim(named: "\(kind)-\(key.text)")
  }
}
