extension NoisyLabels {
  /// The first line of a label file.
  private static let header = "index,clean,noisy"

  /// The labels as a file: the line `index,clean,noisy`, then one line per label, each ended by a
  /// line feed.
  ///
  /// Equal labels always give equal bytes, so a digest of the text identifies the draw.
  public var csv: String {
    var text = NoisyLabels.header + "\n"
    text.reserveCapacity(12 * count + 32)
    for index in 0..<count { text += "\(index),\(clean[index]),\(noisy[index])\n" }
    return text
  }

  /// The name of the label file: data set, number of labels, and every parameter and the seed of
  /// the noise.
  ///
  /// For example `fashion-mnist-n60000-instance-0.45-unit-sd0.1-in0to1-seed3.csv`. Rates are
  /// written with all their digits: two different draws never share a name. Labels that come with
  /// the data are named by their set, since neither rate nor seed changes them:
  /// `cifar-10-n50000-given-random1-anyseed.csv`.
  public func fileName(dataset: String) -> String {
    var parts = [dataset, "n\(count)", model.kind]
    switch model {
    case .clean: break
    case .annotatorLike(let set): parts.append(set.rawValue)
    case .given(let labels): return (parts + [labels.set, "anyseed.csv"]).joined(separator: "-")
    default: parts.append(DecimalText.plain(model.nominalRate))
    }
    parts += model.options(omitDefaults: false)
    return parts.joined(separator: "-") + "-seed\(seed).csv"
  }

  /// Reads a label file back.
  ///
  /// - Parameters:
  ///   - csv: The text of the file.
  ///   - classes: The number of classes.
  ///   - model: The noise that the file is expected to hold.
  ///   - seed: The seed of that noise.
  ///   - expected: The clean labels of the data set, if they are to be compared with those of the
  ///     file.
  /// - Throws: ``NoiseError/labelFile(line:found:expected:)`` with the number of the first line
  ///   that is not as it should be: header, index in order, three whole numbers, labels in range,
  ///   clean labels as given, and a line feed at the end.
  public init(
    csv: String, classes: Int, model: NoiseModel, seed: UInt64, clean expected: [Int]? = nil
  ) throws(NoiseError) {
    var lines = csv.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    guard let first = lines.popFirst(), first.elementsEqual(NoisyLabels.header.utf8) else {
      let found = String(csv.prefix { $0 != "\n" }.prefix(80))
      throw .labelFile(line: 1, found: found, expected: NoisyLabels.header)
    }
    guard let last = lines.popLast(), last.isEmpty else {
      throw .labelFile(
        line: lines.count + 2, found: "end of file", expected: "a line feed after the last label")
    }
    var clean: [Int] = []
    var noisy: [Int] = []
    clean.reserveCapacity(lines.count)
    noisy.reserveCapacity(lines.count)
    for line in lines {
      let index = clean.count
      let labels = NoisyLabels.labels(line, index: index, classes: classes)
      guard let labels else {
        throw .labelFile(
          line: index + 2, found: "\(Substring(line).prefix(80))",
          expected: "\(index) and two labels in 0..<\(classes)")
      }
      clean.append(labels.clean)
      noisy.append(labels.noisy)
      if let expected, index < expected.count, expected[index] != labels.clean {
        throw .labelFile(
          line: index + 2, found: "clean label \(labels.clean)",
          expected: "\(expected[index]), the label of the data set")
      }
    }
    if let expected, expected.count != clean.count {
      throw .labelFile(
        line: clean.count + 2, found: "\(clean.count) labels", expected: "\(expected.count)")
    }
    self.init(clean: clean, noisy: noisy, classes: classes, model: model, seed: seed)
  }

  /// The two labels of a line, or nil if it is not exactly the line of this index with labels in
  /// range.
  private static func labels(
    _ line: Substring.UTF8View, index: Int, classes: Int
  ) -> (clean: Int, noisy: Int)? {
    var numbers = (0, 0, 0)
    var field = 0
    var digits = 0
    for byte in line {
      if byte == UInt8(ascii: ",") {
        guard digits > 0 else { return nil }
        field += 1
        digits = 0
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits < 15 else { return nil }
      digits += 1
      let digit = Int(byte - UInt8(ascii: "0"))
      switch field {
      case 0: numbers.0 = numbers.0 * 10 + digit
      case 1: numbers.1 = numbers.1 * 10 + digit
      default: numbers.2 = numbers.2 * 10 + digit
      }
    }
    guard field == 2, digits > 0, numbers.0 == index, numbers.1 < classes, numbers.2 < classes
    else { return nil }
    return (numbers.1, numbers.2)
  }
}
