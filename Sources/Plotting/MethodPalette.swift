/// How one method looks in every figure.
public struct MethodStyle: Hashable, Sendable {
  /// The colour of bars, lines and markers.
  public var color: Color
  /// The marker at points and on bars.
  public var marker: Marker
  /// The pattern of lines.
  public var dash: Dash

  /// Creates a style.
  public init(color: Color, marker: Marker, dash: Dash) {
    self.color = color
    self.marker = marker
    self.dash = dash
  }
}

/// A fixed colour, marker and dash for every method.
///
/// The first twenty colours start from the palette of Okabe and Ito and were spread by a search, so
/// that any two differ by at least 18 in CIELAB, for normal sight and under full deuteranopia and
/// protanopia (Machado, Oliveira and Fernandes 2009), and by about 2 in lightness. The first seven
/// differ by more than 6 in lightness, so that they can be told apart in a print in grey. Eight more
/// were put where they leave most room: any two of all differ by at least 15. No two styles
/// share a marker, the second cue.
public struct MethodPalette: Hashable, Sendable {
  /// The identifiers with a style of their own, in the order of the styles.
  public let identifiers: [String]
  /// The styles.
  public let styles: [MethodStyle]

  /// Creates a palette that gives the i-th identifier the i-th style.
  ///
  /// Further identifiers take styles by their hash.
  public init(identifiers: [String], styles: [MethodStyle] = Self.standardStyles) {
    precondition(
      identifiers.count <= styles.count && !styles.isEmpty,
      "\(identifiers.count) identifiers for \(styles.count) styles")
    precondition(
      Set(identifiers).count == identifiers.count, "an identifier occurs twice in \(identifiers)")
    self.identifiers = identifiers
    self.styles = styles
  }

  /// The palette of all reports.
  public static let standard = MethodPalette(identifiers: [
    "ce", "apl-nce-rce", "apl-nce-mae", "co-teaching", "echoalign-a", "echoalign-b",
    "external-only", "pce", "hoc-forward", "aul", "nce-aul", "t-revision", "gce", "joint",
    "sigua", "co-dis", "elr", "celc", "bltm", "echo-modification",
  ])

  /// Twenty-eight styles whose colours, markers and pairs of colour and dash all differ.
  public static let standardStyles: [MethodStyle] = {
    let colors: [UInt32] = [
      0x222222, 0x0A5AA0, 0x5EB6E4, 0x009E56, 0xD40E0F, 0xD3C217, 0x9B9B9B, 0x2081FA, 0x360077,
      0x004D53, 0xE3C274, 0x781600, 0x694D38, 0x3B94E7, 0xD8AD94, 0x47779D, 0x4F0A5B, 0xD99137,
      0x0242B9, 0xB70070, 0xF35958, 0x59781F, 0x4A54FD, 0x63D9E8, 0x030AB8, 0x510800, 0xBFCCC3,
      0x1807F7,
    ]
    let first: [Marker.Shape] = [
      .circle, .square, .triangleUp, .triangleDown, .triangleLeft, .triangleRight, .pentagon,
      .star, .plus, .cross,
    ]
    let further: [Marker.Shape] = [.hourglass, .bowtie, .tall, .wide]
    let markers = [first, further].flatMap { shapes in
      [true, false].flatMap { isFilled in shapes.map { Marker($0, filled: isFilled) } }
    }
    let dashes: [Dash] = [
      .solid, .dashed, .dashDot, .longDash, .solid, .dashed, .dotted,
    ]
    return colors.enumerated().map { index, color in
      MethodStyle(
        color: Color(color), marker: markers[index],
        dash: dashes[index % dashes.count])
    }
  }()

  /// The styles of what is no method of an accuracy table: parts of the data, measures, settings of the generator, and a
  /// part of EchoAlign, which never share a figure with the method whose style they take.
  private static let roles = [
    "echo-selection": 9, "clean-labels": 1, "noisy-labels": 17, "train": 6, "validation": 17,
    "test": 1, "original-images": 9, "modified-images": 19, "kept-count": 18,
    "selection-accuracy": 17, "control": 14, "guidance": 7, "used": 4,
  ]

  /// Returns the style of a method; the same identifier always has the same one.
  ///
  /// Fixed styles too have `clean-labels`, `noisy-labels`, `original-images`, `modified-images`,
  /// `train`, `validation`, `test`, `kept-count`, `selection-accuracy`, classes
  /// (`SeriesKey.imageClass(_:name:)`) and levels (`SeriesKey.level(_:of:name:)`).
  ///
  /// An identifier that is not listed takes one by its FNV-1a hash, first among the styles that no
  /// listed identifier has, if there are any.
  public func style(for identifier: String) -> MethodStyle {
    if let index = identifiers.firstIndex(of: identifier) { return styles[index] }
    if let role = Self.roles[identifier], role < styles.count { return styles[role] }
    if let style = ClassPalette.style(for: identifier) { return style }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in identifier.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    let free = styles.dropFirst(identifiers.count)
    let choices = free.isEmpty ? styles[...] : free
    return choices[choices.startIndex + Int(hash % UInt64(choices.count))]
  }
}
