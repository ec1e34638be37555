import CCairo

/// Measures text as cairo will set it, without a page to draw on.
public final class CairoTextMeasurer: TextMeasurer {
  private let context: CairoContext

  /// Creates a measurer for a font family.
  ///
  /// - Throws: `PlotError.cairo` when cairo has no memory for it.
  public init(family: String = Theme.standard.fontFamily) throws(PlotError) {
    let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)
    defer { cairo_surface_destroy(surface) }
    context = try CairoContext(surface: surface, unitsPerMillimetre: 1, family: family)
  }

  /// Returns the advance width of one line of text in millimetres.
  public func width(of text: String, font: Font) -> Double {
    context.width(of: text, font: font)
  }

  /// Returns the characters of `text` that the font lacks and would draw as an empty box.
  public func missingGlyphs(in text: String, font: Font = Font(size: 8)) -> [Character] {
    context.select(font)
    let scaledFont = cairo_get_scaled_font(context.handle)
    return text.filter { character in
      var glyphs: UnsafeMutablePointer<cairo_glyph_t>?
      var count: Int32 = 0
      let status = cairo_scaled_font_text_to_glyphs(
        scaledFont, 0, 0, String(character), -1, &glyphs, &count, nil, nil, nil)
      defer { cairo_glyph_free(glyphs) }
      guard status == CAIRO_STATUS_SUCCESS, let glyphs else { return true }
      return (0..<Int(count)).contains { glyphs[$0].index == 0 }
    }
  }
}
