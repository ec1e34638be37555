extension NoiseModel: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind, set, rate, pixelScale, standardDeviation, truncation
  }

  /// Any key, to find those that should not be there.
  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Decodes a noise from an object with its kind and its parameters.
  ///
  /// Throws `DecodingError` for an unknown kind, a missing or unknown key, and a value out of
  /// range.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let kind = try container.decode(String.self, forKey: .kind)
    var known: [CodingKeys] = [.kind]
    switch kind {
    case "clean": self = .clean
    case "instance":
      let ends = try container.decode([Double].self, forKey: .truncation)
      guard ends.count == 2, ends[0] <= ends[1] else {
        throw DecodingError.dataCorruptedError(
          forKey: .truncation, in: container,
          debugDescription: "\(ends) is no interval; expected its lower and its upper end")
      }
      self = .instance(
        InstanceDependentNoise(
          rate: try container.decode(Double.self, forKey: .rate),
          pixelScale: try container.decode(PixelScale.self, forKey: .pixelScale),
          standardDeviation: try container.decode(Double.self, forKey: .standardDeviation),
          truncation: ends[0]...ends[1]))
      known += [.rate, .pixelScale, .standardDeviation, .truncation]
    case "annotator-like":
      self = .annotatorLike(try container.decode(CIFAR10NSet.self, forKey: .set))
      known.append(.set)
    case "given":
      self = .given(
        GivenLabels(
          set: try container.decode(String.self, forKey: .set),
          rate: try container.decode(Double.self, forKey: .rate)))
      known += [.set, .rate]
    case _ where NoiseModel.kinds.contains(kind):
      known.append(.rate)
      self = NoiseModel.simpleModel(kind, rate: try container.decode(Double.self, forKey: .rate))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container, debugDescription: "\(NoiseError.unknownKind(found: kind))")
    }
    let names = Set(known.map(\.rawValue))
    for key in try decoder.container(keyedBy: AnyKey.self).allKeys
    where !names.contains(key.stringValue) {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath + [key],
          debugDescription: "\(kind) noise has no \"\(key.stringValue)\"; it has \(names.sorted())")
      )
    }
    do {
      try validate()
    } catch {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\(error)"))
    }
  }

  /// Encodes the kind and every parameter, defaults included.
  ///
  /// The rate of ``annotatorLike(_:)`` is a fact of its set, not a parameter.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    if let set { try container.encode(set, forKey: .set) }
    switch self {
    case .clean, .annotatorLike: break
    default: try container.encode(nominalRate, forKey: .rate)
    }
    if case .instance(let noise) = self {
      try container.encode(noise.pixelScale, forKey: .pixelScale)
      try container.encode(noise.standardDeviation, forKey: .standardDeviation)
      try container.encode(
        [noise.truncation.lowerBound, noise.truncation.upperBound], forKey: .truncation)
    }
  }
}
