/// What all reports together say about an entry of the ledger.
public struct LedgerVerdict: Hashable, Sendable {
  /// The entry.
  public let entry: LedgerEntry
  /// Every claim of a report that speaks to it, those that count first.
  public let parts: [LedgerPart]
  /// The word, by the rule of ``Ledger/combination``.
  public let verdict: Verdict
  /// What it would take to settle the entry, in sentences.
  public let needs: [String]

  /// The parts that count.
  public var counted: [LedgerPart] { parts.filter { $0.setAside == nil } }

  /// Whether something that counts was tested and does not hold.
  public var isRefuted: Bool {
    verdict.word == .notReproduced || verdict.word == .contradicted
  }

  /// Combines the claims of reports.
  ///
  /// - Parameters:
  ///   - entry: The entry.
  ///   - parts: All claims that speak to it; those set aside already keep their reason.
  init(_ entry: LedgerEntry, parts: [LedgerPart]) {
    let sorted = Self.settingAside(parts)
    self.entry = entry
    self.parts = sorted.filter { $0.setAside == nil } + sorted.filter { $0.setAside != nil }
    let counted = sorted.filter { $0.setAside == nil }
    verdict = Self.combined(counted, entry: entry, all: sorted)
    needs = Self.needs(entry, counted: counted, word: verdict.word)
  }

  /// Sets aside what another report says better about the same claim.
  private static func settingAside(_ parts: [LedgerPart]) -> [LedgerPart] {
    let eligible = Dictionary(grouping: parts.filter { $0.setAside == nil }, by: \.claim)
    return parts.map { part in
      guard part.setAside == nil, let others = eligible[part.claim] else { return part }
      var part = part
      if let paper = others.first(where: { $0.isDecided && $0.isPaperScale }) {
        if !part.isPaperScale { part.setAside = "decided at the paper's scale in \(paper.folder)" }
      }
      if part.isDecided || part.setAside != nil { return part }
      if let other = others.first(where: \.isDecided) {
        part.setAside = "decided in \(other.folder)"
      } else if let first = others.first(where: { $0.verdict.word == .notRun }) ?? others.first,
        first != part
      {
        part.setAside = "without verdict in \(first.folder) as well"
      }
      return part
    }
  }

  private static func combined(
    _ counted: [LedgerPart], entry: LedgerEntry, all: [LedgerPart]
  ) -> Verdict {
    let decided = counted.filter(\.isDecided)
    guard !decided.isEmpty else { return undecided(counted, entry: entry, all: all) }
    for word in [Verdict.Word.contradicted, .notReproduced, .inconclusive] {
      let parts = decided.filter { $0.verdict.word == word }
      guard !parts.isEmpty else { continue }
      return Verdict(
        word, reason: counted.count == 1 ? nil : "in \(parts.count) of \(counted.count) parts")
    }
    let open = counted.count - decided.count
    if open > 0 {
      return Verdict(
        .inconclusive,
        reason: "\(decided.count) of \(counted.count) parts hold, and the others have no verdict")
    }
    if let other = decided.first(where: { $0.verdict.word == .reproducedUnderAnotherProtocol }) {
      return Verdict(.reproducedUnderAnotherProtocol, protocolName: other.verdict.protocolName)
    }
    return Verdict(.reproduced)
  }

  private static func undecided(
    _ counted: [LedgerPart], entry: LedgerEntry, all: [LedgerPart]
  ) -> Verdict {
    if counted.isEmpty && entry.sources.isEmpty {
      return Verdict(.notTestable, reason: "no measurement can decide it")
    }
    guard !counted.isEmpty else {
      let commands = PrintedNumber.list(entry.sources.map(\.command))
      return Verdict(
        .notRun,
        reason: all.isEmpty
          ? "no report speaks to it yet: \(commands)" : "no report that counts speaks to it")
    }
    if counted.contains(where: { $0.verdict.word == .notRun }) {
      return Verdict(.notRun, reason: counted.first { $0.verdict.word == .notRun }?.verdict.reason)
    }
    return Verdict(.notTestable, reason: counted.first?.verdict.reason)
  }

  private static func needs(
    _ entry: LedgerEntry, counted: [LedgerPart], word: Verdict.Word
  ) -> [String] {
    guard word != .reproduced else { return [] }
    var needs: [String] = []
    let seeds = counted.filter { $0.verdict.word == .inconclusive }.compactMap { part in
      part.verdict.moreSeeds.map { (part, $0) }
    }
    if let (part, most) = seeds.max(by: { $0.1 < $1.1 }) {
      let number = most > 100 ? "over 100" : "\(most)"
      needs.append(
        "At the \(part.profile) profile, \(number) more \(most == 1 ? "seed" : "seeds"), if effects "
          + "are as measured (\(part.claim) needs the most).")
    }
    let hopeless = counted.count {
      $0.verdict.word == .inconclusive && $0.verdict.moreSeeds == nil
    }
    if hopeless > 0 {
      let parts = PrintedNumber.count(hopeless, "inconclusive part")
      needs.append(
        "For \(parts) no number of seeds would show the claim, if effects are as measured.")
    }
    let spoken = Set(counted.map(\.folder))
    let missing = entry.sources.filter { source in
      !spoken.contains { $0 == source.report || $0.hasPrefix(source.report + "-") }
    }
    if !missing.isEmpty { needs.append("Run \(PrintedNumber.list(missing.map(\.command))).") }
    if !entry.needs.isEmpty { needs.append(entry.needs) }
    return needs
  }
}
