import RunStore

/// How methods, networks and noises are called in an export, from their part of a specification.
///
/// A specification is read as a tree here, so a name of the suite's catalogues has to come from who knows them: give a
/// function that returns nil for what it does not know.
public struct RunNames: Sendable {
  /// The name of a specification's `method`.
  public var method: @Sendable (JSONValue) -> String?
  /// The name of a specification's `model`.
  public var model: @Sendable (JSONValue) -> String?

  /// Creates names.
  public init(
    method: @escaping @Sendable (JSONValue) -> String? = { _ in nil },
    model: @escaping @Sendable (JSONValue) -> String? = { _ in nil }
  ) {
    self.method = method
    self.model = model
  }

  /// The one member of an enumeration's tree, in kebab-case, and what it holds: `co-teaching` of `{"coTeaching":…}`.
  static func plain(_ value: JSONValue) -> String? {
    switch value {
    case .string(let name): name
    case .object(let members) where members.count == 1: members.keys.first.map(kebab)
    default: nil
    }
  }

  /// `coTeaching` as `co-teaching`, `smallCNN` as `small-cnn`.
  static func kebab(_ name: String) -> String {
    let letters = Array(name)
    var result = ""
    for (index, letter) in letters.enumerated() {
      if letter.isUppercase, index > 0 {
        let isAfterSmall = letters[index - 1].isLowercase || letters[index - 1].isNumber
        let isBeforeSmall = index + 1 < letters.count && letters[index + 1].isLowercase
        if isAfterSmall || (isBeforeSmall && letters[index - 1].isUppercase) { result += "-" }
      }
      result += letter.lowercased()
    }
    return result
  }
}
