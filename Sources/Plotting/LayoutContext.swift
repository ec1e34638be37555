/// What layout needs beside the data: the theme and the width of text.
public struct LayoutContext {
  /// The look.
  public let theme: Theme
  /// The source of text widths.
  public let measurer: any TextMeasurer

  /// Creates a context.
  public init(theme: Theme, measurer: any TextMeasurer) {
    self.theme = theme
    self.measurer = measurer
  }

  /// Returns the width of one line of text in millimetres.
  public func width(_ text: String, _ font: Font) -> Double {
    measurer.width(of: text, font: font)
  }

  /// Returns the width of the widest of the lines, 0 without any.
  public func width(_ lines: [String], _ font: Font) -> Double {
    lines.map { width($0, font) }.max() ?? 0
  }

  /// Breaks a text at spaces into lines that are at most `limit` millimetres wide.
  ///
  /// A line break in the text is kept; a word wider than the limit stays whole on its line, and a
  /// percent sign stays with its number.
  public func wrap(_ text: String, to limit: Double, _ font: Font) -> [String] {
    let joined = text.replacing(" %", with: "\u{A0}%")
    return joined.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
      var lines: [String] = []
      var line = ""
      for word in paragraph.split(separator: " ") {
        let longer = line.isEmpty ? String(word) : "\(line) \(word)"
        if line.isEmpty || width(longer, font) <= limit {
          line = longer
        } else {
          lines.append(line)
          line = String(word)
        }
      }
      return lines + [line]
    }
  }

  /// Returns a text that fits the limit as it is, and a wider one broken into lines.
  func wrapIfWide(_ text: String, to limit: Double, _ font: Font) -> [String] {
    width(text, font) <= limit ? [text] : wrap(text, to: limit, font)
  }

  /// Returns the lines of a text, the first with its capitals' top at `top`.
  func paragraph(
    _ lines: [String], x: Double, top: Double, font: Font, color: Color,
    anchor: TextLabel.Anchor = .start
  ) -> [Primitive] {
    lines.enumerated().map { index, line in
      let baseline = top + font.capHeight + Double(index) * font.lineHeight
      return .text(
        TextLabel(line, at: Point(x, baseline), font: font, color: color, anchor: anchor))
    }
  }

  /// Returns the height of some lines of text, from the first capital's top to below the last.
  func height(lines: Int, _ font: Font) -> Double {
    lines == 0 ? 0 : font.capHeight + Double(lines - 1) * font.lineHeight + 0.3 * font.millimetres
  }

  /// Returns lines at 45 degrees inside a rectangle: the look of an empty state.
  func hatching(in rect: Rect, spacing: Double = 1.1) -> [Primitive] {
    let stroke = Stroke(theme.mutedInk.opacity(0.55), width: theme.gridWidth)
    var primitives: [Primitive] = [.beginClip(rect)]
    var offset = spacing / 2
    while offset < rect.width + rect.height {
      let start = Point(rect.left + offset, rect.top)
      let end = Point(start.x - rect.height, rect.bottom)
      primitives.append(.polyline(points: [start, end], stroke: stroke))
      offset += spacing
    }
    return primitives + [.endClip]
  }
}
