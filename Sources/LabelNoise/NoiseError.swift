/// What can be wrong with a noise description, with the data it is applied to, or with a stored
/// label file.
public enum NoiseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A noise rate lies outside 0..<1.
  case rateOutOfRange(kind: String, rate: Double)
  /// A parameter of a noise model lies outside its range.
  case parameterOutOfRange(name: String, found: String, allowed: String)
  /// No kind of noise has this name.
  case unknownKind(found: String)
  /// A text names a kind of noise but the rest of it cannot be read.
  case malformed(text: String, expected: String)
  /// The kind of noise does not exist for this number of classes.
  case wrongClassCount(kind: String, required: String, found: Int)
  /// A label lies outside 0..<classes.
  case labelOutOfRange(index: Int, label: Int, classes: Int)
  /// Instance-dependent noise was asked for without pixels.
  case pixelsMissing(kind: String)
  /// The pixels do not belong to as many images as there are labels.
  case pixelCount(images: Int, labels: Int)
  /// Labels that come with the data were asked for, but the caller gave none.
  case givenLabelsMissing(set: String)
  /// There are more or fewer given labels than clean ones.
  case givenLabelCount(set: String, given: Int, labels: Int)
  /// A given label lies outside 0..<classes.
  case givenLabelOutOfRange(set: String, index: Int, label: Int, classes: Int)
  /// The rows of a transition matrix are no probability distributions over the classes.
  case notStochastic(row: Int, found: String)
  /// A line of a label file cannot be read or contradicts what it should hold.
  case labelFile(line: Int, found: String, expected: String)

  /// One sentence with the offending values and what is allowed.
  public var description: String {
    switch self {
    case .rateOutOfRange(let kind, let rate):
      return "\(kind) noise: rate \(rate) is outside the allowed range 0 ≤ rate < 1"
    case .parameterOutOfRange(let name, let found, let allowed):
      return "noise parameter \(name): \(found) is not allowed; allowed: \(allowed)"
    case .unknownKind(let found):
      return "unknown noise \"\(found)\"; known: \(NoiseModel.grammar)"
    case .malformed(let text, let expected):
      return "cannot read noise \"\(text)\"; expected \(expected)"
    case .wrongClassCount(let kind, let required, let found):
      return "\(kind) noise needs \(required) classes, the labels have \(found)"
    case .labelOutOfRange(let index, let label, let classes):
      return "label \(label) at index \(index) is outside 0..<\(classes)"
    case .pixelsMissing(let kind):
      return "\(kind) noise depends on the images, but no pixels were given"
    case .pixelCount(let images, let labels):
      return "pixels of \(images) images were given for \(labels) labels"
    case .givenLabelsMissing(let set):
      return "given:\(set) takes the labels that come with the data, but none were given"
    case .givenLabelCount(let set, let given, let labels):
      return "given:\(set): \(given) labels were given for \(labels) clean labels"
    case .givenLabelOutOfRange(let set, let index, let label, let classes):
      return "given:\(set): label \(label) at index \(index) is outside 0..<\(classes)"
    case .notStochastic(let row, let found):
      return "transition matrix, row \(row): \(found)"
    case .labelFile(let line, let found, let expected):
      return "label file, line \(line): found \"\(found)\", expected \(expected)"
    }
  }
}
