/// Colours and markers of the classes of a data set, and of the steps of an ordered quantity.
///
/// Ten colours were spread by a search, so that any two differ by at least 28 in CIELAB for normal
/// sight and under full deuteranopia and protanopia (as in `MethodPalette`); each has its own
/// marker. Classes from the eleventh on have the same colours with hollow markers, from the
/// twenty-first on both come again: then the legend must be left to the table.
enum ClassPalette {
  private static let colors: [UInt32] = [
    0x1F5FD0, 0xE8A000, 0xC8102E, 0x1BC9D7, 0x6F0A76, 0xECA981, 0x51ABFB, 0x721E3E, 0xFF2B92,
    0x1729F1,
  ]
  private static let shapes: [Marker.Shape] = [
    .circle, .square, .triangleUp, .cross, .pentagon, .triangleDown, .plus, .star, .bowtie,
    .hourglass,
  ]

  /// Twenty styles: ten colours with filled, then with hollow markers.
  static let styles: [MethodStyle] = [true, false].flatMap { isFilled in
    zip(colors, shapes).map { color, shape in
      MethodStyle(
        color: Color(color), marker: Marker(shape, filled: isFilled),
        dash: isFilled ? .solid : .dashed)
    }
  }

  /// Six styles from pale to dark: their order shows in a print in grey too.
  static let levels: [MethodStyle] = {
    let colors: [UInt32] = [0xE0A030, 0xE0703A, 0xC23B5E, 0x862A78, 0x4A1F70, 0x1A1230]
    let shapes: [Marker.Shape] = [
      .circle, .square, .triangleUp, .pentagon, .cross, .triangleDown,
    ]
    return zip(colors, shapes).map {
      MethodStyle(color: Color($0), marker: Marker($1), dash: .solid)
    }
  }()

  /// Returns the style of an identifier that `SeriesKey.imageClass(_:name:)` or
  /// `SeriesKey.level(_:of:name:)` made; nil for others.
  static func style(for identifier: String) -> MethodStyle? {
    for (prefix, styles) in [("class-", styles), ("level-", levels)] {
      guard identifier.hasPrefix(prefix), let index = Int(identifier.dropFirst(prefix.count)),
        index >= 0
      else { continue }
      return styles[index % styles.count]
    }
    return nil
  }
}

extension SeriesKey {
  /// The key of a class: the same colour and marker for the same index in every figure.
  ///
  /// - Parameters:
  ///   - index: the index of the class, from 0.
  ///   - name: its name.
  /// - Returns: A key with the identifier `class-<index>`.
  public static func imageClass(_ index: Int, name: String) -> SeriesKey {
    precondition(index >= 0, "a class has an index from 0, not \(index)")
    return SeriesKey("class-\(index)", name: name)
  }

  /// The key of a step of an ordered quantity, such as a batch size: the further, the darker.
  ///
  /// - Parameters:
  ///   - index: the step, from 0.
  ///   - count: the number of steps, at most 6; they are spread over the colours.
  ///   - name: its name.
  /// - Returns: A key with the identifier `level-<place among six>`.
  public static func level(_ index: Int, of count: Int, name: String) -> SeriesKey {
    let most = ClassPalette.levels.count
    precondition(
      (1...most).contains(count) && (0..<count).contains(index), "step \(index) of \(count)")
    let place = count == 1 ? 0 : (index * (most - 1) + (count - 1) / 2) / (count - 1)
    return SeriesKey("level-\(place)", name: name)
  }
}
