/// A claim's verdict with its evidence.
public struct Judgement: Codable, Hashable, Sendable {
  /// What the verdict is about.
  public enum Scope: String, Codable, Hashable, Sendable {
    /// The claim at the paper's scale.
    case paperScale = "paper scale"
    /// The claim's ordering at a reduced scale or on other data.
    case orderingOnly = "ordering only"
  }

  /// The claim.
  public var claim: PaperClaim
  /// The verdict.
  public var verdict: Verdict
  /// What the verdict is about.
  public var scope: Scope
  /// The evidence under the report's own protocol; nil when nothing was tested.
  public var evidence: Evidence?
  /// The evidence under the other protocols.
  public var otherEvidence: [Evidence]
  /// What the paper's own numbers say about the rule; nil when they say nothing.
  public var publishedReading: String?

  /// Whether the claim was tested here and did not hold.
  public var isRefuted: Bool {
    verdict.word == .notReproduced || verdict.word == .contradicted
  }

  /// What decided, in a sentence or two.
  public var explanation: String {
    guard let evidence else { return verdict.reason.map(Self.sentence) ?? "" }
    var sentences: [String] = []
    if let reason = verdict.reason { sentences.append(reason) }
    sentences.append(Self.summary(of: evidence))
    if let other = otherEvidence.first(where: { $0.protocolName == verdict.protocolName }) {
      sentences.append(Self.summary(of: other))
    }
    return sentences.filter { !$0.isEmpty }.map(Self.sentence).joined(separator: " ")
  }

  private static func sentence(_ text: String) -> String {
    let opened = text.prefix(1).uppercased() + text.dropFirst()
    return opened.hasSuffix(".") ? opened : opened + "."
  }

  private static func summary(of evidence: Evidence) -> String {
    if let readings = evidence.readings { return summary(of: readings, evidence.holds) }
    var parts: [String] = []
    let count = evidence.settings.count
    if count > 1 { parts.append("means agree in \(evidence.supporting) of \(count) settings") }
    if let hardest = evidence.settings.max(by: { ($0.p ?? 1) < ($1.p ?? 1) }) {
      var text = count > 1 ? "hardest: \(hardest.name)" : hardest.name
      if let rival = hardest.rival { text += " against \(rival)" }
      if let effect = hardest.effect {
        text += ", difference \(PrintedNumber.points(effect)) points"
        if let lower = hardest.lower, let upper = hardest.upper {
          text +=
            " (95 % interval \(PrintedNumber.points(lower)) to \(PrintedNumber.points(upper)))"
        }
      }
      text += ", n = \(hardest.n)"
      parts.append(text)
    }
    if let p = evidence.holds {
      parts.append(
        "\(PrintedNumber.relation("p", p.raw)), corrected \(PrintedNumber.probability(p.adjusted))")
    }
    let mark = evidence.usesTestLabels ? " †" : ""
    return "\(evidence.protocolName)\(mark): " + parts.joined(separator: "; ")
  }

  private static func summary(
    of readings: [Evidence.Reading], _ holds: Evidence.PValue?
  ) -> String {
    guard let hardest = readings.max(by: { ($0.p ?? 1) < ($1.p ?? 1) }) else { return "" }
    let number = PrintedNumber.significant
    var text = readings.count > 1 ? "hardest of \(readings.count): " : ""
    text += "\(hardest.name) is \(hardest.mean.map { number($0) } ?? "unknown")"
    if !hardest.unit.isEmpty { text += " \(hardest.unit)" }
    if let lower = hardest.lower, let upper = hardest.upper {
      text += " (95 % interval \(number(lower)) to \(number(upper)))"
    }
    text += ", claimed \(hardest.bound)"
    if hardest.isExact { return text + "; its value alone decides, without spread over seeds" }
    text += ", n = \(hardest.n)"
    guard let holds else { return text }
    return text + "; \(PrintedNumber.relation("p", holds.raw)), corrected "
      + PrintedNumber.probability(holds.adjusted)
  }
}
