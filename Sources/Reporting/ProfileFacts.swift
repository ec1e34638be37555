/// What a report must say of the scale that its numbers were made at.
public struct ProfileFacts: Codable, Hashable, Sendable {
  /// One difference between the paper's protocol and the profile's.
  public struct Difference: Codable, Hashable, Sendable {
    /// What differs, such as `network`.
    public var topic: String
    /// What the paper uses.
    public var paper: String
    /// What this profile uses.
    public var here: String

    /// Creates a difference.
    public init(topic: String, paper: String, here: String) {
      self.topic = topic
      self.paper = paper
      self.here = here
    }
  }

  /// The profile's name, such as `quick`.
  public var name: String
  /// Whether the numbers are at the paper's scale, so that they may be compared with its numbers.
  public var isPaperScale: Bool
  /// What stands for each data set of the paper, by the paper's name, such as `CIFAR-10`.
  public var dataSets: [String: String]
  /// What differs from the paper's protocol.
  public var differences: [Difference]

  /// Creates the facts of a profile.
  public init(
    name: String, isPaperScale: Bool, dataSets: [String: String], differences: [Difference]
  ) {
    self.name = name
    self.isPaperScale = isPaperScale
    self.dataSets = dataSets
    self.differences = differences
  }

  /// What the profile's numbers may be used for, in a sentence.
  public var scopeNote: String {
    isPaperScale
      ? "Numbers of this profile are compared with published ones, and orderings are tested."
      : "The \(name) profile tests orderings only: its numbers are made on other data or at a "
        + "smaller scale and enter no verdict on a published value."
  }
}
