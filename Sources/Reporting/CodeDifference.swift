/// A difference between what a paper says and what its released code does.
public struct CodeDifference: Codable, Hashable, Sendable {
  /// What it is about, such as `training set`.
  public var topic: String
  /// What the paper says.
  public var paper: String
  /// What the code does.
  public var code: String
  /// Which of them is followed here.
  public var followed: String
  /// What the difference is worth, where it is known; nil where it is not.
  public var effect: String?

  /// Creates an entry of the register.
  public init(topic: String, paper: String, code: String, followed: String, effect: String? = nil) {
    self.topic = topic
    self.paper = paper
    self.code = code
    self.followed = followed
    self.effect = effect
  }
}
