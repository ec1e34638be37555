extension RunStore {
  /// Takes the claim of an artefact, or returns nil when another process makes it.
  public func tryClaimAsset(kind: String, key: RunKey) throws -> RunClaim? {
    try tryClaim(named: "\(kind)-\(key.text)")
  }

  /// Takes the claim of an artefact, waiting while another process makes it; nil once `isStopped` answers true.
  public func claimAsset(
    kind: String, key: RunKey, isStopped: () -> Bool
  ) throws -> RunClaim? {
    try claim(named: "\(kind)-\(key.text)", isStopped: isStopped)
  }
}
