extension NoiseModel {
  /// The ways to write a noise, for help texts and error messages.
  public static let grammar =
    "clean, symmetric:RATE, symmetric-inclusive:RATE, pairflip:RATE, asymmetric:RATE, "
    + "instance:RATE[:unit|byte][:sdDEVIATION][:inLOWtoHIGH], with RATE in 0..<1"

  /// The name in records, tables and folders: kind and rate in percent, for example
  /// `symmetric-12.5`.
  ///
  /// Parameters of instance-dependent noise are added where they differ from those of EchoAlign's
  /// code, for example `instance-30-byte-in0to0.6`. Different models have different identifiers,
  /// and ``parse(_:)`` reads them.
  public var identifier: String {
    guard self != .clean else { return kind }
    let percent = DecimalText.percent(nominalRate)
    return ([kind, percent] + options(omitDefaults: true)).joined(separator: "-")
  }

  /// The name as printed in a table's head, for example `Symmetric 50 %`.
  public var displayName: String {
    let percent = DecimalText.percent(nominalRate) + " %"
    switch self {
    case .clean: return "Clean"
    case .symmetric: return "Symmetric \(percent)"
    case .symmetricInclusive: return "Symmetric (all classes) \(percent)"
    case .pairflip: return "Pairflip \(percent)"
    case .asymmetric: return "Asymmetric \(percent)"
    case .instance:
      let extra = options(omitDefaults: true)
      return "Instance \(percent)" + (extra.isEmpty ? "" : " (\(extra.joined(separator: ", ")))")
    }
  }

  /// What the noise does and what its rate means, in one or two sentences.
  public var conventionDescription: String {
    switch self {
    case .clean: return "Labels are left as they are."
    case .symmetric:
      return "Each label flips with the given rate to one of the other classes, with equal "
        + "chances; the true class is never redrawn, so the real noise rate equals the nominal one."
    case .symmetricInclusive:
      return "A share of the labels is redrawn uniformly over all K classes, the true one "
        + "included; the real noise rate is the nominal one times (K - 1) / K."
    case .pairflip:
      return "Each label flips with the given rate to the next class in the data set's order, "
        + "the last class to the first."
    case .asymmetric:
      return "CIFAR-10 truck → automobile, bird → airplane, cat ↔ dog and deer → horse, each with "
        + "the given rate; the five other classes keep their labels, so on balanced data the real "
        + "rate is half of it."
    case .instance(let noise):
      let range = "\(noise.truncation.lowerBound) to \(noise.truncation.upperBound)"
      let pixels = noise.pixelScale == .unit ? "pixels in 0 to 1" : "pixels in 0 to 255"
      return "Each image has its own flip rate, normal with mean \(noise.rate) and deviation "
        + "\(noise.standardDeviation) truncated to \(range); the target class comes from the "
        + "softmax of a random projection per clean class (\(pixels)), the true class excluded."
    }
  }

  /// Reads a noise written as `symmetric:0.5` (rate as a fraction) or by its identifier,
  /// `symmetric-50` (percent).
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
    let parts = text.dropFirst(kind.count + 1).split(
      separator: separator, omittingEmptySubsequences: false)
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

  static func simpleModel(_ kind: String, rate: Double) -> NoiseModel {
    switch kind {
    case "symmetric": return .symmetric(rate: rate)
    case "symmetric-inclusive": return .symmetricInclusive(rate: rate)
    case "pairflip": return .pairflip(rate: rate)
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

  /// The parameters beside the rate, as text.
  func options(omitDefaults: Bool) -> [String] {
    guard case .instance(let noise) = self else { return [] }
    let usual = InstanceDependentNoise(rate: noise.rate)
    var result: [String] = []
    if !omitDefaults || noise.pixelScale != usual.pixelScale {
      result.append(noise.pixelScale.rawValue)
    }
    if !omitDefaults || noise.standardDeviation != usual.standardDeviation {
      result.append("sd" + DecimalText.plain(noise.standardDeviation))
    }
    if !omitDefaults || noise.truncation != usual.truncation {
      let low = DecimalText.plain(noise.truncation.lowerBound)
      result.append("in\(low)to\(DecimalText.plain(noise.truncation.upperBound))")
    }
    return result
  }
}
