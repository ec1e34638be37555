extension NoiseModel {
  /// The name in records, tables and folders: kind and rate in percent, for example
  /// `symmetric-12.5`.
  ///
  /// Parameters of instance-dependent noise are added where they differ from those of EchoAlign's
  /// code, for example `instance-30-byte-in0to0.6`. Label sets of CIFAR-N imply their rate:
  /// `annotator-like-random1`, `given-random1`; other given sets have it, `given-own-labels-20`.
  /// Different models have different identifiers, and ``parse(_:)`` reads them.
  public var identifier: String {
    var parts = [kind]
    if let set { parts.append(set) }
    if !impliesRate { parts.append(DecimalText.percent(nominalRate)) }
    return (parts + options(omitDefaults: true)).joined(separator: "-")
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
    case .asymmetricSuperclass: return "Asymmetric (super-class) \(percent)"
    case .asymmetricBlocks: return "Asymmetric (blocks of five) \(percent)"
    case .asymmetricNext: return "Asymmetric (next class) \(percent)"
    case .annotatorLike(let set): return "Annotator-like \(set.rawValue) (\(percent))"
    case .given(let labels): return "Given \(labels.set) (\(percent))"
    case .instance:
      let extra = options(omitDefaults: true)
      return "Instance \(percent)" + (extra.isEmpty ? "" : " (\(extra.joined(separator: ", ")))")
    }
  }

  /// The name of the label set, of the kinds that have one.
  var set: String? {
    switch self {
    case .annotatorLike(let set): return set.rawValue
    case .given(let labels): return labels.set
    default: return nil
    }
  }

  /// Whether kind and label set say the rate, so that names leave it out.
  var impliesRate: Bool {
    switch self {
    case .clean, .annotatorLike: return true
    case .given(let labels): return GivenLabels.known(labels.set) == labels
    default: return false
    }
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
