import Experiments
import Foundation
import LabelNoise
import Methods
import RunStore

/// A method's hyperparameters as names and texts, taken from its specification as a run stores it.
///
/// Nothing is listed by hand: what a configuration encodes is what is shown, so the table cannot drift from the runs.
struct Hyperparameters {
  /// The values by name, in alphabetical order of names.
  let values: [(name: String, text: String)]

  /// Reads a configuration.
  ///
  /// - Throws: ``RunStore/StoreError`` when it cannot be encoded.
  init(_ configuration: MethodConfiguration) throws {
    var values: [(name: String, text: String)] = []
    // An enumeration encodes as its case's name around the value.
    guard case .object(let cases) = try CanonicalJSON.tree(of: configuration),
      let members = cases.values.first
    else {
      self.values = []
      return
    }
    Self.collect(members, path: [], into: &values)
    self.values = values.sorted { $0.name < $1.name }
  }

  /// The text of a hyperparameter; nil where the configuration has none of the name.
  subscript(name: String) -> String? { values.first { $0.name == name }?.text }

  private static func collect(
    _ value: JSONValue, path: [String], into values: inout [(name: String, text: String)]
  ) {
    guard case .object(let members) = value else {
      values.append((path.isEmpty ? "value" : path.joined(separator: " "), text(of: value)))
      return
    }
    // The case of an enumeration without a value is an empty object.
    if members.isEmpty {
      values.append((path.dropLast().joined(separator: " "), path.last ?? ""))
    }
    for (name, member) in members {
      collect(member, path: name == "_0" ? path : path + [words(name)], into: &values)
    }
  }

  /// The digits of a number beyond which it is rounded, as thirds are.
  private static let longestNumber = 8

  private static func text(of value: JSONValue) -> String {
    switch value {
    case .null: return "none"
    case .bool(let value): return value ? "yes" : "no"
    case .integer(let value): return "\(value)"
    case .number(let value):
      let text = PlainNumber.text(value)
      return text.count > longestNumber ? PlainNumber.significant(value, digits: 4) : text
    case .string(let value): return value
    case .array(let values): return values.map(text).joined(separator: ", ")
    case .object: return "…"
    }
  }

  /// `warmUpShare` as `warm up share`.
  private static func words(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      text += character.isUppercase ? " \(character.lowercased())" : String(character)
    }
  }
}

/// One hyperparameter of a method under every noise, from every source.
struct HyperparameterRow: Hashable {
  /// Whose hyperparameters: those that runs here take at small and at the paper's scale, and those of the sources.
  enum Column: String, CaseIterable, Hashable {
    /// What the reduced profiles run.
    case reduced = "Here, reduced profiles"
    /// What the paper profile runs.
    case full = "Here, paper profile"
    /// What the method's own paper states.
    case paper = "Method's paper"
    /// What the method's released code does.
    case released = "Released code"

    var source: MethodSource {
      switch self {
      case .reduced, .full: return .ours
      case .paper: return .paper
      case .released: return .released
      }
    }
  }

  /// The method's name.
  var method: String
  /// The hyperparameter's name.
  var name: String
  /// The texts, in order of ``Column``.
  var texts: [String]

  /// The label noises of the paper's tables, on which hyperparameters may depend.
  static let noises: [NoiseModel] =
    [0.3, 0.5].map { .symmetric(rate: $0) } + [.pairflip(rate: 0.45)]
    + [0.3, 0.5].map { .instance(InstanceDependentNoise(rate: $0)) }

  /// Every hyperparameter of a method.
  ///
  /// - Throws: ``RunStore/StoreError`` when a configuration cannot be encoded.
  static func rows(of method: MethodCatalog.Entry, classes: Int) throws -> [HyperparameterRow] {
    let columns = try Column.allCases.map { column in
      try noises.map { noise in
        try Hyperparameters(
          method.configuration(
            column.source,
            MethodSetting(noise: noise, classes: classes, isReduced: column == .reduced)))
      }
    }
    let names = Set(columns.joined().flatMap { $0.values.map(\.name) }).sorted()
    return names.map { name in
      HyperparameterRow(
        method: method.displayName, name: name,
        texts: columns.map { sources in text(sources.map { $0[name] }) })
    }
  }

  /// The cells of the row: a long text that repeats the one before it is named so.
  var cells: [String] {
    texts.indices.map { index in
      index > 0 && texts[index] == texts[index - 1] && texts[index].contains("; ")
        ? "the same" : texts[index]
    }
  }

  /// One text where all noises agree, else every text with the noises that have it.
  private static func text(_ texts: [String?]) -> String {
    var groups: [(text: String, noises: [String])] = []
    for (text, noise) in zip(texts, noises) {
      let text = text ?? "–"
      if let index = groups.firstIndex(where: { $0.text == text }) {
        groups[index].noises.append(noise.identifier)
      } else {
        groups.append((text, [noise.identifier]))
      }
    }
    guard groups.count > 1 else { return groups.first?.text ?? "–" }
    return groups.map { "\($0.text) (\($0.noises.joined(separator: ", ")))" }
      .joined(separator: "; ")
  }
}
