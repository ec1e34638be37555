import Foundation
import Methods
import RunStore

/// A hyperparameter that a method does not have, or a value that it cannot take.
public struct MethodOptionError: ReportableError, Hashable {
  /// The option, what was found, and what the method has.
  public let message: String
  /// 64.
  public var exitStatus: ExitStatus { .usage }
}

extension MethodConfiguration {
  /// The same method with some hyperparameters replaced, each named as in its specification.
  ///
  /// Values are written as in JSON; what is no JSON is taken as text, so that the cases of an enumeration need no quotes. A
  /// member of a member is named with a point between.
  ///
  /// - Throws: ``MethodOptionError`` for a name that the method does not have, or a value that does not fit.
  public func applying(_ options: [(key: String, value: String)]) throws -> MethodConfiguration {
    guard !options.isEmpty else { return self }
    guard case .object(let cases) = try CanonicalJSON.tree(of: self), let name = cases.keys.first,
      var members = cases[name]?["_0"]
    else { throw MethodOptionError(message: "the method has no options") }
    let known = Self.names(of: members)
    for (key, text) in options {
      guard known.contains(key) else {
        throw MethodOptionError(
          message: "the method has no option '\(key)': expected one of "
            + known.sorted().joined(separator: ", "))
      }
      let value =
        (try? CanonicalJSON.decode(JSONValue.self, from: Data(text.utf8))) ?? .string(text)
      members = Self.replace(
        key.split(separator: ".").map(String.init)[...], in: members, by: value)
    }
    do {
      return try CanonicalJSON.decodeStrictly(
        MethodConfiguration.self,
        from: try CanonicalJSON.encode(JSONValue.object([name: .object(["_0": members])])))
    } catch let error as StoreError {
      throw MethodOptionError(message: "bad value of a method's option: \(error.message)")
    }
  }

  /// The names of all members, those within members with a point between.
  private static func names(of value: JSONValue, under prefix: String = "") -> Set<String> {
    guard case .object(let members) = value else { return [] }
    return members.reduce(into: []) { names, member in
      names.insert(prefix + member.key)
      names.formUnion(Self.names(of: member.value, under: prefix + member.key + "."))
    }
  }

  private static func replace(
    _ path: ArraySlice<String>, in value: JSONValue, by replacement: JSONValue
  ) -> JSONValue {
    guard let first = path.first else { return replacement }
    guard case .object(var members) = value else { return value }
    members[first] = replace(path.dropFirst(), in: members[first] ?? .null, by: replacement)
    return .object(members)
  }
}
