/// The reason why a figure has no number at a place, with the mark that stands there instead.
public struct Absence: Hashable, Sendable {
  /// One or two characters drawn in place of the number.
  public var mark: String
  /// What the mark means, for the legend.
  public var explanation: String

  /// Creates a reason of one's own.
  public init(mark: String, explanation: String) {
    self.mark = mark
    self.explanation = explanation
  }

  /// Nobody has run it yet.
  public static let notRun = Absence(mark: "–", explanation: "not run")
  /// The run ended with an error.
  public static let failed = Absence(mark: "×", explanation: "failed")
  /// The loss became infinite or not a number.
  public static let diverged = Absence(mark: "∞", explanation: "diverged")
  /// Data or weights that it needs are not there.
  public static let unavailable = Absence(mark: "∅", explanation: "data or weights unavailable")
  /// The paper prints no number.
  public static let notPublished = Absence(mark: "·", explanation: "not published")
}
