/// What the measurements say about a claim; computed, never written by hand.
public struct Verdict: Codable, Hashable, Sendable {
  /// The seven words that a verdict can be.
  public enum Word: String, Codable, CaseIterable, Hashable, Sendable {
    /// The rule holds, with confidence.
    case reproduced = "reproduced"
    /// The rule holds with confidence only when the runs are read by another protocol.
    case reproducedUnderAnotherProtocol = "reproduced under another protocol"
    /// The runs can neither confirm nor refute the rule.
    case inconclusive = "inconclusive"
    /// The claimed value, gain or advantage is absent, with confidence.
    case notReproduced = "not reproduced"
    /// The opposite order holds, with confidence.
    case contradicted = "contradicted"
    /// Data, weights, code or scale to test it are missing, or the claim contradicts itself.
    case notTestable = "not testable here"
    /// The runs that it needs are not there yet.
    case notRun = "not run"
  }

  /// The word.
  public var word: Word
  /// The protocol under which the rule holds, for ``Word/reproducedUnderAnotherProtocol``.
  public var protocolName: String?
  /// How many more seeds would settle an inconclusive verdict, if effects are as measured; nil when
  /// not even many would, or something else is missing.
  public var moreSeeds: Int?
  /// The chance that they do, counting that effects are known from few seeds; nil where it is not asked.
  public var chance: Double?
  /// Why, when the word alone does not tell.
  public var reason: String?

  /// Creates a verdict.
  public init(
    _ word: Word, protocolName: String? = nil, moreSeeds: Int? = nil, chance: Double? = nil,
    reason: String? = nil
  ) {
    self.word = word
    self.protocolName = protocolName
    self.moreSeeds = moreSeeds
    self.chance = chance
    self.reason = reason
  }

  /// The word with what belongs to it: the protocol's name, or the seeds that are needed.
  public var text: String {
    switch word {
    case .reproducedUnderAnotherProtocol: return "\(word.rawValue) (\(protocolName ?? "unnamed"))"
    case .inconclusive:
      guard let moreSeeds else { return word.rawValue }
      let needed =
        moreSeeds > 100 ? "over 100 more seeds" : PrintedNumber.count(moreSeeds, "more seed")
      return "\(word.rawValue) (needs \(needed))"
    default: return word.rawValue
    }
  }
}
