/// An option of a loss that can be named: a number within bounds, or one of some words.
public struct LossOption: Hashable, Sendable {
  /// The name on the command line.
  public let name: String
  /// The value that it has when it is not named.
  public let defaultValue: String
  /// What it means, in one line.
  public let meaning: String
  /// The values that are allowed, in words.
  public var allowed: String {
    switch domain {
    case .number(let bounds): bounds.description
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    }
  }

  private let domain: Domain

  private enum Domain: Hashable, Sendable {
    case number(Bounds)
    case choice([String])
  }

  /// An interval of numbers.
  struct Bounds: Hashable, Sendable, CustomStringConvertible {
    var lower: Double
    var includesLower: Bool
    var upper: Double

    /// The weights of the parts of a sum.
    static let weight = Bounds(lower: 0, includesLower: true, upper: 1e6)
    /// The offset of the asymmetric unhinged loss; with ``exponent`` it keeps every value finite in float32.
    static let offset = above(1, to: 1000)
    /// The exponent of the asymmetric unhinged loss.
    static let exponent = above(0, to: 10)

    static func above(_ lower: Double, to upper: Double) -> Bounds {
      Bounds(lower: lower, includesLower: false, upper: upper)
    }

    func contains(_ value: Double) -> Bool {
      (includesLower ? value >= lower : value > lower) && value <= upper
    }

    var description: String {
      "a number \(includesLower ? "from" : "above") \(LossOption.text(lower))"
        + " \(includesLower ? "to" : "and at most") \(LossOption.text(upper))"
    }
  }

  static func number(
    _ name: String, _ value: Double, _ bounds: Bounds, _ meaning: String
  ) -> LossOption {
    LossOption(
      name: name, defaultValue: text(value), meaning: meaning, domain: .number(bounds))
  }

  /// A choice among words, of which the first is the default.
  static func choice(_ name: String, _ words: [String], _ meaning: String) -> LossOption {
    LossOption(
      name: name, defaultValue: words.first ?? "", meaning: meaning, domain: .choice(words))
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && value.magnitude <= 1e6 ? "\(Int(value))" : "\(value)"
  }

  private func accepts(_ value: String) -> Bool {
    switch domain {
    case .number(let bounds): Double(value).map(bounds.contains) ?? false
    case .choice(let words): words.contains(value)
    }
  }

  /// The values of all of a loss's options.
  struct Values: Sendable {
    private var texts: [String: String]

    /// Reads values and completes them with the defaults.
    init(_ named: [(key: String, value: String)], of entry: LossCatalog.Entry) throws {
      texts = [:]
      for (key, value) in named {
        guard let option = entry.options.first(where: { $0.name == key }) else {
          let known = entry.options.map(\.name).joined(separator: ", ")
          throw LossError(
            "\(entry.name) has no option '\(key)'; "
              + (known.isEmpty ? "it takes none" : "its options are \(known)"))
        }
        guard texts[key] == nil else {
          throw LossError("\(entry.name): the option '\(key)' is given twice")
        }
        guard option.accepts(value) else {
          throw LossError("\(entry.name): \(key) must be \(option.allowed), found '\(value)'")
        }
        texts[key] = value
      }
      for option in entry.options where texts[option.name] == nil {
        texts[option.name] = option.defaultValue
      }
    }

    /// The number of an option.
    subscript(_ name: String) -> Double {
      guard let value = texts[name].flatMap(Double.init) else {
        preconditionFailure("'\(name)' is no number among \(texts.keys.sorted())")
      }
      return value
    }

    /// The word of an option.
    func choice(_ name: String) -> String {
      guard let word = texts[name] else {
        preconditionFailure("'\(name)' is no option among \(texts.keys.sorted())")
      }
      return word
    }
  }
}
