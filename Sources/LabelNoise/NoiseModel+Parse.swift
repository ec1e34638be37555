extension NoiseModel {
  /// The ways to write a noise, for help texts and error messages.
  public static let grammar =
    "clean, symmetric:RATE, symmetric-inclusive:RATE, pairflip:RATE, asymmetric:RATE, "
    + "asymmetric-superclass:RATE, asymmetric-blocks:RATE, asymmetric-next:RATE, "
    + "instance:RATE[:unit|byte][:sdDEVIATION][:inLOWtoHIGH], "
    + "annotator-like:\(CIFAR10NSet.allCases.map(\.rawValue).joined(separator: "|")), "
    + "given:SET[:RATE], with RATE in 0..<1"

  /// Reads a noise written as `symmetric:0.5` (rate as a fraction) or by its identifier,
  /// `symmetric-50` (percent); label sets as `given:random1`, `given:own-labels:0.2` or by theirs.
  ///
  /// Throws ``NoiseError/unknownKind(found:)``, whose message lists what is known,
  /// ``NoiseError/malformed(text:expected:)``, or the error of a parameter that is out of range.
  public static func parse(_ text: String) throws(NoiseError) -> NoiseModel {
    if text == "clean" { return .clean }
    let isIdentifier = !text.contains(":")
    let separator: Character = isIdentifier ? "-" : ":"
    // The longest kind first: `symmetric-inclusive` begins with `symmetric`.
    let candidates = kinds.dropFirst().sorted { $0.count > $1.count }
    let found = candidates.first { text == $0 || text.hasPrefix($0 + String(separator)) }
    guard let kind = found else { throw .unknownKind(found: text) }
    let rest = text.dropFirst(kind.count + 1)
    switch kind {
    case "annotator-like": return .annotatorLike(try annotatorSet(rest, of: text))
    case "given":
      let labels = try givenLabels(rest, isIdentifier: isIdentifier, of: text)
      try labels.validate()
      return .given(labels)
    default: break
    }
    let parts = rest.split(separator: separator, omittingEmptySubsequences: false)
    guard let rateText = parts.first,
      let rate = DecimalText.number(rateText, percent: isIdentifier)
    else {
      throw .malformed(text: text, expected: "\(kind):RATE with RATE in 0..<1, or \(kind)-PERCENT")
    }
    let model: NoiseModel
    switch kind {
    case "instance":
      model = .instance(try instanceNoise(rate: rate, options: parts.dropFirst(), of: text))
    default:
      guard parts.count == 1 else {
        throw .malformed(text: text, expected: "nothing after the rate of \(kind) noise")
      }
      model = simpleModel(kind, rate: rate)
    }
    try model.validate()
    return model
  }

  /// The model of a kind that has nothing but a rate.
  static func simpleModel(_ kind: String, rate: Double) -> NoiseModel {
    switch kind {
    case "symmetric": return .symmetric(rate: rate)
    case "symmetric-inclusive": return .symmetricInclusive(rate: rate)
    case "pairflip": return .pairflip(rate: rate)
    case "asymmetric-superclass": return .asymmetricSuperclass(rate: rate)
    case "asymmetric-blocks": return .asymmetricBlocks(rate: rate)
    case "asymmetric-next": return .asymmetricNext(rate: rate)
    default: return .asymmetric(rate: rate)
    }
  }

  private static func instanceNoise(
    rate: Double, options: ArraySlice<Substring>, of text: String
  ) throws(NoiseError) -> InstanceDependentNoise {
    var noise = InstanceDependentNoise(rate: rate)
    for option in options {
      if let scale = PixelScale(rawValue: String(option)) {
        noise.pixelScale = scale
      } else if option.hasPrefix("sd"), let value = Double(option.dropFirst(2)) {
        noise.standardDeviation = value
      } else if option.hasPrefix("in"), let range = interval(option.dropFirst(2)) {
        noise.truncation = range
      } else {
        throw .malformed(
          text: text, expected: "unit, byte, sdDEVIATION or inLOWtoHIGH in place of \"\(option)\"")
      }
    }
    return noise
  }

  private static func interval(_ text: Substring) -> ClosedRange<Double>? {
    let ends = text.split(separator: "to", omittingEmptySubsequences: false).map { Double($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else { return nil }
    return low...high
  }

  /// The set of `annotator-like:SET`.
  private static func annotatorSet(
    _ name: Substring, of text: String
  ) throws(NoiseError) -> CIFAR10NSet {
    guard let set = CIFAR10NSet(rawValue: String(name)) else {
      let sets = CIFAR10NSet.allCases.map(\.rawValue).joined(separator: ", ")
      throw .malformed(text: text, expected: "annotator-like:SET with SET among \(sets)")
    }
    return set
  }

  /// The labels of `given:SET`, `given:SET:RATE`, `given-SET` or `given-SET-PERCENT`.
  ///
  /// Names may hold dashes: in an identifier the rate is what follows the last one, unless the whole
  /// is the name of a set whose rate is known.
  private static func givenLabels(
    _ rest: Substring, isIdentifier: Bool, of text: String
  ) throws(NoiseError) -> GivenLabels {
    if let known = GivenLabels.known(String(rest)) { return known }
    guard let end = rest.lastIndex(of: isIdentifier ? "-" : ":"),
      let rate = DecimalText.number(rest[rest.index(after: end)...], percent: isIdentifier)
    else {
      let sets = GivenLabels.known.map(\.set).joined(separator: ", ")
      throw .malformed(
        text: text,
        expected: "given:SET:RATE with RATE in 0..<1; the rate may be left out for \(sets)")
    }
    return GivenLabels(set: String(rest[..<end]), rate: rate)
  }
}
